"""One submission, one plan: drafts under one code, approvals that count only for it, papers that follow once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

import pytest

from paperwork.model import (
    Catalogue,
    Citation,
    Document,
    DocumentKey,
    Form,
    History,
    Matter,
    Past,
    Plan,
    Recipe,
    Submission,
    Template,
)
from paperwork.planning import Planned, Sight, plan, weigh
from paperwork.planning.state import state_of
from samples import APPROVALS, S01, S02, SERVICE, approval, changed, checked, drop, shipped, templates

D = dt.date
TODAY = D(2026, 11, 23)
WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
NUMBER = "朔区文旅不罚字〔2026〕1号"


@dataclass
class File:
    """A matter kept by hand, as the ledger keeps it: what a plan says is laid into it."""

    today: dt.date = TODAY
    catalogue: Catalogue = field(default_factory=shipped)
    templates: Mapping[str, Template] = field(default_factory=templates)
    history: History = field(default_factory=lambda: History(""))
    matter: Matter | None = None
    count: int = 0

    def plan(self, form: Mapping[str, Any]) -> Planned:
        """What the form would change; nothing is laid in."""
        result = checked(form, self.count + 1, "2026-LA-0001" if self.matter else "")
        assert result.findings == ()
        return plan(self.sight(result.form, result.submission))

    def sight(self, form: Form | None = None, incoming: Submission | None = None) -> Sight:
        came = drop(self.count + 1) if incoming else None
        return Sight(
            self.catalogue, self.templates, "law", self.today, self.matter, self.history, form, incoming, came
        )

    def take(self, form: Mapping[str, Any]) -> Plan:
        """Lay the form in."""
        planned = self.plan(form)
        assert planned.plan is not None, planned.findings
        self.count += 1
        self.matter = self._registered(planned.plan)
        return planned.plan

    def _registered(self, made: Plan) -> Matter:
        before = self.matter or Matter(
            "2026-LA-0001", "case", "朔区文旅立字〔2026〕1号", made.party_key, made.party, "", "", TODAY, "x", 0, 0
        )
        issues = {issue.key: issue for issue in made.issues}
        documents = tuple(_after(d, made, issues) for d in before.documents)
        documents += tuple(
            Document(
                before.id, w.kind, w.code, w.title, w.occurrence, w.version, w.state, w.recipe, w.draft_code, w.measure,
                w.rule, "", w.dated, drop=made.drop.id,
            )
            for w in made.documents
        )  # fmt: skip
        keys = [d.key for d in documents]
        assert len(keys) == len(set(keys)), "no document twice"
        return replace(
            before, submissions=(*before.submissions, made.submission), documents=documents, state=made.state,
            attention=made.attention, closed_on=made.closed_on, version=before.version + 1,
        )  # fmt: skip

    def standing(self, code: str, state: str = "") -> list[Document]:
        assert self.matter is not None
        return [d for d in self.matter.documents if d.code == code and state in ("", d.state)]

    @property
    def code(self) -> str:
        """The one code of the open drafts."""
        assert self.matter is not None
        (code,) = {d.draft_code for d in self.matter.documents if d.state == "draft" and d.code}
        return code


def _after(document: Document, made: Plan, issues: Mapping[DocumentKey, Any]) -> Document:
    if document.key in issues:
        issue = issues[document.key]
        number = NUMBER if issue.slot else ""
        recipe = document.recipe.issued(number, issue.dated, issue.approvals)
        return replace(document, state="issued", number=number, dated=issue.dated, recipe=recipe)
    return replace(document, state="superseded") if document.key in made.superseded else document


@pytest.fixture
def file() -> File:
    """S01 laid in: its drafts await approval."""
    file = File()
    file.take(S01)
    return file


def agree(file: File, which: Sequence[int] = (0, 1, 2), code: str = "") -> list[Plan]:
    code = code or file.code
    return [file.take(approval(code, *APPROVALS[n])) for n in which]


def codes(planned: Planned) -> list[tuple[str, str]]:
    return [(f.code, f.field) for f in planned.findings]


def made(one: Plan, state: str = "") -> list[str]:
    return [w.code for w in one.documents if w.code and state in ("", w.state)]


# ── S01 opens a case ──────────────────────────────────────────────────────────────────────────────────


def test_s01_opens_a_case_with_its_drafts_under_one_code() -> None:
    one = File().take(S01)
    assert made(one, "draft") == ["D-14", "D-12", "D-13"]
    assert made(one, "issued") == ["D-36"]
    (code,) = {w.draft_code for w in one.documents if w.state == "draft"}
    assert len(code) == 9
    assert not set(code) & set("01OILZ")
    assert [w.occurrence for w in one.documents if w.kind == "form/approval"] == [
        f"{code}/{step}" for step in ("section_head", "legal_review", "chief")
    ]
    drafts = [w for w in one.documents if w.state == "draft"]
    assert all(w.slot is None and w.recipe.context["doc"]["number"] == "" for w in drafts)
    assert (one.state, one.party, one.party_key) == ("for_approval", "朔州市星屿网咖有限公司", "U:91140602MAXX002268")
    assert one.opening is not None
    assert (one.opening.case_slot.series, one.opening.case_slot.year) == ("立", 2026)  # type: ignore[union-attr]
    assert (one.opening.id_slot.series, one.opening.folder.as_posix()) == ("id:LA", "outbox/2026")
    assert (one.issues, one.superseded, one.attention, one.decided, one.closed_on) == ((), (), [], None, None)
    assert one.case_key == "2026-07-08 互联网上网服务营业场所管理条例#21.2、未成年人保护法#58"


def test_the_year_of_a_case_is_that_of_its_filing_and_a_person_is_masked_in_the_folder() -> None:
    person = {
        "party.kind": "自然人", "party.name": "顾小北", "party.uscc": None, "party.gender": "男",
        "party.birth": "1900-05-01", "party.id_type": "居民身份证", "party.id_no": "140602190005010010",
    }  # fmt: skip
    late = File(D(2027, 1, 5)).take(changed(S01, person))
    assert late.opening is not None
    assert late.opening.id_slot.year == 2026
    assert late.opening.folder_party == "顾某某"
    assert late.party_key.startswith("P:")
    assert "1900" not in late.party_key


def test_the_same_form_gets_the_same_code_on_any_day_and_another_form_another() -> None:
    today, later = File(), File(TODAY + dt.timedelta(days=30))
    today.take(S01), later.take(S01)
    assert today.code == later.code
    other = File()
    other.take(changed(S01, {"case.act": "未悬挂许可证"}))
    assert other.code != today.code


def test_looking_at_a_matter_makes_nothing_and_finds_what_stands(file: File) -> None:
    seen = weigh(file.sight())
    assert [d.code for d in seen.drafted] == [file.code]
    assert seen.issues == ()
    assert {m.name for m in seen.missing if m.kind == "document"} >= {"不予行政处罚决定书", "送达回证"}


def test_findings_leave_no_plan() -> None:
    planned = File().plan(changed(S01, {"officers": [{"name": "赵明远", "cert_no": "04060200101"}]}))
    assert planned.plan is None
    assert codes(planned) == [("E-OFFICER-2", "officers")]


def test_a_gap_in_the_facts_is_filed_and_named() -> None:
    one = File()
    planned = one.plan(changed(S01, {"correct.rechecked_on": None}))
    assert planned.plan is not None
    assert made(planned.plan) == ["D-36"]
    assert planned.plan.state == "open"
    assert [m.name for m in planned.weighed.missing if m.kind == "fact"] == ["correct.rechecked_on"]


# ── approvals ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_approvals_in_any_order_issue_exactly_when_all_agree_dated_by_the_last(order: tuple[int, ...]) -> None:
    file = File()
    file.take(S01)
    first, second, third = agree(file, order)
    assert (first.issues, second.issues) == ((), ())
    by_kind = {issue.key[0]: issue for issue in third.issues}
    assert set(by_kind) == {"no_penalty_decision", "no_penalty_approval", "handling_opinion"}
    assert by_kind["no_penalty_decision"].dated == by_kind["no_penalty_approval"].dated == D(2026, 7, 22)
    assert by_kind["handling_opinion"].dated == D(2026, 7, 16)
    slot = by_kind["no_penalty_decision"].slot
    assert slot is not None
    assert (slot.series, slot.year) == ("不罚", 2026)
    assert by_kind["no_penalty_approval"].slot is None
    assert [(a["step"], a["person"], a["on"]) for a in by_kind["no_penalty_approval"].approvals] == [
        ("部门负责人", "钱承宇", "2026年7月17日"),
        ("法制审核", "吴思远", "2026年7月20日"),
        ("负责人", "郑怀瑾", "2026年7月22日"),
    ]
    assert (third.state, third.attention) == ("decided", [])
    assert third.decided == Past("", "no_penalty", D(2026, 7, 22), "互联网上网服务营业场所", "33-1前")
    assert made(third) == (["D-20"] if order[-1] == 1 else []), "the review leaves its opinion when it comes"
    forms = [key for key in third.superseded if key[0] == "form/approval"]
    assert len(forms) == 3, "the forms laid beside the drafts have served"


def test_one_form_may_carry_all_three(file: File) -> None:
    rows = [{"step": s, "person": p, "decision": "同意", "on": on} for s, p, on in APPROVALS]
    one = file.take({"form": "审批意见表", "matter": "x", "draft": file.code, "approvals": rows})
    assert len(one.issues) == 3


def test_a_returned_draft_falls_and_a_new_code_begins_all_steps_again(file: File) -> None:
    old = file.code
    agree(file, (0,))
    back = file.take(approval(old, *APPROVALS[1], "退回"))
    assert {key[0] for key in back.superseded} >= {"no_penalty_decision", "no_penalty_approval", "handling_opinion"}
    assert made(back, "draft") == ["D-14", "D-12", "D-13"]
    assert {w.version for w in back.documents if w.state == "draft" and w.code} == {2}
    assert made(back, "issued") == ["D-20"], "the opinion that sent them back stays in the file"
    assert file.code != old
    new = file.code
    stale = file.plan(approval(old, *APPROVALS[2]))
    assert codes(stale) == [("E-REVIEW-BLOCK", "approvals.draft")]
    assert new in stale.findings[0].wanted
    assert len(agree(file, (0, 1, 2))[-1].issues) == 3


def test_each_return_makes_another_code(file: File) -> None:
    seen = [file.code]
    for _ in range(3):
        file.take(approval(file.code, *APPROVALS[0], "退回"))
        seen.append(file.code)
    assert len(set(seen)) == 4
    assert [d.version for d in file.standing("D-13")] == [1, 2, 3, 4]
    assert len(file.standing("D-13", "draft")) == 1


def test_a_refusal_ends_the_measure_and_the_ladder_goes_on_below(file: File) -> None:
    old = file.code
    no = file.take(approval(old, *APPROVALS[2], "不同意"))
    judged = {m.rule: m.status for m in weigh(file.sight()).judged}
    assert judged["DR-10"] == "refused"
    assert judged["DR-11"] == "fired"
    assert {w.rule for w in no.documents if w.state == "draft"} == {"DR-11"}
    assert file.code != old
    file.take(approval(file.code, *APPROVALS[2], "不同意"))
    judged = {m.rule: m.status for m in weigh(file.sight()).judged}
    assert (judged["DR-10"], judged["DR-11"], judged["DR-18"]) == ("refused", "refused", "fired")
    assert file.matter is not None
    assert not [d for d in file.matter.documents if d.state == "draft"]


def test_a_refusal_is_of_those_facts_new_facts_are_asked_again(file: File) -> None:
    file.take(approval(file.code, *APPROVALS[2], "不同意"))
    file.take({"form": "案件登记表", "no_penalty": {"reason": "补充调查后，违法行为确属轻微"}})
    assert {m.rule: m.status for m in weigh(file.sight()).judged}["DR-10"] == "fired"


def test_the_same_answer_again_changes_nothing(file: File) -> None:
    rows = [{"step": s, "person": p, "decision": "同意", "on": on} for s, p, on in APPROVALS]
    agree(file)
    code = file.standing("D-13")[0].draft_code
    again = file.take({"form": "审批意见表", "matter": "x", "draft": code, "approvals": rows})
    assert (again.issues, again.superseded, again.documents) == ((), (), ())


def test_an_answer_once_given_is_not_overwritten(file: File) -> None:
    agree(file, (0,))
    step, person, on = APPROVALS[0]
    assert ("E-ALREADY", "approvals.decision") in codes(file.plan(approval(file.code, step, person, on, "退回")))
    twice = approval(file.code, step, person, on)
    twice["approvals"] = [twice["approvals"][0], {**twice["approvals"][0], "decision": "退回"}]
    fresh = File()
    fresh.take(S01)
    assert ("E-ALREADY", "approvals.decision") in codes(fresh.plan(twice))


def test_a_wrong_answer_is_corrected_by_the_receipt_number_as_often_as_needed(file: File) -> None:
    step, person, on = APPROVALS[0]
    code = file.code
    file.take(approval(code, step, person, on))
    number = f"d{file.count:04d}"
    for day in ("2026-07-18", "2026-07-19"):
        assert file.plan({**approval(code, step, person, day), "corrects": number}).findings == ()
        file.take({**approval(code, step, person, day), "corrects": number})
    last = f"d{file.count:04d}"
    file.take({**approval(code, step, person, "2026-07-20"), "corrects": last})
    assert [a["on"] for a in file.sight().items("approvals")] == [D(2026, 7, 20)]


def wrong(file: File, **changes: Any) -> list[tuple[str, str]]:
    """The findings of the first approval with these answers changed."""
    form = approval(file.code, *APPROVALS[0])
    form["draft"] = changes.pop("draft", form["draft"])
    form["approvals"][0] |= changes
    return codes(file.plan(form))


def test_an_approval_counts_only_for_the_code_it_names(file: File) -> None:
    assert wrong(file) == []
    assert wrong(file, draft="AAAA-AAAA") == [("E-APPROVAL-DRAFT", "approvals.draft")]
    planned = file.plan(approval("AAAA-AAAA", *APPROVALS[0]))
    assert file.code in planned.findings[0].message


def test_who_does_not_hold_the_role_cannot_approve(file: File) -> None:
    assert wrong(file, person="吴思远") == [("E-APPROVAL-ROLE", "approvals.person")]
    assert wrong(file, step="负责人") == [("E-APPROVAL-ROLE", "approvals.person")]


def test_a_step_that_the_measure_does_not_ask_cannot_decide_it(file: File) -> None:
    assert wrong(file, step="分管负责人", person="冯若谷", decision="不同意") == [("E-APPROVAL-STEP", "approvals.step")]


def test_an_approval_is_not_dated_before_filing_submission_or_in_the_future(file: File) -> None:
    assert wrong(file, on="2026-07-15") == [("E-DATE-ORDER", "approvals.on")]
    assert wrong(file, on="2026-07-16") == []
    before = wrong(file, on="2026-07-09")
    assert before == [("E-DATE-ORDER", "approvals.on"), ("E-DATE-ORDER", "approvals.on")]
    assert wrong(file, on="2026-11-24") == [("E-DATE-ORDER", "approvals.on")]


@pytest.mark.parametrize(("first", "second"), [(0, 2), (2, 0)])
def test_no_step_is_dated_before_the_step_that_it_follows(file: File, first: int, second: int) -> None:
    days = {0: "2026-07-25", 2: "2026-07-22"}
    step, person, _ = APPROVALS[first]
    file.take(approval(file.code, step, person, days[first]))
    step, person, _ = APPROVALS[second]
    assert codes(file.plan(approval(file.code, step, person, days[second]))) == [("E-DATE-ORDER", "approvals.on")]
    assert file.plan(approval(file.code, step, person, days[first])).findings == ()


def test_what_is_issued_takes_no_more_approvals(file: File) -> None:
    code = file.code
    agree(file)
    late = approval(code, "集体讨论", "郑怀瑾", "2026-07-22", "不同意")
    assert ("E-APPROVAL-DRAFT", "approvals.draft") in codes(file.plan(late))


def test_a_decision_entered_late_needs_the_law_of_its_day() -> None:
    names = ("act_began_on", "act_ended_on", "found_on", "discovered_on")
    days = dict.fromkeys((f"case.{name}" for name in names), "2021-06-02")
    days |= dict.fromkeys((f"correct.{name}" for name in ("required_on", "done_on", "rechecked_on")), "2021-06-02")
    days |= {"case.filed_on": "2021-06-05", "correct.order_served_on": "2021-06-02", "no_penalty.query.on": "2021-06-03"}
    days |= {"fact.time": "2021-06-02T10:00:00+08:00", "submitted_at": "2021-06-20T10:00:00+08:00"}
    rules = {"law.violated": [{"law": "娱乐场所管理条例", "article": 27}]}
    rules |= {"law.penalty": [{"law": "娱乐场所管理条例", "article": 49}]}
    file = File()
    file.take(changed(S01, {**days, **rules}))
    for step, person, _ in APPROVALS[:2]:
        file.take(approval(file.code, step, person, "2021-06-25"))
    step, person, _ = APPROVALS[2]
    planned = file.plan(approval(file.code, step, person, "2021-06-25"))
    assert {code for code, _ in codes(planned)} == {"E-LAW-DATE"}
    assert "2021-06-25" in planned.findings[-1].message


# ── facts that arrive later ───────────────────────────────────────────────────────────────────────────


def test_a_correction_before_the_decision_changes_the_code_and_the_old_one_no_longer_counts(file: File) -> None:
    old = file.code
    agree(file, (0, 1))
    new = file.take({**changed(S01, {"case.act": "未悬挂标志"}), "corrects": "d0001"})
    assert made(new, "draft") == ["D-14", "D-12", "D-13"]
    assert file.code != old
    assert codes(file.plan(approval(old, *APPROVALS[2]))) == [("E-APPROVAL-DRAFT", "approvals.draft")]
    assert agree(file, (2,))[0].issues == ()


@pytest.mark.parametrize(
    "form",
    [
        SERVICE,
        {"form": "案件登记表", "irregularity": {"kind": "风险隐患"}},
        {"form": "案件登记表", "case": {"channel": "线上"}},
    ],
    ids=["service", "irregularity", "channel"],
)
def test_facts_that_no_draft_prints_keep_drafts_and_code(file: File, form: dict[str, Any]) -> None:
    old = file.code
    one = file.take(form)
    assert (one.superseded, made(one, "draft")) == ((), [])
    assert file.code == old


def test_another_proposal_of_the_handler_is_shown_in_a_new_draft(file: File) -> None:
    old = file.code
    file.take({"form": "案件登记表", "measure_requested": "行政处罚"})
    assert file.code != old
    assert file.standing("D-12", "draft")[0].recipe.context["measure"]["differs"] is True


def test_a_missing_fact_that_arrives_brings_the_drafts() -> None:
    file = File()
    file.take(changed(S01, {"correct.rechecked_on": None}))
    assert made(file.take({"form": "案件登记表", "correct": {"rechecked_on": "2026-07-15"}}), "draft") == [
        "D-14", "D-12", "D-13",
    ]  # fmt: skip


def test_facts_that_turn_the_ladder_let_the_drafts_fall(file: File) -> None:
    one = file.take({"form": "案件登记表", "correct": {"remaining": ["标志仍未悬挂"]}})
    assert len([key for key in one.superseded if key[0] != "form/approval"]) == 3
    assert made(one) == []
    assert one.state == "open"


def test_an_edit_of_policy_law_or_template_alone_changes_nothing(file: File) -> None:
    known = shipped()
    edited = {"label": "新标题", "procedure": (Citation("行政处罚法", 57),)}
    rules = tuple(replace(r, **edited) if r.id == "DR-10" else r for r in known.rules)  # type: ignore[arg-type]
    file.catalogue = replace(known, rules=rules)
    file.templates = {n: replace(t, sha256="edited", names=t.names | {"party.phone"}) for n, t in templates().items()}
    old = file.code
    one = file.take({"form": "案件登记表", "case": {"channel": "线上"}})
    assert (one.superseded, made(one), file.code) == ((), [], old)
    agree(file)
    assert file.standing("D-13", "issued")[0].recipe.template == "sha-no_penalty_decision"
    assert file.take({"form": "案件登记表", "case": {"channel": "线下"}}).attention == []


SAME = {"form": "案件登记表", "case": {"source_ref": S01["case"]["source_ref"]}}
OTHER = {"form": "案件登记表", "case": {"source_ref": "SSJ-2026-Q3-099"}}


def test_facts_changed_and_changed_back_get_their_drafts_again_under_the_same_code(file: File) -> None:
    first = file.code
    file.take(OTHER)
    second = file.code
    back = file.take(SAME)
    assert (second != first, file.code) == (True, first)
    assert made(back, "draft") == ["D-14", "D-12", "D-13"]
    assert [(d.draft_code, d.version, d.state) for d in file.standing("D-13")] == [
        (first, 1, "superseded"), (second, 2, "superseded"), (first, 3, "draft"),
    ]  # fmt: skip
    forms = [w for w in back.documents if w.kind == "form/approval"]
    assert {w.version for w in forms} == {2}, "the forms for the same code are laid out anew"
    file.take(OTHER)
    assert file.code == second
    file.take(SAME)
    assert len(agree(file, (0, 1, 2), first)[-1].issues) == 3
    assert [(d.version, d.state) for d in file.standing("D-13")][-1] == (5, "issued")


def test_an_approval_of_a_text_counts_again_when_the_text_comes_back(file: File) -> None:
    first = file.code
    agree(file, (0, 1))
    file.take(OTHER)
    file.take(SAME)
    assert len(agree(file, (2,), first)[-1].issues) == 3


def _template(file: File) -> None:
    file.templates = {n: replace(t, sha256="edited-" + t.sha256) for n, t in templates().items()}


def _setting(file: File) -> None:
    settings = file.catalogue.settings
    file.catalogue = replace(file.catalogue, settings=replace(settings, organ=replace(settings.organ, court="朔州市中级人民法院")))


@pytest.mark.parametrize("edit", [_template, _setting])
def test_the_same_facts_on_an_edited_template_or_setting_get_another_code(
    file: File, edit: Callable[[File], None]
) -> None:
    first = file.code
    agree(file, (0, 1))
    file.take(OTHER)
    edit(file)
    file.take(SAME)
    assert file.code != first
    assert codes(file.plan(approval(first, *APPROVALS[2]))) == [("E-APPROVAL-DRAFT", "approvals.draft")]
    assert agree(file, (2,))[0].issues == (), "what was agreed to was another text"


def test_a_code_counts_however_it_was_copied(file: File) -> None:
    plain = file.code.replace("-", "").lower()
    wide = f"{file.code[:4]} — {file.code[5:]}".translate(WIDE)
    file.take(approval(plain, *APPROVALS[0]))
    file.take(approval(wide, *APPROVALS[1]))
    assert len(agree(file, (2,))[-1].issues) == 3


def void(file: File) -> None:
    """The decision's number is cancelled, as the ledger does it: what was approved under one code falls with it."""
    assert file.matter is not None
    (code,) = {d.draft_code for d in file.matter.documents if d.number}
    fallen = {d.key for d in file.matter.documents if d.draft_code == code and d.state == "issued"}
    documents = tuple(replace(d, state="void") if d.key in fallen else d for d in file.matter.documents)
    file.matter = replace(file.matter, documents=documents)


def test_a_void_decision_is_followed_by_a_new_draft_with_a_new_code(file: File) -> None:
    old = file.code
    agree(file)
    void(file)
    one = file.take({"form": "案件登记表", "case": {"channel": "线上"}})
    assert one.decided is None
    assert "D-13" in made(one, "draft")
    assert file.code != old
    assert codes(file.plan(approval(old, *APPROVALS[2]))) == []  # the same answer again: it changes nothing
    assert file.plan(approval(old, *APPROVALS[2])).plan.issues == ()  # type: ignore[union-attr]
    last = agree(file)[-1]
    assert last.decided == Past("", "no_penalty", D(2026, 7, 22), "互联网上网服务营业场所", "33-1前")
    assert [d.state for d in file.standing("D-13")] == ["void", "issued"]


def test_where_no_violation_was_established_there_is_no_earlier_offence() -> None:
    file = File()
    file.take(changed(S01, {"violation.established": False, "no_penalty.ground": "57-1-3"}))
    assert {d.rule for d in file.standing("D-13", "draft")} == {"Q2"}
    last = agree(file)[-1]
    assert len(last.issues) == 3
    assert last.decided is None


# ── service, education, closing ───────────────────────────────────────────────────────────────────────


def test_service_and_education_make_their_papers_once(file: File) -> None:
    agree(file)
    one = file.take(SERVICE)
    assert made(one) == ["D-34", "D-15"]
    receipt, record = one.documents
    assert (receipt.occurrence, receipt.dated, receipt.state) == ("D-13", D(2026, 7, 23), "issued")
    assert receipt.recipe.context["served"]["number"] == NUMBER
    assert (record.dated, record.recipe.context["doc"]["date"]) == (D(2026, 7, 23), "2026年7月23日")
    assert one.state == "served"
    again = file.take({"form": "案件登记表", "case": {"channel": "线上"}})
    assert made(again) == []


def test_what_was_served_before_its_approval_waits_and_comes_with_it(file: File) -> None:
    early = file.plan(SERVICE)
    assert early.plan is not None
    assert made(early.plan) == []
    waiting = {m.code: m.why for m in early.weighed.missing if m.code in ("D-34", "D-15")}
    assert waiting == dict.fromkeys(("D-34", "D-15"), "待「不予行政处罚决定书」签发后自动制作")
    file.take(SERVICE)
    *_, last = agree(file)
    assert made(last) == ["D-34", "D-15"]
    receipt = next(w for w in last.documents if w.code == "D-34")
    assert receipt.serves == ("no_penalty_decision", "", 1)
    bound = receipt.bound("2026-LA-0001", "x", "", {("no_penalty_decision", "", 1): NUMBER})
    assert bound.context["served"]["number"] == NUMBER
    assert last.state == "served"


def test_a_paper_is_served_by_code_title_or_number_and_gets_one_receipt(file: File) -> None:
    agree(file)
    row = SERVICE["services"][0]
    rows = [
        {**row, "method": "邮寄", "on": "2026-07-23"},
        {**row, "document": "不予行政处罚决定书", "on": "2026-07-24"},
        {**row, "document": NUMBER, "on": "2026-07-25"},
    ]
    one = file.take({**SERVICE, "services": rows})
    (receipt,) = [w for w in one.documents if w.code == "D-34"]
    assert receipt.dated == D(2026, 7, 25)
    assert [s["on"] for s in receipt.recipe.context["services"]] == ["2026年7月23日", "2026年7月24日", "2026年7月25日"]


def test_an_unknown_served_paper_is_named_with_what_was_probably_meant(file: File) -> None:
    row = {**SERVICE["services"][0], "document": "不予行政处罚决定"}
    planned = file.plan({**SERVICE, "services": [SERVICE["services"][0], row]})
    assert codes(planned) == [("E-SERVED-UNKNOWN", "services")]
    assert "是不是「不予行政处罚决定书」" in planned.findings[0].message
    assert planned.findings[0].place == "「送达情况」第2行「送达文书」"
    by_hand = {**SERVICE, "services": [{**SERVICE["services"][0], "document": "责令改正通知书"}]}
    assert file.plan(by_hand).findings == ()


@pytest.mark.parametrize("number", ["朔区文旅不罚字〔2026〕9号", "朔区文旅不罚字[2026]第9号", "朔区文旅立字〔2026〕9号"])
def test_a_number_of_ours_that_this_case_does_not_have_is_not_served(file: File, number: str) -> None:
    agree(file)
    row = SERVICE["services"][0]
    planned = file.plan({**SERVICE, "services": [{**row, "document": number}]})
    assert codes(planned) == [("E-SERVED-UNKNOWN", "services")]
    assert "朔区文旅" in planned.findings[0].message
    for ours in (NUMBER, NUMBER.replace("〔", "[").replace("〕", "]"), "山区文旅检字〔2026〕9号"):
        assert file.plan({**SERVICE, "services": [{**row, "document": ours}]}).findings == ()


def test_a_decision_is_not_served_before_it_is_made(file: File) -> None:
    agree(file)
    early = {**SERVICE["services"][0], "on": "2026-07-21"}
    assert codes(file.plan({"form": "送达情况表", "services": [early]})) == [("E-DATE-ORDER", "services.on")]


def test_a_service_may_be_completed_not_changed(file: File) -> None:
    agree(file)
    file.take(SERVICE)
    row = SERVICE["services"][0]
    more = {"form": "送达情况表", "services": [{**row, "remark": "当面交付"}]}
    assert file.plan(more).findings == ()
    other = {"form": "送达情况表", "services": [{**row, "receiver": "别人"}]}
    assert codes(file.plan(other)) == [("E-ALREADY", "services.receiver")]


def closing(result: str, on: str = "2026-08-01") -> dict[str, Any]:
    return {"form": "结案情况表", "case": {"closed_on": on, "result": result}}


def test_a_matter_closes_on_its_day_as_it_was_closed(file: File) -> None:
    agree(file)
    file.take(SERVICE)
    one = file.take(closing("不予行政处罚"))
    assert (one.state, one.closed_on) == ("closed", D(2026, 8, 1))


def test_without_a_decision_nothing_is_closed_as_decided(file: File) -> None:
    assert {code for code, _ in codes(file.plan(closing("不予行政处罚")))} == {"E-CLOSE"}
    agree(file)
    assert {code for code, _ in codes(file.plan(closing("不予行政处罚")))} == {"E-CLOSE"}, "and not before it is served"
    file.take(SERVICE)
    assert codes(file.plan(closing("撤销案件"))) == [("E-CLOSE", "case.result")]
    assert file.plan(closing("不予行政处罚")).findings == ()


def test_the_state_is_one_word_of_the_contract() -> None:
    recipe = Recipe("", "", "", "", {})
    base = Document("m", "k", "D-13", "t", "", 1, "issued", recipe, number="1", measure="no_penalty")
    assert state_of({}, (), False, True) == "open"
    assert state_of({}, (), True, True) == "for_approval"
    assert state_of({}, (base,), False, True) == "decided"
    assert state_of({}, (replace(base, state="void"), replace(base, number="")), True, True) == "for_approval"
    assert state_of({"service.on": D(2026, 7, 23)}, (base,), False, True) == "served"
    assert state_of({"service.on": D(2026, 7, 23), "case.closed_on": D(2026, 8, 1)}, (base,), False, True) == "closed"
    assert state_of({"case.closed_on": D(2026, 8, 1), "case.result": "transfer"}, (), False, True) == "transferred"
    assert state_of({"service.on": D(2026, 7, 23)}, (base,), True, True) == "served"  # a closing waits beside a decision
    assert state_of({"service.on": D(2026, 7, 23)}, (base,), True, False) == "for_approval"  # one letter follows another


# ── issued means frozen ───────────────────────────────────────────────────────────────────────────────


def test_a_correction_that_contradicts_an_issued_paper_touches_nothing_and_asks_for_attention(file: File) -> None:
    agree(file)
    one = file.take({**changed(S01, {"case.act": "未悬挂许可证"}), "corrects": "d0001"})
    assert (one.superseded, one.issues, made(one), one.state) == ((), (), [], "decided")
    assert {entry["code"] for entry in one.attention} == {"D-12", "D-13", "D-14", "D-20"}
    decision = next(entry for entry in one.attention if entry["code"] == "D-13")
    assert decision["document"] == NUMBER
    assert decision["changes"] == [{"field": "case.act", "was": S01["case"]["act"], "now": "未悬挂许可证"}]
    assert decision["ways"]
    assert [e.kind for e in one.events if e.kind == "attention"] == ["attention"] * 4
    again = file.take({"form": "案件登记表", "case": {"channel": "线上"}})
    assert again.attention == one.attention
    assert not [e for e in again.events if e.kind == "attention"], "said once"
    back = file.take({**S01, "corrects": "d0005"})
    assert back.attention == []


def test_facts_that_would_have_decided_otherwise_are_said_and_the_decision_stands(file: File) -> None:
    agree(file)
    one = file.take({"form": "案件登记表", "correct": {"remaining": ["标志又脱落"]}})
    decision = next(entry for entry in one.attention if entry["code"] == "D-13")
    assert {"field": "measure", "was": "DR-10 fired", "now": "DR-10 unmet"} in decision["changes"]
    assert made(one) == []
    assert one.decided == Past("", "no_penalty", D(2026, 7, 22), "互联网上网服务营业场所", "33-1前")
    assert made(file.take(SERVICE)) == ["D-34", "D-15"], "what was decided is still served and taught"


# ── who may stand in a form ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("form", "field_"),
    [
        (changed(S01, {"correct.rechecked_by": ["赵明远", "钱某某"]}), "correct.rechecked_by"),
        ({**SERVICE, "services": [{**SERVICE["services"][0], "by": ["赵明远", "钱某某"]}]}, "by"),
        ({**SERVICE, "edu": {**SERVICE["edu"], "by": ["赵明远", "钱某某"]}}, "edu.by"),
    ],
    ids=["recheck", "service", "education"],
)
def test_a_stranger_neither_rechecks_nor_serves_nor_educates(form: dict[str, Any], field_: str) -> None:
    file = File()
    if form["form"] == "送达情况表":
        file.take(S01)
    planned = file.plan(form)
    assert [f.code for f in planned.findings] == ["E-PERSON"]
    assert planned.findings[0].field.endswith(field_)
    assert planned.findings[0].found == "钱某某"


def test_nobody_corrects_another_s_approval_away(file: File) -> None:
    file.take(approval(file.code, *APPROVALS[0]))
    mine = {**approval(file.code, *APPROVALS[1]), "corrects": "d0002"}
    planned = file.plan(mine)
    assert codes(planned) == [("E-CORRECTS-PERSON", "approvals.person")]
    assert "钱承宇" in planned.findings[0].message
    kept = {**mine, "approvals": [*approval(file.code, *APPROVALS[0])["approvals"], *mine["approvals"]]}
    assert file.plan(kept).findings == ()


def test_an_industry_that_is_not_listed_comes_back_with_a_hint() -> None:
    planned = File().plan(changed(S01, {"case.industry": "网吧"}))
    assert codes(planned) == [("E-INDUSTRY", "case.industry")]
    assert "互联网上网服务营业场所" in planned.findings[0].message


@pytest.mark.parametrize("year", ["9999", "0001"])
@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("case.act_began_on", "-07-07"),
        ("case.act_ended_on", "年7月8日"),
        ("fact.time", "-07-08T15:10:00+08:00"),
        ("fact.time", "-01-01T00:10:00+14:00"),
        ("fact.time", "-12-31T23:50:00-12:00"),
        ("submitted_at", "-07-16T17:20:00+08:00"),
    ],
)
def test_a_year_that_is_not_of_our_time_is_no_date(name: str, rest: str, year: str) -> None:
    found = checked(changed(S01, {name: year + rest})).findings
    assert [(f.code, f.field) for f in found] == [("E-DATE", name)]


# ── dates, and a second case ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "field_"),
    [
        ({"case.found_on": "2026-11-24"}, "case.found_on"),
        ({"fact.time": "2026-11-24T00:10:00+08:00"}, "fact.time"),
        ({"submitted_at": "2026-11-24T00:10:00+08:00"}, "submitted_at"),
    ],
)
def test_nothing_is_reported_from_the_future(changes: dict[str, Any], field_: str) -> None:
    assert codes(File().plan(changed(S01, changes))) == [("E-DATE-ORDER", field_)]


def test_the_day_of_a_moment_is_that_of_shanghai() -> None:
    assert File().plan(changed(S01, {"fact.time": "2026-11-23T15:59:00+00:00"})).findings == ()
    late = File().plan(changed(S01, {"fact.time": "2026-11-23T16:00:00+00:00"}))
    assert codes(late) == [("E-DATE-ORDER", "fact.time")]


def test_an_expiry_may_lie_in_the_future() -> None:
    assert File().plan(S01).findings == ()
    assert D.fromisoformat(S01["party"]["licences"][0]["valid_to"]) > TODAY


def second(key: str, form: Mapping[str, Any] = S01) -> list[tuple[str, str]]:
    return codes(File(history=History("U:x", open_cases=(("2026-LA-0007", key),))).plan(form))


def test_a_second_case_of_the_same_act_asks_for_a_tick() -> None:
    key = "2026-07-08 互联网上网服务营业场所管理条例#21.2、未成年人保护法#58"
    assert second(key) == [("E-CASE-TWICE", "case.separate")]
    assert second(key, changed(S01, {"law.violated": list(reversed(S01["law"]["violated"]))})) != []
    assert second(key, changed(S01, {"case.separate": "是"})) == []
    assert second(key, changed(S01, {"case.separate": "否"})) == [("E-CASE-TWICE", "case.separate")]
    assert second(key.replace("07-08", "07-09")) == []
    assert second(key.replace("#58", "#59")) == []


def test_a_later_form_of_the_same_matter_is_no_second_case(file: File) -> None:
    file.history = History("U:x", open_cases=(("2026-LA-0001", "2026-07-08 x"),))
    assert file.plan({"form": "案件登记表", "case": {"channel": "线上"}}).findings == ()


def test_the_ledger_decides_a_first_offence_against_the_claim() -> None:
    file = File(history=History("U:x", past=(Past("2025-LA-0002", "no_penalty", D(2025, 9, 1)),)))
    one = file.take(S02)
    assert made(one) == ["D-36"]
    assert {m.rule for m in weigh(file.sight()).judged if m.fired} == {"DR-18"}


# ── events ────────────────────────────────────────────────────────────────────────────────────────────


def test_events_tell_what_happened_and_when(file: File) -> None:
    first = File().take(S01)
    assert [(e.kind, e.happened_on) for e in first.events] == [
        ("opened", D(2026, 7, 10)), ("submitted", D(2026, 7, 16)),
    ]  # fmt: skip
    approved = agree(file)[0]
    assert [(e.kind, e.happened_on) for e in approved.events if e.kind == "approval"] == [("approval", D(2026, 7, 17))]
    assert approved.events[-1].data["late"] is True
    served = file.take(SERVICE)
    assert [(e.kind, e.happened_on) for e in served.events if e.kind != "submitted"] == [
        ("served", D(2026, 7, 23)), ("educated", D(2026, 7, 23)),
    ]  # fmt: skip
