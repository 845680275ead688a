"""证照台账 and its reminders (flow c, S15): once each, also after a pause, a restart and with two daemons."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from paperwork import blanks, daemon, sweep
from tests import wordpen
from tests.fault.test_kill import killed_round
from tests.stories.bureau import Bureau
from tests.stories.licences import S15, row, shop

M = "2026-ZD-0001"
OF = "140602000000@2026-12-20"


def papers(bureau: Bureau, matter: str = M) -> list[tuple[str, str, str]]:
    """(code, step, day) of the reminders that stand."""
    found = [d for d in bureau.show(matter)["documents"] if d["code"].startswith("D-02")]
    return [(d["code"], d["occurrence"].rpartition("/")[2], d["dated"]) for d in found]


def passed_over(bureau: Bureau) -> list[str]:
    return [e["data"]["occurrence"] for e in bureau.show(M)["events"] if e["kind"] == "passed_over"]


@pytest.mark.clauses("K-02")
def test_a_licence_is_reminded_of_three_times_and_never_twice(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    assert papers(bureau) == []
    for day in ("2026-08-20", "2026-08-21", "2026-08-21", "2026-09-21", "2026-10-21", "2026-11-20", "2026-11-25"):
        bureau.on(day).work()
    days = [("D-02b", "T-90", "2026-08-21"), ("D-02b", "T-60", "2026-09-21"), ("D-02b", "T-30", "2026-10-21")]
    assert papers(bureau) == days
    assert passed_over(bureau) == []
    assert bureau.show(M)["documents"][0]["occurrence"] == f"{OF}/T-90"
    assert bureau.audited() == []


def test_each_letter_prints_the_last_day_to_apply_and_is_no_order(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    bureau.take(S15)
    (letter,) = [d for d in bureau.show(M)["documents"] if d["code"] == "D-02b"]
    text = bureau.text(letter["path"])
    assert "有效期至2026年12月20日。需要延续的，应当在有效期届满三十日前（2026年11月20日前）" in text
    assert letter["number"] == "朔区文旅提字〔2026〕1号"
    assert not [word for word in ("处罚", "罚款", "警告", "责令", "必须", "逾期") if word in text]


def test_after_a_pause_only_the_current_step_is_taken_and_the_skipped_one_is_told(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    bureau.on("2026-10-25").work()
    bureau.on("2026-10-26").work()
    assert papers(bureau) == [("D-02b", "T-30", "2026-10-25")]
    assert passed_over(bureau) == [f"{OF}/T-90", f"{OF}/T-60"]


def test_after_the_last_day_nothing_is_sent(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    bureau.on("2026-11-23").work()
    assert papers(bureau) == []
    assert passed_over(bureau) == [f"{OF}/T-90", f"{OF}/T-60", f"{OF}/T-30"]


def test_rows_of_one_party_are_one_matter_and_a_renewal_begins_anew(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    bureau.take(S15)
    second = bureau.take(row(no="140602000001", name="网络文化经营许可证", valid_to="2027-12-31"))
    renewed = bureau.on("2026-11-10").take(row(valid_to="2026-12-31"))
    assert [o.id for o in (*second, *renewed)] == [M, M]
    shown = bureau.show(M)
    assert [i["valid_to"] for i in shown["facts"]["licences"]] == ["2026-12-31", "2027-12-31"]
    occurrences = [d["occurrence"] for d in shown["documents"] if d["code"] == "D-02b"]
    assert occurrences == [f"{OF}/T-90", "140602000000@2026-12-31/T-30"]
    with bureau.open() as office:
        assert [m.attention for m in office.ledger.matters()] == [()]  # the earlier letter was right when it was sent


def test_what_has_been_applied_for_is_left_alone(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    bureau.on("2026-08-20").take(row(renewal_filed_on="2026-08-20"))
    bureau.on("2026-08-21").work()
    assert papers(bureau) == []


def test_the_same_row_again_is_nothing_new(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    outcomes = bureau.take(S15, S15)
    assert [o.outcome for o in outcomes] == ["filed", "duplicate"]
    assert outcomes[1].id == M
    assert len(papers(bureau)) == 1


def test_bad_rows_come_back_and_the_others_are_filed(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    rows = [shop(n) for n in range(6)]
    rows[1]["party"]["uscc"] = rows[1]["party"]["uscc"][:-1] + "0"
    rows[3]["licences"][0]["valid_to"] = "2026-02-30"
    del rows[5]["licences"][0]["issuer"]
    for one in rows:
        bureau.drop(one)
    outcomes = bureau.work()
    assert sorted(o.outcome for o in outcomes) == ["filed"] * 3 + ["returned"] * 3
    codes = {f.code for o in outcomes for f in o.findings if f.severity == "error"}
    assert codes == {"E-USCC-CHECK", "E-DATE", "E-REQUIRED"}
    assert [len(o.documents) for o in outcomes if o.outcome == "filed"] == [2, 2, 2]  # 卷内目录 and the reminder
    assert bureau.audited() == []


def test_two_daemons_send_each_reminder_once(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(*(shop(n) for n in range(3)))
    bureau.on("2026-08-21")

    def work() -> None:
        with bureau.open() as office:
            daemon.once(office)

    both = [threading.Thread(target=work) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    bureau.work()
    sent = [d["number"] for n in (1, 2, 3) for d in bureau.show(f"2026-ZD-000{n}")["documents"] if d["code"] == "D-02b"]
    assert sorted(sent) == [f"朔区文旅提字〔2026〕{n}号" for n in (1, 2, 3)]
    assert bureau.audited() == []


@pytest.mark.fault
@pytest.mark.parametrize("point", ["receive", "registering", "register", "filed"])
def test_a_kill_in_the_sweep_neither_loses_nor_doubles_a_reminder(point: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    killed_round(bureau.on("2026-08-21"), point)
    bureau.on("2026-08-22").work()
    assert [(code, step) for code, step, _ in papers(bureau)] == [("D-02b", "T-90")]
    assert bureau.audited() == []


def test_a_round_with_nothing_due_asks_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    monkeypatch.setattr(sweep, "ask", lambda *_: pytest.fail("asked"))
    bureau.on("2026-08-20").work()


def test_a_matter_is_asked_once_a_day_whatever_comes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    asked: list[str] = []
    monkeypatch.setattr(sweep, "ask", lambda _office, matter: asked.append(matter) or ())
    with bureau.on("2026-08-21").open() as office:
        keeper = daemon.Keeper(office)
        for _ in range(3):
            keeper.round()
    assert asked == [M]


def test_a_reminder_waits_for_the_calendar_and_comes_with_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-12-01")
    bureau.take(row(valid_to="2027-03-31"))
    bureau.on("2026-12-10").work()
    assert papers(bureau) == []
    (due,) = [row for what, row in bureau.due().items() if "娱乐经营许可证" in what]
    assert (due["due_on"], due["days_left"]) == (None, None)
    assert "2027年工作日历" in due["unknown"]
    calendars = tmp_path / "templates" / "calendar"
    (calendars / "2027.toml").write_text('year = 2027\nsource = "试验"\nrest = []\nwork = []\n', "utf-8")
    bureau.on("2026-12-11").work()
    assert papers(bureau) == [("D-02b", "T-90", "2026-12-11")]
    assert bureau.due()["娱乐经营许可证（140602000000）：申请延续"]["due_on"] == "2027-03-01"


@pytest.mark.clauses("A-01")
def test_the_annual_report_is_reminded_of_beside_the_licence(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-03-01")
    bureau.take({**S15, "party": {**S15["party"], "founded_on": "2020-05-01"}})  # type: ignore[dict-item]
    for day in ("2026-04-01", "2026-05-31", "2026-06-20", "2026-07-01"):
        bureau.on(day).work()
    annual = [("D-02a", "T-90", "2026-04-01"), ("D-02a", "T-30", "2026-05-31"), ("D-02a", "T-10", "2026-06-20")]
    assert papers(bureau) == annual
    first = next(d for d in bureau.show(M)["documents"] if d["code"] == "D-02a")
    assert "请于2026年6月30日前登录国家企业信用信息公示系统（山西），报送并公示2025年度报告。" in bureau.text(first["path"])


def test_s15_founded_this_year_is_not_reminded_of_a_report_for_the_year_before(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-03-01")
    bureau.take({**S15, "party": {**S15["party"], "founded_on": "2026-01-15"}})  # type: ignore[dict-item]
    for day in ("2026-04-01", "2026-05-31", "2026-06-20", "2026-06-30"):
        bureau.on(day).work()
    assert not [code for code, _, _ in papers(bureau) if code == "D-02a"]
    assert not [what for what in bureau.due() if "2025年度报告" in what]
    bureau.on("2027-04-01").work()
    assert [code for code, _, _ in papers(bureau) if code == "D-02a"] == ["D-02a"], "the year after, it has one to make"


def test_a_register_in_word_is_as_good_as_a_row(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-21")
    with bureau.open() as office:
        form, facts = office.catalogue.forms["licences"], office.catalogue.facts
        blank = blanks.build("docx", form, facts)
    values: dict[str, Any] = {f"party.{name}": value for name, value in S15["party"].items()}  # type: ignore[attr-defined]
    filled = wordpen.fill(blank, values, {"licences": S15["licences"]})
    bureau.drop(filled, "证照台账.docx")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings
    assert papers(bureau) == [("D-02b", "T-90", "2026-08-21")]


def test_a_matter_that_only_keeps_a_register_needs_no_officers_but_an_advice_in_it_does(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-01")
    bureau.take(S15)
    advice = {
        "form": "行政建议表",
        "matter": M,
        "unit": "文化市场综合行政执法大队",
        "advices": [{"no": "1", "source": "日常检查", "background": "证照临近到期", "items": ["尽早申请延续"]}],
    }
    (outcome,) = bureau.take(advice)
    assert "E-OFFICER-2" in {f.code for f in outcome.findings}


@pytest.mark.clauses("K-03")
def test_a_reminder_to_pay_a_fine_may_name_it_and_a_threat_goes_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-09-24")
    duty = {"no": "1", "name": "缴纳罚款", "kind": "义务履行", "due_on": "2026-10-12", "how_to": "到代收银行缴纳"}
    form = {"form": "期限台账", "party": S15["party"], "duties": [duty]}
    threat, fine = bureau.take({**form, "duties": [{**duty, "how_to": "逾期加处罚款"}]}, form)
    assert (threat.outcome, {f.code for f in threat.findings}) == ("returned", {"E-SOFT-WORDS"})
    (letter,) = [d for d in fine.documents if d["code"] == "D-02c"]
    text = "缴纳罚款的履行期限将于2026年10月12日届满，请于2026年10月12日前办理，办理方法：到代收银行缴纳。"
    assert text in bureau.text(letter["path"])


@pytest.mark.clauses("A-04")
def test_the_abnormal_list_is_a_service_without_a_consequence_that_the_law_no_longer_has(tmp_path: Path) -> None:
    """domain/00 §0.3 row 10: the three years lead nowhere any more; the competent body is named, nothing announced."""
    bureau = Bureau(tmp_path, "2026-09-01")
    listed = {"listed_on": "2023-11-20", "listed_by": "朔州市朔城区市场监督管理局", "reason": "未公示年度报告"}
    form = {"form": "经营异常名录台账", "party": S15["party"]}
    bureau.take({**form, "abnormal": [listed]})
    bureau.on("2026-09-21").work()
    assert papers(bureau) == [("D-02f", "T-60", "2026-09-21")]
    text = bureau.text(next(d["path"] for d in bureau.show(M)["documents"] if d["code"] == "D-02f"))
    assert "因未公示年度报告，于2023年11月20日被朔州市朔城区市场监督管理局列入经营异常名录" in text
    assert not [word for word in ("严重违法", "失信名单", "三年") if word in text]
    bureau.on("2026-10-08").take({**form, "abnormal": [{**listed, "removed_on": "2026-10-01"}]})
    bureau.on("2026-10-21").work()
    assert len(papers(bureau)) == 1
