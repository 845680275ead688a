"""Before a number exists: every paper of the plan rendered and proven, as draft and as it will be issued."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from paperwork import numbering, rendering
from paperwork.errors import OfficeError
from paperwork.model import Document, Fact, Finding, Issue, Json, Plan, Recipe, Slot, Wanted
from paperwork.office import Office


def rehearse(office: Office, plan: Plan, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Findings when a paper lacks a fact or cannot hold a character; OfficeError when its template is at fault.

    The templates that the recipes name are put into the objects here, so that from registering on nothing live is
    needed.
    """
    found: list[Finding] = []
    rehearsed: set[tuple[str, str]] = set()
    for wanted in plan.documents:
        office.objects.put(office.templates[wanted.kind].data)
        if (wanted.kind, wanted.recipe.template) in rehearsed and not wanted.code:
            continue  # forms of one kind differ in a label only
        rehearsed.add((wanted.kind, wanted.recipe.template))
        if not _living(office, wanted):
            found += _all(office, _shapes(office, plan, wanted))
    by_key = {d.key: d for d in documents}
    for issue in plan.issues:
        found += _all(office, [_issued(office, by_key[issue.key], issue)])
    return tuple(dict.fromkeys(found))


def _living(office: Office, wanted: Wanted) -> bool:
    kind = office.catalogue.kinds.get(wanted.kind)
    return kind is not None and kind.living


def _shapes(office: Office, plan: Plan, wanted: Wanted) -> Iterator[Recipe]:
    """The paper with numbers of the right shape; a draft also as it will be issued once its steps agree."""
    case = _sample(office, plan.opening.case_slot) if plan.opening else "案号"
    number = _sample(office, wanted.slot)
    served = {wanted.serves: "〔2026〕1号"} if wanted.serves else {}
    draft = wanted.bound(plan.matter or "2026-LA-0001", case, number, served)
    yield draft
    if wanted.state == "draft" and wanted.code:
        series = office.catalogue.kinds[wanted.kind].number
        slot = None if series in ("none", "office") else Slot(series, 2026)
        yield draft.issued(_sample(office, slot), dt.date(2026, 12, 31), _sample_approvals(draft))


def _sample(office: Office, slot: Slot | None) -> str:
    if slot is None:
        return ""
    return numbering.format_number(office.catalogue.settings.series[slot.series].pattern, slot.year, 99999)


def _sample_approvals(draft: Recipe) -> Json:
    wanted = draft.context.get("approvals", [])
    return [{**a, "person": "某某某", "decision": "同意", "opinion": "同意", "on": "2026年12月31日"} for a in wanted]


def _issued(office: Office, document: Document, issue: Issue) -> Recipe:
    return document.recipe.issued(_sample(office, issue.slot), issue.dated, issue.approvals)


def _all(office: Office, recipes: Iterable[Recipe]) -> Iterator[Finding]:
    for recipe in recipes:
        try:
            rendering.render(office.objects.get(recipe.template), recipe.context)
        except rendering.MissingFacts as missing:
            yield from _missing(office, recipe, missing.names)
        except rendering.BadCharacters as bad:
            for place, characters in bad.places.items():
                named = "、".join(characters)
                message = f"《{recipe.title}》不能印出「{place}」中的字符 {named}"
                yield Finding("E-CHARACTER", message, place, found=named)


def _missing(office: Office, recipe: Recipe, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name.partition(".")[0] in ("org", "cites", "measure", "doc"):
            raise OfficeError(
                f"《{recipe.title}》需要「{name}」，而本局的设置或者规则里没有",
                advice="请管理员核对 templates/bureau.toml 和规则",
            )
        fact = _fact(office, name)
        label = fact.label if fact else name
        message = f"《{recipe.title}》需要「{label}」，请补充填写"
        yield Finding("E-DOC-FACT", message, fact.name if fact else name, f"「{label}」一栏")


def _fact(office: Office, name: str) -> Fact | None:
    """The fact that prints under a name of the context: `no_penalty.query_on`, `evidence[2].name`, `talk.a5`."""
    facts, plain = office.catalogue.facts, re.sub(r"\[\d+\]", "", name)
    root, _, column = plain.rpartition(".")
    for fact in facts.values():
        if plain in (fact.name, _printed_as(fact.name)):
            return fact
        if column in fact.items and root in (fact.name, fact.name.removesuffix("s")):
            return fact.items[column]
    return None


def _printed_as(name: str) -> str:
    root, _, rest = name.partition(".")
    return f"{root}.{rest.replace('.', '_')}" if rest else root
