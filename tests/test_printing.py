"""What a template may print, what a recipe keeps of it, and what counts when it is held against the facts again."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork import policy, printing
from paperwork.facts import Around, complete, fold
from paperwork.model import Catalogue, Citation, Document, Facts, History, Json, Kind, Law, Measure, Recipe
from samples import S01, S02, shipped, submitted, templates

D = dt.date
DAY = D(2026, 7, 22)
DECISION = shipped().kinds["no_penalty_decision"]


def facts(changes: Mapping[str, Any] | None = None, form: Mapping[str, Any] = S01) -> Facts:
    given_ = {**fold([submitted(form)], shipped().facts), **(changes or {})}
    return complete({k: v for k, v in given_.items() if v is not None}, Around(shipped(), History("")))


def measure(known: Facts, rule: str = "DR-10") -> Measure:
    return next(m for m in policy.measures(shipped(), policy.Question("case", known)) if m.rule == rule)


def printed(known: Facts, rule: str = "DR-10", kind: Kind = DECISION, catalogue: Catalogue | None = None) -> Json:
    return printing.context(catalogue or shipped(), known, printing.Paper(kind, DAY, measure(known, rule)))


# ── values ────────────────────────────────────────────────────────────────────────────────────────────


def test_s01_prints_as_people_read_it() -> None:
    context = printed(facts())
    assert context["case"]["filed_on"] == "2026年7月10日"
    assert context["case"]["source"] == "双随机"
    assert context["fact"]["time"] == "2026年7月8日15时10分"
    assert context["harm"]["level"] == "无"
    assert context["investigation"]["steps"] == ["现场检查", "调查询问"]
    assert context["investigation"]["cards_shown"] is True
    assert context["no_penalty"]["query_on"] == "2026年7月9日"
    assert context["evidence"][0]["kind"] == "勘验笔录、现场笔录"
    assert context["evidence"][0]["pages"] == "2"
    assert context["party"]["is_person"] is False
    assert context["doc"]["title"] == "不予行政处罚决定书"
    assert json.loads(json.dumps(context)) == context


def test_what_nobody_answered_is_left_out_and_what_was_answered_with_nothing_stays() -> None:
    context = printed(facts({"case.source_ref": "", "case.channel": None}))
    assert context["statement"] == context["case"]["source_ref"] == ""
    assert "channel" not in context["case"]
    assert context["correct"]["remaining"] == []
    assert context["harm"]["classes"] == []


@given(st.dates(D(1900, 1, 1), D(2100, 12, 31)))
def test_every_date_is_printed_unpadded_in_arabic_figures(day: dt.date) -> None:
    shown = printing.show(day, None)
    assert shown == f"{day.year}年{day.month}月{day.day}日"
    assert not re.search(r"[年月]0", str(shown))


def test_amounts_are_printed_in_yuan_and_flags_stay_flags() -> None:
    fact = replace(shipped().facts["no_penalty.list_item"], type="money")
    assert printing.show(1500050, fact) == "15000.50"
    assert printing.show(5, fact) == "0.05"
    assert printing.show(False, None) is False
    assert printing.show(21, None) == "21"


# ── law ───────────────────────────────────────────────────────────────────────────────────────────────


def test_provisions_are_cited_and_quoted_by_the_law_of_the_act() -> None:
    law = printed(facts())["law"]
    assert [row["citation"] for row in law["violated"]] == [
        "《互联网上网服务营业场所管理条例》第二十一条第二款",
        "《中华人民共和国未成年人保护法》第五十八条",
    ]
    assert law["violated_cited"] == "、".join(row["citation"] for row in law["violated"])
    assert law["violated"][0]["text"].startswith("互联网上网服务营业场所经营单位应当在营业场所入口处的显著位置悬挂")
    assert "\n" not in law["violated"][1]["text"]
    assert law["penalty"][0]["range"] == "给予警告，可以并处15000元以下的罚款"


def test_the_grounds_of_s01_stand_in_one_run() -> None:
    said = printed(facts())["measure"]
    assert said["basis"] == "《中华人民共和国行政处罚法》第三十三条第一款"
    assert said["procedure"] == "《中华人民共和国行政处罚法》第五十七条第一款第二项"
    assert said["grounds"] == "《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项"
    assert printed(facts())["cites"] == {"education": "《中华人民共和国行政处罚法》第三十三条第三款"}


OLD = {"case.act_began_on": D(2021, 7, 1), "case.act_ended_on": D(2021, 7, 1), "case.discovered_on": D(2021, 7, 20)}


def test_the_2017_twin_is_cited_as_revised_in_2017() -> None:
    said = printed(facts(OLD), "DR-10-2017")["measure"]
    assert said["basis"] == "2017年修正的《中华人民共和国行政处罚法》第二十七条第二款"
    assert said["grounds"] == f"{said['basis']}、《中华人民共和国行政处罚法》第五十七条第一款第二项"


def test_newer_and_lighter_law_is_cited_with_article_37() -> None:
    known = facts(OLD, S02)
    said = printed(known, "DR-11")["measure"]
    assert said["basis"] == "《中华人民共和国行政处罚法》第三十七条、第三十三条第一款"
    assert said["grounds"] == f"{said['basis']}、第五十七条第一款第二项"


def test_the_basis_keeps_the_text_of_the_act_when_the_law_has_changed_since() -> None:
    known = shipped()
    (text,) = known.laws["行政处罚法"]
    old = replace(text, until=D(2026, 7, 15))
    new = replace(text, cited_as="《中华人民共和国行政处罚法》（新）", version=D(2026, 7, 16), since=D(2026, 7, 16))
    laws: Mapping[str, tuple[Law, ...]] = {**{name: known.laws[name] for name in known.laws}, "行政处罚法": (old, new)}
    said = printed(facts(), catalogue=replace(known, laws=laws))["measure"]
    assert said["grounds"] == (
        "《中华人民共和国行政处罚法》第三十三条第一款、《中华人民共和国行政处罚法》（新）第五十七条第一款第二项"
    )


def unlawful(*rows: dict[str, Any], act: dt.date | None = None) -> list[tuple[str, str, str]]:
    known = facts({"law.violated": rows, **({"case.act_ended_on": act, "case.act_began_on": act} if act else {})})
    return [(f.code, f.field, f.place) for f in printing.unlawful(shipped(), known)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"law": "没有这部法", "article": 1}, "E-LAW"),
        ({"law": "娱乐场所管理条例", "article": 999}, "E-LAW"),
        ({"law": "娱乐场所管理条例", "article": 1000}, "E-LAW"),
        ({"law": "娱乐场所管理条例", "article": 27, "para": 9}, "E-LAW"),
        ({"law": "娱乐场所管理条例", "article": 49, "item": 2000}, "E-LAW"),
    ],
)
def test_a_provision_that_is_not_on_file_is_a_finding_with_its_row(row: dict[str, Any], code: str) -> None:
    good = {"law": "未成年人保护法", "article": 58}
    assert unlawful(good, row) == [(code, "law.violated", "「违反的规定」第2行")]
    assert printed(facts({"law.violated": (good, row)}))["law"].get("violated_cited") is None


def test_a_text_that_was_not_yet_in_force_is_a_finding_of_its_own() -> None:
    assert unlawful({"law": "娱乐场所管理条例", "article": 27}, act=D(2019, 1, 1))[0][0] == "E-LAW-DATE"


def test_a_row_half_filled_is_no_provision_yet() -> None:
    assert unlawful({"law": "", "article": 5}, {"law": "旅行社条例"}) == []
    assert printing.citation({"law": "x", "article": True, "para": ""}) == Citation("x", 0)


# ── what the handler asked for ────────────────────────────────────────────────────────────────────────


def test_a_proposal_that_differs_is_printed_for_the_approver() -> None:
    agreed, other = printed(facts())["measure"], printed(facts({"measure_requested": "penalty"}))["measure"]
    assert (agreed["requested"], agreed["differs"]) == ("不予行政处罚", False)
    assert (other["requested"], other["differs"]) == ("行政处罚", True)
    assert other["name"] == "不予行政处罚"


# ── what a recipe keeps ───────────────────────────────────────────────────────────────────────────────

_JSON = st.dictionaries(
    st.sampled_from(["case", "party", "officers", "unit", "law", "measure"]),
    st.one_of(st.text(max_size=2), st.dictionaries(st.sampled_from(["a", "b", "text"]), st.text(max_size=2))),
)
_NAMES = st.sets(st.sampled_from(["case.a", "case.b", "party", "officers", "unit", "law.a", "measure.b", "none.x"]))


@given(_JSON, _NAMES)
def test_a_recipe_keeps_what_its_template_names_and_nothing_else(context: dict[str, Any], names: set[str]) -> None:
    kept = printing.prune({**context, "doc": {"number": ""}}, names)
    assert kept.pop("doc") == {"number": ""}
    for root, value in kept.items():
        if root in names or not isinstance(context[root], dict):
            assert value == context[root]
            assert any(name.split(".")[0] == root for name in names)
        else:
            assert value == {k: v for k, v in context[root].items() if f"{root}.{k}" in names}


@given(_JSON, _NAMES)
def test_pruning_twice_is_pruning_once(context: dict[str, Any], names: set[str]) -> None:
    once = printing.prune({**context, "doc": {}}, names)
    assert printing.prune(once, names) == once


_PERSON = {
    "party.kind": "person", "party.uscc": None, "party.legal_rep": None, "party.legal_rep_title": None,
    "party.gender": "male", "party.birth": D(1900, 5, 1), "party.id_type": "居民身份证",
    "party.id_no": "140602190005010010", "party.phone": "13800138000", "party.legal_rep_id_no": "140602190005010029",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(shipped().kinds))
def test_no_number_and_no_telephone_enters_a_recipe_whose_template_does_not_name_it(kind: str) -> None:
    known = facts(_PERSON)
    names = templates()[kind].names
    kept = printing.prune(printed(known, kind=shipped().kinds[kind]), names)
    text = json.dumps(kept, ensure_ascii=False)
    for fact in shipped().facts.values():
        value = known.get(fact.name)
        if fact.personal in ("id", "contact") and value and fact.name not in names:
            assert str(printing.show(value, fact)) not in text, fact.name
    because = json.dumps([b.value for b in measure(known).because], ensure_ascii=False, default=str)
    assert "140602190005010010" not in because


def test_some_shipped_template_leaves_the_telephone_out_and_some_prints_it() -> None:
    naming = {kind for kind in shipped().kinds if "party.phone" in templates()[kind].names}
    assert naming
    assert "no_penalty_decision" not in naming


# ── held against the facts again ──────────────────────────────────────────────────────────────────────


def pruned(known: Facts, rule: str = "DR-10", catalogue: Catalogue | None = None) -> Json:
    return printing.prune(printed(known, rule, catalogue=catalogue), templates()["no_penalty_decision"].names)


def test_nothing_changed_is_no_difference() -> None:
    assert printing.difference(pruned(facts()), pruned(facts())) == []


def test_each_changed_fact_is_named_with_what_was_and_what_is() -> None:
    now = pruned(facts({"case.act": "未悬挂许可证", "party.address": "示例街9号", "party.legal_rep": None}))
    assert printing.difference(pruned(facts()), now) == [
        ("case.act", S01["case"]["act"], "未悬挂许可证"),
        ("party.address", "山西省朔州市朔城区示例街1号", "示例街9号"),
        ("party.legal_rep", "田野禾", None),
    ]


def test_another_provision_another_proposal_and_another_ground_are_differences() -> None:
    provision = pruned(facts({"law.violated": ({"law": "未成年人保护法", "article": 58},)}))
    assert [name for name, _, _ in printing.difference(pruned(facts()), provision)] == ["law.violated"]
    base, other = pruned(facts(form=S02), "DR-11"), {**pruned(facts(form=S02), "DR-11")}
    other["measure"] = {**other["measure"], "ground": "33-2"}
    assert [name for name, _, _ in printing.difference(base, other)] == ["measure.ground"]
    asked = printed(facts({"measure_requested": "penalty"}))
    assert [name for name, _, _ in printing.difference(printed(facts()), asked) if name.startswith("measure.")] == [
        "measure.differs", "measure.requested",
    ]  # fmt: skip


def test_numbers_dates_approvals_and_settings_are_no_substance() -> None:
    base = printed(facts())
    changed = {
        **base,
        "org": {"name": "别的局"},
        "doc": {"number": "1", "date": "x", "draft": True, "code": "K"},
        "approvals": [{"step": "x"}],
        "matter": {"id": "2026-LA-0009"},
        "cites": {"education": "x"},
        "case": {**base["case"], "no": "朔区文旅立字〔2026〕1号"},
    }
    assert printing.difference(base, changed) == []


def test_the_words_of_the_law_and_the_articles_of_the_policy_are_no_fact() -> None:
    base = printed(facts())
    edited = json.loads(json.dumps(base))
    edited["law"]["violated"][0]["text"] = "校对后的条文"
    edited["measure"] |= {"basis": "x", "procedure": "y", "grounds": "z", "label": "l", "name": "n"}
    assert printing.difference(base, edited) == []


def test_a_served_paper_and_its_services_are_printed_in_its_receipt() -> None:
    decision = Document(
        "m", "no_penalty_decision", "D-13", "不予行政处罚决定书", "", 1, "issued", Recipe("", "", "", "", {}),
        number="朔区文旅不罚字〔2026〕1号", dated=DAY,
    )  # fmt: skip
    by = ("赵明远", "孙立群")
    services = ({"document": "D-13", "method": "direct", "on": D(2026, 7, 23), "by": by, "remark": ""},)
    paper = printing.Paper(shipped().kinds["service_receipt"], DAY, None, served=decision, services=services)
    context = printing.context(shipped(), facts(), paper)
    assert context["served"] == {
        "title": "不予行政处罚决定书", "number": "朔区文旅不罚字〔2026〕1号", "code": "D-13", "date": "2026年7月22日",
    }  # fmt: skip
    assert context["services"] == [
        {"document": "D-13", "method": "直接", "on": "2026年7月23日", "by": ["赵明远", "孙立群"], "remark": ""}
    ]
