"""Drafts and their approvals: one short code for all drafts of a measure, and approvals that count only for it.

A draft is kept as long as today's facts print what it printed. The code is a hash of what the drafts print, less
number, date and approvals, plus the count of earlier 退回: the same facts after a 退回 are another draft.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from paperwork import codec, policy, printing, showing
from paperwork.conditions import Situation, all_of
from paperwork.facts import rows_of
from paperwork.model import Approval, Document, Facts, Item, Json, Kind, Measure, Missing, Recipe, Template
from paperwork.planning.referring import refs_of
from paperwork.planning.sight import Sight

_ALPHABET = str.maketrans("01OILZ", "789XYW", "")  # what hand and eye confuse does not stand in a code


@dataclass(frozen=True)
class Drafted:
    """The drafts that a measure wants: one recipe for each kind and occurrence, under one code."""

    measure: Measure
    recipes: Mapping[tuple[str, str], Recipe]  # (kind, occurrence) → recipe, of those that are still to be made
    code: str
    standing: tuple[Document, ...]  # the drafts that already stand for exactly this, if any


def draft(sight: Sight, facts: Facts, measure: Measure) -> Drafted:
    """What the measure's drafts would print today, and the code that names them."""
    standing = _standing(sight, facts, measure)
    if standing:
        return Drafted(measure, {}, standing[0].draft_code, standing)
    recipes = {
        (kind.kind, measure.occurrence): recipe(sight, facts, _paper(sight, facts, kind, measure))
        for kind in wanted_kinds(sight, facts, measure)
    }
    code = short_code(recipes.values(), measure.steps, _rounds(sight, measure))
    return Drafted(measure, _coded(recipes, code), code, ())


def _paper(sight: Sight, facts: Facts, kind: Kind, measure: Measure) -> printing.Paper:
    """What a context of this kind is for, with the item of its list at hand and the lines for its approvals."""
    item = item_of(sight, facts, kind, measure.occurrence)
    refs = refs_of(sight, kind, measure.occurrence, [d for d in sight.documents if d.state == "issued"])
    return printing.Paper(kind, sight.today, measure, blank(sight, measure), item=item, refs=refs)


def item_of(sight: Sight, facts: Facts, kind: Kind, occurrence: str) -> Mapping[str, Item] | None:
    """The item of the kind's list that this occurrence names, under its singular name; of a step, its approval.

    The list may be derived.
    """
    if kind.after not in ("approval", "none"):
        return next(({"approval": item} for at, item in step_items(sight, kind.after) if at == occurrence), None)
    if kind.per in ("matter", "document"):
        return None
    return showing.item_at_hand(kind, rows_of(facts.get(kind.per)), sight.catalogue.facts[kind.per].key, occurrence)


def step_items(sight: Sight, step: str) -> tuple[tuple[str, Item], ...]:
    """The answers of one step in the order in which they came, each with its occurrence: "", then 2, 3 …"""
    given = [item for item in sight.items("approvals") if item.get("step") == step and item.get("decision")]
    return tuple((str(number) if number > 1 else "", item) for number, item in enumerate(given, 1))


def wanted_kinds(sight: Sight, facts: Facts, measure: Measure) -> tuple[Kind, ...]:
    """The kinds that the measure calls for and that wait for its approval, in filing order.

    Where every step is excepted (an order given on the spot), nobody is waited for: `records` makes the paper.
    """
    if not measure.steps:
        return ()
    called = [k for k in sight.kinds if measure.measure in k.measures and k.after == "approval"]
    wanted = tuple(k for k in called if is_called(sight, facts, k, measure))
    # The opinion and the sheet of approval go with the paper that they approve, and not before it.
    alone = any(k.number != "none" for k in called) and all(k.number == "none" for k in wanted)
    return () if alone else wanted


def is_called(sight: Sight, facts: Facts, kind: Kind, measure: Measure) -> bool:
    """Whether the kind's own conditions hold; of a kind that is made for a list, for the item of the occurrence."""
    situation = Situation(facts, sight.catalogue.facts, frozenset({measure.measure}))
    per = kind.per if kind.per not in ("matter", "document") else ""
    for _, at in policy.each(per, situation):
        if not per or policy.occurrence_of(at, per) == measure.occurrence:
            return all_of(kind.conditions, at)[0] is True
    return False


def recipe(sight: Sight, facts: Facts, paper: printing.Paper) -> Recipe:
    """The recipe of one paper as the facts stand: what its template names, and nothing more."""
    template: Template = sight.templates[paper.kind.kind]
    context = printing.context(sight.catalogue, facts, paper)
    return Recipe(
        kind=paper.kind.kind,
        code=paper.kind.code,
        title=paper.kind.title,
        template=template.sha256,
        context=printing.prune(context, template.names),
        names=tuple(sorted(template.names)),
        catalogue=sight.fingerprint,
        rule=paper.measure.rule if paper.measure else "",
        because=[asdict(b) for b in paper.measure.because] if paper.measure else [],
    )


def blank(sight: Sight, measure: Measure) -> Json:
    """The approvals that a draft prints: every step wanted, with its lines left for the answer."""
    labels = step_labels(sight)
    return [{"step": labels[s], "person": "", "decision": "", "opinion": "", "on": ""} for s in measure.steps]


def step_labels(sight: Sight) -> Mapping[str, str]:
    """Step code → label, of the choice fact approvals.step."""
    return {c.code: c.label for c in sight.catalogue.facts["approvals"].items["step"].choices}


def short_code(recipes: Iterable[Recipe], steps: Sequence[str], rounds: int) -> str:
    """K7Q4-MD2X: eight letters and digits that a hand copies without mistakes.

    Whatever is printed differently is another code: facts, template, settings, articles; and another code too for
    other steps, and for every earlier round that ended in 退回 or 作废. So approvals of a code are approvals of a text.
    """
    said = [[r.kind, r.template, printing.wording(r.context)] for r in recipes]
    digest = hashlib.sha256(codec.canonical([said, list(steps), rounds]).encode()).digest()
    letters = base64.b32encode(digest).decode().translate(_ALPHABET)[:8]
    return f"{letters[:4]}-{letters[4:]}"


def _coded(recipes: Mapping[tuple[str, str], Recipe], code: str) -> Mapping[tuple[str, str], Recipe]:
    coded = {}
    for key, made in recipes.items():
        doc = {**made.context["doc"], "draft": True, "code": code}
        coded[key] = replace(made, context={**made.context, "doc": doc})
    return coded


# ── what stands ───────────────────────────────────────────────────────────────────────────────────────


def open_drafts(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Drafts that still await their approvals, of kinds (not the forms laid beside them)."""
    return tuple(d for d in documents if d.state == "draft" and d.code)


def _standing(sight: Sight, facts: Facts, measure: Measure) -> tuple[Document, ...]:
    """The open drafts of the measure's rule, if today's facts still say all that they print and none was returned."""
    drafts = tuple(d for d in open_drafts(sight.documents) if of_measure(d, measure))
    if not drafts or drafts[0].draft_code in decided_codes(sight, "return"):
        return ()
    if any(steps is not None and steps != _printed_steps(sight, measure) for steps in map(_steps_of, drafts)):
        return ()
    return drafts if all(unchanged(sight, facts, d, measure) for d in drafts) else ()


def _steps_of(draft: Document) -> list[str] | None:
    """The steps whose lines the draft prints; None for a paper that prints none."""
    lines = draft.recipe.context.get("approvals")
    return [line["step"] for line in lines] if lines is not None else None


def _printed_steps(sight: Sight, measure: Measure) -> list[str]:
    return [line["step"] for line in blank(sight, measure)]


def unchanged(sight: Sight, facts: Facts, document: Document, measure: Measure) -> bool:
    """Whether today's facts print what the document printed. The template as edited since does not matter."""
    return not changes(sight, facts, document, measure)


def changes(sight: Sight, facts: Facts, document: Document, measure: Measure) -> list[tuple[str, Json, Json]]:
    """Where today's facts differ from what the document printed: (name, was, now)."""
    kind = sight.catalogue.kinds.get(document.kind)
    if kind is None:
        return []
    fresh = printing.context(sight.catalogue, facts, _paper(sight, facts, kind, measure))
    return printing.difference(document.recipe.context, printing.prune(fresh, document.recipe.names))


def of_measure(document: Document, measure: Measure) -> bool:
    """Whether the document was made for this rule and this occurrence of it."""
    return (document.rule, document.occurrence) == (measure.rule, measure.occurrence)


def refused_rules(sight: Sight, facts: Facts, measure: Measure) -> bool:
    """Whether an approver declined just this: a 不同意 for drafts that said what today's facts say."""
    codes = decided_codes(sight, "refuse")
    declined = [d for d in sight.documents if d.code and d.draft_code in codes and of_measure(d, measure)]
    last = max(declined, key=lambda d: d.version).draft_code if declined else ""
    return bool(last) and all(unchanged(sight, facts, d, measure) for d in declined if d.draft_code == last)


# ── approvals ─────────────────────────────────────────────────────────────────────────────────────────


def decided_codes(sight: Sight, decision: str) -> frozenset[str]:
    """The codes for which some step decided so (agree, refuse, return)."""
    return frozenset(str(a.get("draft")) for a in sight.items("approvals") if a.get("decision") == decision)


def _rounds(sight: Sight, measure: Measure) -> int:
    """How many rounds of approval ended without a decision that stands: returned, or issued and made void."""
    returned = decided_codes(sight, "return")
    own = [d for d in sight.documents if d.code and of_measure(d, measure)]
    return len({d.draft_code for d in own if d.draft_code in returned or d.state == "void"})


def approvals_of(sight: Sight, measure: Measure, code: str) -> tuple[Approval, ...]:
    """Where each step of the measure's approval stands for the drafts of this code."""
    given = {a.get("step"): a for a in sight.items("approvals") if a.get("draft") == code}
    states = {"agree": "agreed", "refuse": "refused", "return": "returned"}
    found = []
    for step in measure.steps:
        item: Item = given.get(step, {})
        on = item.get("on")
        state = states.get(str(item.get("decision")), "open")
        found.append(Approval(step, state, str(item.get("person", "")), on if isinstance(on, dt.date) else None))  # type: ignore[arg-type]
    return tuple(found)


def printed_approvals(sight: Sight, measure: Measure, code: str) -> Json:
    """The opinions as the issued papers print them, in the order of the steps."""
    labels = step_labels(sight)
    given = {a.get("step"): a for a in sight.items("approvals") if a.get("draft") == code}
    decisions = sight.catalogue.facts["approvals"].items["decision"]
    return [
        {
            "step": labels[step],
            "person": str(given[step].get("person", "")),
            "decision": showing.show(given[step].get("decision"), decisions),
            "opinion": str(given[step].get("opinion", "")),
            "on": showing.show(given[step].get("on"), None),
        }
        for step in measure.steps
        if step in given
    ]


def all_agreed(approvals: Sequence[Approval]) -> bool:
    """Whether every step wanted has agreed; no steps means nobody can agree."""
    return bool(approvals) and all(a.state == "agreed" for a in approvals)


# ── numbers that the office gives ─────────────────────────────────────────────────────────────────────


def office_number(sight: Sight, code: str) -> str:
    """The 发文字号 that the approvals of this code carry: the last one given; "" while there is none."""
    given = [str(a["doc_no"]) for a in sight.items("approvals") if a.get("draft") == code and a.get("doc_no")]
    return given[-1] if given else ""


def waits_for_number(sight: Sight, drafted: Drafted) -> Missing | None:
    """What is still missing when every step has agreed and nobody has given the number that the office gives."""
    kinds = (sight.catalogue.kinds[d.kind] for d in drafted.standing if d.kind in sight.catalogue.kinds)
    asked = next((kind for kind in kinds if kind.number == "office"), None)
    agreed = all_agreed(approvals_of(sight, drafted.measure, drafted.code))
    if asked is None or not agreed or office_number(sight, drafted.code):
        return None
    why = f"《{asked.title}》已经审批同意，请办公室在审批意见表上填写发文字号"
    return Missing("fact", "approvals.doc_no", asked.code, why)
