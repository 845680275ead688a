"""What is handed in at the command line: forms given by hand, a form merely tried, facts recorded, a number cancelled.

All of it takes the same path as a dropped form (`process`), from the place "cli".
"""

from __future__ import annotations

import difflib
import getpass
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from paperwork import delivery, intake, living, numbering, process, readers, showing, slips, unshown, views
from paperwork.errors import UsageError
from paperwork.model import ANYBODY, Document, Drop, Fact, Form, Json, Matter, Outcome, Plan, RawForm, Wanted
from paperwork.office import Office

META = ("submitted_by", "submitted_at", "corrects", "party")
"""What a form says of itself; `record` takes these beside the facts."""


def hand_in(office: Office, name: str, data: bytes) -> tuple[Outcome, ...]:
    """Process a copy of this form now. One outcome per submission in it."""
    office.require_whole()
    drop = intake.admit(office.private, name, data, office.now, user())
    try:
        return process.take(office, drop)
    except Exception:
        done = process.concluded(office, drop)
        if done is None:
            raise
        return done  # a daemon that was quicker has finished it meanwhile


def try_out(office: Office, name: str, data: bytes) -> tuple[Outcome, ...]:
    """What `hand_in` would say and make. Nothing is registered, numbered, filed or given back."""
    sha256 = hashlib.sha256(data).hexdigest()
    drop = Drop("dry-run", name, "cli", user(), office.now, sha256, "")
    try:
        raws = readers.read(name, data, office.catalogue.forms, office.catalogue.facts)
    except readers.Unreadable as unreadable:
        return (Outcome(name, 0, "returned", findings=unreadable.findings),)
    return tuple(_tried(office, drop, raw) for raw in raws)


def _tried(office: Office, drop: Drop, raw: RawForm) -> Outcome:
    decided = process.decide(office, drop, raw)
    if decided.duplicate:
        return delivery.duplicate_outcome(office, drop, raw.row, decided.duplicate)
    if decided.plan is None:
        return Outcome(drop.name, raw.row, "returned", findings=decided.findings)
    matter = office.ledger.matter(decided.plan.matter) if decided.plan.matter else None
    return Outcome(
        drop.name,
        raw.row,
        "would_file",
        id=matter.id if matter else "",
        case=matter.case if matter else "",
        documents=tuple(views.document_entry(d) for d in _planned(decided.plan, matter)),
        findings=decided.findings,
    )


def _planned(plan: Plan, matter: Matter | None) -> Iterator[Document]:
    """The documents of a plan as they would stand, without the numbers that only registering gives."""
    standing = {d.key: d for d in matter.documents} if matter else {}
    for issue in plan.issues:
        yield replace(standing[issue.key], state="issued", dated=issue.dated, path="", sha256="")
    for wanted in plan.documents:
        if wanted.code:
            yield _document(plan, wanted)


def _document(plan: Plan, wanted: Wanted) -> Document:
    return Document(
        plan.matter,
        wanted.kind,
        wanted.code,
        wanted.title,
        wanted.occurrence,
        wanted.version,
        wanted.state,
        wanted.recipe,
        draft_code=wanted.draft_code,
        measure=wanted.measure,
        rule=wanted.rule,
        dated=wanted.dated,
        replaces=wanted.replaces,
    )


# ── facts recorded by hand ────────────────────────────────────────────────────────────────────────────


def record(office: Office, reference: str, form: str, fields: Sequence[str]) -> tuple[Outcome, ...]:
    """The same submission as a dropped form, from `FIELD=VALUE`. `form` is an id or a title, "" to find the one."""
    matter = named(office, reference)
    answers = _answers(fields)
    chosen = _form(office, matter, form, answers)
    if chosen.place != "approvals":  # those count by the role of whoever approves
        _require_leave(office, "record", "手工登记")
    content = {"form": chosen.id, "matter": matter.id, **_shaped(chosen, answers)}
    content.setdefault("submitted_by", user())
    data = json.dumps(content, ensure_ascii=False, indent=2).encode()
    return hand_in(office, f"{chosen.title}.json", data)


def _answers(fields: Sequence[str]) -> dict[str, Json]:
    """Field → value, as given. UsageError for what is no `FIELD=VALUE`, is given twice, or is broken JSON."""
    answers: dict[str, Json] = {}
    for field in fields:
        name, equals, value = field.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(f"「{field}」不是 字段=值", advice="例如 case.closed_on=2026-08-01")
        if name in answers:
            raise UsageError(f"「{name}」写了两次", advice="列表的多项用 JSON，例如 services=[{…},{…}]")
        answers[name] = _value(name, value.strip())
    return answers


def _value(name: str, text: str) -> Json:
    if text[:1] not in ("[", "{"):
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"「{name}」的值不是正确的 JSON：第{error.pos + 1}个字符附近有误") from None


def fields_of(form: Form) -> dict[str, str]:
    """Every name that `record` takes for a form → its label: facts, lists as a whole, `list.column`."""
    names: dict[str, str] = {}
    for section in form.sections:
        names.update({field.fact: field.label for field in section.fields})
        if section.list:
            names[section.list] = section.title
            for column in (*section.common, *section.columns):
                names[f"{section.list}.{column.fact.removeprefix(section.list + '.')}"] = column.label
    return names


def _form(office: Office, matter: Matter, wanted: str, answers: Mapping[str, Json]) -> Form:
    """The form named, or the one joining form that has all the fields and needs no others, or the one that opens such.

    UsageError otherwise, naming the candidates.
    """
    forms = _by_hand(office)
    asked = [name for name in answers if name not in META]
    if wanted:
        chosen = next((f for f in forms if wanted in (f.id, f.title)), None)
        if chosen is None:
            there = "、".join(f"{f.title}（{f.id}）" for f in forms)
            raise UsageError(f"没有「{wanted}」这种表", advice="现有：" + there)
        _require_fields(chosen, asked)
        return chosen
    having = [form for form in forms if set(asked) <= fields_of(form).keys()]
    joining = [form for form in having if not form.opens]
    whole = [form for form in joining if form.compulsory <= set(asked)]
    fitting = whole or [form for form in having if form.opens == matter.type] or joining
    narrowest = min((len(fields_of(form)) for form in fitting), default=0)  # what was meant says nothing of the rest
    fitting = [form for form in fitting if len(fields_of(form)) == narrowest]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        titles = "、".join(f"{form.title}（{form.id}）" for form in fitting)
        raise UsageError(f"这些字段不止一种表有：{titles}", advice="用 --form 写明是哪一种")
    raise _no_form(office, asked)


def _by_hand(office: Office) -> list[Form]:
    """The forms that people fill in; the others the program alone."""
    return [form for form in office.catalogue.forms.values() if form.place != "program"]


def _require_fields(form: Form, asked: Sequence[str]) -> None:
    known = fields_of(form)
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"，是不是 {near[0]}" if near else ""
            raise UsageError(f"《{form.title}》没有字段「{name}」{hint}", advice="字段：" + "、".join(known))


def _no_form(office: Office, asked: Sequence[str]) -> UsageError:
    """Which forms have which of the fields."""
    lines = []
    for name in asked:
        having = [f"{f.title}（{f.id}）" for f in _by_hand(office) if name in fields_of(f)]
        lines.append(f"{name}：{'、'.join(having) or '没有这个字段'}")
    return UsageError("没有一种补充用的表同时有这些字段", advice="；".join(lines) + "。用 --form 写明是哪一种")


def _shaped(form: Form, answers: Mapping[str, Json]) -> dict[str, Json]:
    """Columns of a list become one item of it; everything else stays a dotted name."""
    lists = {section.list for section in form.sections if section.list}
    content: dict[str, Json] = {}
    for name, value in answers.items():
        owner, _, short = name.rpartition(".")
        if owner not in lists:
            content[name] = value
        elif isinstance(content.setdefault(owner, [{}]), list):
            if owner in answers:
                raise UsageError(f"「{owner}」和「{name}」不能同时写")
            content[owner][0][short] = value
    return content


# ── looking up, cancelling ────────────────────────────────────────────────────────────────────────────


def named(office: Office, reference: str) -> Matter:
    """The matter with this id or 案号, in whatever brackets. Raises UsageError, with the nearest one."""
    found = office.ledger.find(reference) or office.ledger.find(numbering.normalise(reference))
    matter = office.ledger.matter(found) if found else None
    if matter:
        return matter
    known = [name for row in office.ledger.matters() for name in (row.id, row.case) if name]
    near = difflib.get_close_matches(reference, known, 1)
    raise UsageError(
        f"没有「{reference}」这个案件或者事项", advice=f"是不是「{near[0]}」" if near else "用 paperwork cases 查看"
    )


def told_facts(office: Office, matter: Matter) -> list[dict[str, Json]]:
    """The facts as people read them: {name, label, value}; a list as its rows."""
    known = office.catalogue.facts
    folded = office.sight(matter).folded
    return [
        {"name": name, "label": known[name].label, "value": _as_asked(showing.show(value, known[name]), known[name])}
        for name, value in sorted(folded.items())
        if name in known
    ]


def _as_asked(shown: Json, fact: Fact) -> Json:
    """The rows of a list with their parts in the order in which they are asked: law, article, paragraph."""
    order = {name: at for at, name in enumerate(fact.items)}
    if not order or not isinstance(shown, list):
        return shown
    return [dict(sorted(row.items(), key=lambda part: order.get(part[0], len(order)))) for row in shown]


def afterwards(office: Office, outcome: Outcome) -> list[str]:
    """What the slip of a filed form says of approvals, of what is missing, and of the next step."""
    matter = office.ledger.matter(outcome.id) if outcome.outcome == "filed" else None
    if matter is None:
        return []
    return slips.afterwards(matter, views.explain(office, matter), views.step_labels(office))


def document_of(matter: Matter, wanted: str) -> Document:
    """The document of a matter with this number; of those without one, by code. Raises UsageError."""
    text = numbering.normalise(wanted)
    for document in reversed(matter.documents):
        if document.code and text in (document.number, document.code):
            return document
    known = "、".join(dict.fromkeys(d.number or d.code for d in matter.documents if d.code))
    raise UsageError(f"{matter.case or matter.id} 没有「{wanted}」这份文书", advice=f"现有：{known}" if known else "")


def void(office: Office, number: str, why: str) -> Matter:
    """Cancel a document's number: it stays as 作废, with who and why; the matter's index and manifest follow.

    UsageError without a reason, and for a number that is unknown, no document's, or 作废 already.
    """
    _require_leave(office, "void", "作废文号")
    office.require_whole()
    if not why.strip():
        raise UsageError("没有写明作废的原因", advice="例如 --why 印错")
    text = numbering.normalise(number)
    before = next((row for row in office.ledger.number_rows() if row.text == text), None)
    if before is not None and before.state == "void":
        raise UsageError(f"{text} 已经作废（{before.by}：{before.why}）", advice="作废一次即可，原来的记录没有改动")
    office.ledger.void(text, why.strip(), user(), office.now)
    row = next(row for row in office.ledger.number_rows() if row.text == text)
    living.refresh(office, row.matter)
    office.recount(row.matter)  # what was decided by it may be counted by something else now
    unshown.owed(office, named(office, row.matter), text, why.strip())
    return named(office, row.matter)


def _require_leave(office: Office, what: str, called: str) -> None:
    """UsageError unless people.toml lets this account do it."""
    account = user()
    if not any(what in desk.may and desk.user in (ANYBODY, account) for desk in office.catalogue.desks):
        raise UsageError(
            f"账号「{account}」没有{called}的权限",
            advice=f'请管理员在 templates/people.toml 增加 [[desk]] user = "{account}" may = ["{what}"]',
        )


def user() -> str:
    """Who sits at the command line."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a service account without a name
        return "命令行"
