"""Opening a matter, the forms laid beside its drafts, and the files that live with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from paperwork import spans
from paperwork.facts import rows_of
from paperwork.model import Facts, Matter, Opening, Recipe, Slot, Wanted
from paperwork.planning.drafts import Drafted, step_labels
from paperwork.planning.sight import Sight

APPROVAL_FORM = "form/approval"


def party_of(facts: Facts, matter: Matter | None) -> tuple[str, str]:
    """The key by which the ledger knows the party, and its name. Only a correction can change a matter's party."""
    if period := facts.get("report.period"):
        return party_key(facts), _report_name(str(period), str(facts.get("report.unit", "")))
    name = str(facts.get("party.name", ""))
    if matter is None or facts.get("party.uscc") or facts.get("party.id_no"):
        return party_key(facts), name or (matter.party if matter else "")
    return matter.party_key, name or matter.party


def party_key(facts: Facts) -> str:
    """The party across its matters: by credit code, by a hash of a person's number, else by name."""
    if period := facts.get("report.period"):  # a report has no party: its period and unit take that place
        return f"R:{period}/{facts.get('report.unit', '')}"
    if uscc := facts.get("party.uscc"):
        return f"U:{uscc}"
    if id_no := facts.get("party.id_no"):
        return "P:" + hashlib.sha256(str(id_no).encode()).hexdigest()[:24]
    return f"N:{name}" if (name := facts.get("party.name")) else ""


def opening(sight: Sight, facts: Facts) -> Opening:
    """The matter that the form opens: its year by the fact that matters.toml names, its folder chosen once."""
    kind = sight.catalogue.matters[sight.type]
    day = facts.get(kind.year_from) if kind.year_from else None
    year = day.year if isinstance(day, dt.date) else sight.today.year
    folder = PurePosixPath("outbox") / str(year) / kind.folder
    return Opening(
        type=kind.id,
        id_slot=Slot(f"id:{kind.letters}", year),
        case_slot=Slot(kind.series, year) if kind.series else None,
        folder=folder,
        folder_party=_folder_name(facts),
    )


def keys(sight: Sight) -> tuple[tuple[str, str], ...] | None:
    """(fact, answer) by which forms with `join_by` find the matter; None while no such form belongs to it."""
    forms = [sight.catalogue.forms.get(s.form) for s in sight.submissions]
    names = dict.fromkeys(name for form in forms if form for name in form.join_by)
    return told_keys(sight.folded, names) if names else None


def told_keys(facts: Facts, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The answers to these facts, and to the columns of a list (`licences.no`) those of every row."""
    found = []
    for name in names:
        owner, _, short = name.rpartition(".")
        rows = rows_of(facts.get(owner)) if owner else ()
        answers = [facts.get(name), *(row.get(short) for row in rows)]
        found += [(name, str(answer)) for answer in answers if answer]
    return tuple(dict.fromkeys(found))


def _report_name(period: str, unit: str) -> str:
    return f"{spans.parse(period).label}{'' if unit == '全局' else unit}"


def _folder_name(facts: Facts) -> str:
    if period := facts.get("report.period"):
        return _report_name(str(period), str(facts.get("report.unit", "")))
    name = str(facts.get("party.name", "")) or _about(facts) or "当事人不明"
    return f"{name[0]}某某" if facts.get("party.kind") == "person" else name


def _about(facts: Facts) -> str:
    """What a matter without a party is about: a campaign, a warning to many."""
    for name, column in (("publicity", "name"), ("warnings", "topic")):
        for row in rows_of(facts.get(name)):
            return str(row.get(column, ""))
    return ""


def approval_forms(sight: Sight, drafted: Drafted) -> list[Wanted]:
    """Beside the drafts, one approval form for each step, already filled with matter, party, measure and code."""
    template = sight.templates.get(APPROVAL_FORM)
    if template is None:
        return []
    labels = step_labels(sight)
    made = []
    for step in drafted.measure.steps:
        occurrence = f"{drafted.code}/{step}"
        context = {
            "doc": {"number": "", "date": "", "title": "审批意见表", "code": drafted.code},
            "matter": {"id": "", "case": "", "ref": ""},
            "party": {"name": str(sight.folded.get("party.name", ""))},
            "measure": {"name": drafted.measure.label},
            "step": labels[step],
        }
        recipe = Recipe(APPROVAL_FORM, "", "审批意见表", template.sha256, context)
        title, version = f"审批意见表_{labels[step]}", _next(sight, occurrence)
        measure = drafted.measure
        made.append(
            Wanted(APPROVAL_FORM, "", title, occurrence, version, "draft", recipe, drafted.code,
                   measure.measure, measure.rule, None, None)
        )  # fmt: skip
    return made


def _next(sight: Sight, occurrence: str) -> int:
    """A code comes back when the facts do; its forms are then laid out anew."""
    earlier = [d.version for d in sight.documents if (d.kind, d.occurrence) == (APPROVAL_FORM, occurrence)]
    return 1 + max(earlier, default=0)


def living(sight: Sight) -> list[Wanted]:
    """The living files of the matter (卷内目录): registered once, undated, with the template of that day; rewritten."""
    made = []
    for kind in sight.catalogue.kinds.values():
        if not kind.living or any(d.kind == kind.kind for d in sight.documents):
            continue
        template = sight.templates[kind.kind].sha256
        recipe = Recipe(kind.kind, kind.code, kind.title, template, {"doc": {"title": kind.title}})
        made.append(Wanted(kind.kind, kind.code, kind.title, "", 1, "issued", recipe, "", "", "", None, None))
    return made
