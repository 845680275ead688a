"""Which matter a form belongs to: it opens one, or joins one by 案号 or id that agrees with the party on the form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from paperwork import numbering, planning
from paperwork.answers import EMPTY
from paperwork.model import Drop, Facts, Finding, Form, Matter, RawForm
from paperwork.office import Office
from paperwork.validation import Checked

PLACE = "「案号或编号」一栏"


@dataclass(frozen=True)
class Found:
    """The matter that the form joins, or None; findings when it may neither join nor open."""

    matter: Matter | None
    findings: tuple[Finding, ...] = ()
    lead: Matter | None = None  # the lead from which the form opens a case


def find_matter(office: Office, drop: Drop, raw: RawForm, form: Form) -> Found:
    """Follow what the form names: a matter, or the submission that it corrects."""
    findings = list(_place(drop, form))
    named = numbering.normalise(_meta(raw, "matter"))
    corrects = _meta(raw, "corrects")
    matter_id = office.ledger.find(named) if named else _corrected(office, corrects) if corrects else None
    matter = office.ledger.matter(matter_id) if matter_id else None
    if matter:
        findings += _open(form, matter, corrects)
        findings += _same_party(raw, matter) if not corrects else ()
    elif named:
        findings.append(_unknown(office, named))
    elif corrects:
        message = f"没有回执编号为「{corrects}」的表，请照抄回执上的编号"
        findings.append(Finding("E-CORRECTS-UNKNOWN", message, "corrects", "「更正的回执编号」一栏", corrects))
    elif not form.opens:
        message = f"《{form.title}》应当写明属于哪个案件：请填写案号或者编号（例如 2026-LA-0001）"
        findings.append(Finding("E-MATTER-UNKNOWN", message, "matter", PLACE))
    if matter and matter.type == "lead" and form.opens == "case" and not corrects:
        return Found(None, tuple(findings), lead=matter)
    return Found(matter, tuple(findings))


STAYS = (
    *("approvals", "services", "inspections", "questionings", "answers"),
    *("orders", "rechecks", "discussions", "reviews"),
)
"""What stays in the lead's file, because its papers were made there."""


def take_over(office: Office, found: Found, checked: Checked) -> Checked:
    """What the lead knows stands in the case that opens from it, below what the form itself says (DESIGN §3)."""
    lead = found.lead
    if lead is None:
        return checked
    sight = office.sight(lead)
    known = {n: v for n, v in sight.folded.items() if not n.startswith(("filing.", "lead.")) and n not in STAYS}
    papers = tuple(dict.fromkeys(d.code for d in lead.documents if d.state == "issued" and d.code and d.seq))
    filed = sight.facts(lead.documents).get("filing.on")
    told = {"case.lead": lead.id, "lead.papers": papers, **({"case.filed_on": filed} if filed else {})}
    facts = {**known, **checked.submission.facts}
    facts.update({name: value for name, value in told.items() if name == "lead.papers" or name not in facts})
    adds = frozenset(n for s in lead.submissions for n in s.adds if n in facts) | checked.submission.adds
    return replace(checked, submission=replace(checked.submission, facts=facts, adds=adds))


def not_yet_filed(office: Office, found: Found) -> tuple[Finding, ...]:
    """A case opens from a lead when its filing was approved; a lead without a proposal was filed on paper."""
    lead = found.lead
    if lead is None:
        return ()
    facts = office.sight(lead).facts(lead.documents)
    if not facts.get("filing.proposal") or facts.get("filing.on"):
        return ()
    message = f"案源 {lead.id} 的立案审批表还没有批准，批准立案之后再交案件登记表"
    return (Finding("E-NOT-FILED", message, "matter", PLACE, lead.id),)


def by_key(office: Office, form: Form, facts: Facts) -> Found:
    """The open matter that has the form's answers (`join_by`); none opens a new one, two are a finding."""
    keys = planning.told_keys(facts, form.join_by)
    if {name for name, _ in keys} != set(form.join_by):
        return Found(None)
    matters = office.ledger.joined(form.opens, keys)
    if len(matters) > 1:
        message = f"有{len(matters)}件事项都符合：{'、'.join(matters)}；请在「案号或编号」写明是哪一件"
        return Found(None, (Finding("E-MATTER-TWO", message, "matter", PLACE, wanted="、".join(matters)),))
    return Found(office.ledger.matter(matters[0]) if matters else None)


def _meta(raw: RawForm, name: str) -> str:
    text = str(raw.meta[name].value).strip() if name in raw.meta else ""
    return "" if text in EMPTY else text


def _corrected(office: Office, corrects: str) -> str | None:
    drop, _, row = corrects.partition("/")
    return office.ledger.matter_of(drop, int(row or 0)) if row.isdecimal() or not row else None


def _place(drop: Drop, form: Form) -> Iterator[Finding]:
    """Approvals have a folder of their own, so that the share's permissions decide who may write there.

    What the program fills in itself nobody else hands in.
    """
    if form.place == "approvals" and drop.place == "inbox":
        message = f"《{form.title}》应当放入「inbox/审批」文件夹，放在别处不算审批"
        yield Finding("E-APPROVAL-PLACE", message, place="收件文件夹")
    if form.place == "program" and drop.place != "program":
        message = f"《{form.title}》由系统自己填写，不收人工填写的；请放入本事项的其他表"
        yield Finding("E-FORM-PLACE", message, place="表名")
    if form.place == "inbox" and drop.place == "approvals":
        message = f"《{form.title}》应当放入「inbox」文件夹，「审批」里只放审批意见表"
        yield Finding("E-FORM-PLACE", message, place="审批文件夹")


def _unknown(office: Office, named: str) -> Finding:
    rows = office.ledger.matters()
    near = difflib.get_close_matches(named, [name for row in rows for name in (row.id, row.case) if name], 1)
    hint = f"，是不是「{near[0]}」" if near else "；请核对，或者先登记案件"
    return Finding("E-MATTER-UNKNOWN", f"没有「{named}」这个案件或者事项{hint}", "matter", PLACE, named)


def _open(form: Form, matter: Matter, corrects: str) -> Iterator[Finding]:
    """A closed matter takes nothing more, except a correction of the form that closed it."""
    key = corrects if "/" in corrects else f"{corrects}/0"
    corrected = next((s for s in matter.submissions if s.key == key), None) if corrects else None
    closing = corrected is not None and "case.closed_on" in corrected.facts
    if matter.closed_on and not closing:
        message = f"{matter.case or matter.id} 已于{matter.closed_on}结案，不再收表"
        yield Finding("E-MATTER-CLOSED", message, "matter", PLACE, matter.case or matter.id)
    if corrects and corrected is None:
        message = f"「{corrects}」不是 {matter.case or matter.id} 收过的表"
        yield Finding("E-CORRECTS-UNKNOWN", message, "corrects", "「更正的回执编号」一栏", corrects)
    if corrected is not None and corrected.form != form.id:
        message = f"「{corrects}」是另一种表，更正应当用同一种表；《{form.title}》不能更正它"
        yield Finding("E-CORRECTS-FORM", message, "corrects", "「更正的回执编号」一栏", corrects)


def _same_party(raw: RawForm, matter: Matter) -> Iterator[Finding]:
    uscc = raw.values.get("party.uscc")
    if uscc and matter.party_key.startswith("U:"):
        if str(uscc.value).strip().upper() != matter.party_key[2:]:
            yield _other_code(matter, str(uscc.value).strip())
        return
    named = _meta(raw, "party") or (str(raw.values["party.name"].value) if "party.name" in raw.values else "")
    if named and _folded(named) != _folded(matter.party):
        yield _other_party(matter, named)


def _other_party(matter: Matter, found: str) -> Finding:
    message = f"{matter.case or matter.id} 的当事人是「{matter.party}」，与表上的「{found}」不一致，请核对案号和当事人"
    return Finding("E-MATTER-PARTY", message, "party.name", "「当事人」一栏", found, matter.party)


def _other_code(matter: Matter, found: str) -> Finding:
    """A code is compared with a code: a name beside it would read as if the two should be alike."""
    known = matter.party_key[2:]
    message = (
        f"{matter.case or matter.id} 的当事人「{matter.party}」统一社会信用代码「{known}」，"
        f"与表上的统一社会信用代码「{found}」不一致，请核对案号和当事人"
    )
    return Finding("E-MATTER-PARTY", message, "party.uscc", "「统一社会信用代码」一栏", found, known)


def _folded(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")
