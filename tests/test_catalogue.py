"""The office's own files: what is right loads, what is wrong is named with file, line and what was meant."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paperwork.catalogue import check_laws, copy_templates, fingerprint, load, starter
from paperwork.catalogue.lines import Lines
from paperwork.catalogue.lines import Path as Place
from paperwork.errors import MachineError, OfficeError, UsageError
from paperwork.facts import DERIVED
from paperwork.model import Catalogue, Citation, Problem

SHIPPED = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped templates, a placeholder for every document template: these tests are about the TOML."""
    root = tmp_path_factory.mktemp("shelf")
    shutil.copytree(SHIPPED / "templates", root / "templates")
    for kind in (root / "templates" / "documents").glob("*/kind.toml"):
        (kind.parent / "template.docx").write_bytes(b"")
    return root


@pytest.fixture
def office(shelf: Path, tmp_path: Path) -> Path:
    shutil.copytree(shelf / "templates", tmp_path / "templates")
    return tmp_path


@pytest.fixture(scope="module")
def catalogue(shelf: Path) -> Catalogue:
    return load(shelf)


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Of all files; a kind with a mistake is loaded, and waits."""
    try:
        known = load(root)
    except OfficeError as error:
        return error.problems
    assert known.bad, "nothing is wrong"
    return tuple(problem for found in known.bad.values() for problem in found)


# ── what is right ─────────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_templates_load_clean() -> None:
    assert check_laws(load(SHIPPED)) == ()


def test_facts_know_their_choices_columns_and_keys(catalogue: Catalogue) -> None:
    officers = catalogue.facts["officers"]
    assert officers.key == ("cert_no",)
    assert {short: column.name for short, column in officers.items.items()} == {
        "name": "officers.name",
        "cert_no": "officers.cert_no",
    }
    assert officers.items["cert_no"].check == "cert"
    assert "officers.name" not in catalogue.facts
    ground = catalogue.facts["no_penalty.ground"]
    assert [choice.code for choice in ground.choices][:2] == ["33-1前", "33-1后"]
    assert catalogue.facts["no_penalty.query.on"].type == "date"
    assert catalogue.facts["no_penalty.no_fault"].silence is False
    assert not {"case", "no_penalty", "no_penalty.query"} & set(catalogue.facts)


def test_derived_facts_are_facts_that_nobody_is_asked(catalogue: Catalogue) -> None:
    assert DERIVED
    assert {name for name, fact in catalogue.facts.items() if fact.derived} == set(DERIVED)


def test_a_rule_carries_what_its_file_says(catalogue: Catalogue) -> None:
    rule = next(rule for rule in catalogue.rules if rule.id == "DR-10")
    assert rule.basis == (Citation("行政处罚法", 33, 1),)
    assert rule.procedure == (Citation("行政处罚法", 57, 1, 2),)
    assert (rule.since, rule.until, rule.rank, rule.terminal) == (dt.date(2021, 7, 15), None, 60, True)
    assert [step.step for step in rule.approvals][-1] == "chief"
    assert rule.approvals[2].when[0].fact == "harm.flag"
    assert rule.params == {"ground": "33-1前"}


def test_a_rule_knows_its_line(catalogue: Catalogue) -> None:
    for rule in catalogue.rules:
        name, _, line = rule.where.rpartition(":")
        lines = (catalogue.root / name).read_text(encoding="utf-8").split("\n")
        assert lines[int(line) - 1] == "[[measure]]"
        assert lines[int(line)] == f'id = "{rule.id}"'


def test_a_field_without_label_bears_the_label_of_its_fact(catalogue: Catalogue) -> None:
    intake = catalogue.forms["case_intake"]
    section = next(section for section in intake.sections if section.list == "evidence")
    assert [field.label for field in section.columns][:2] == ["序号", "证据种类"]
    assert intake.opens == "case"


def test_measures_are_called_as_the_handler_chooses_them(catalogue: Catalogue) -> None:
    assert catalogue.measures["no_penalty"] == "不予行政处罚"
    assert catalogue.measures["soft_ladder"] == "柔性措施（提示、建议、预警、约谈）"


def test_series_calendars_papers_and_competence_are_there(catalogue: Catalogue) -> None:
    assert catalogue.settings.series["不罚"].pattern == "朔区文旅不罚字〔{Y}〕{n}号"
    assert dt.date(2026, 2, 17) in catalogue.calendars[2026].rest
    assert dt.date(2026, 2, 23) in catalogue.calendars[2026].rest
    assert dt.date(2026, 2, 28) in catalogue.calendars[2026].work
    assert [paper.code for paper in catalogue.papers["no_penalty"]][-1] == "D-36"
    assert catalogue.competence["印刷"].to == "出版主管部门"
    assert catalogue.kinds["no_penalty_decision"].cites == {"education": (Citation("行政处罚法", 33, 3),)}
    assert catalogue.kinds["education_record"].folder == catalogue.root / "templates/documents/education_record"


def test_laws_are_read_only_when_asked_for(office: Path) -> None:
    (office / "templates/law/民事诉讼法.toml").write_text("坏了", encoding="utf-8")
    catalogue = load(office)
    assert "民事诉讼法" in catalogue.laws
    found = check_laws(catalogue)
    assert [problem.where.split(":")[0] for problem in found] == ["templates/law/民事诉讼法.toml"]


# ── what is wrong ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Slip:
    """One mistake: in `file` the first `old` becomes `new`; the problem stands on the line of `at` (default: `new`)."""

    file: str
    old: str
    new: str
    code: str
    advice: str = ""
    at: str = ""
    nth: int = 1  # which occurrence of `at`: of two things of one name the second is the mistake
    alone: bool = True  # nothing else is complained about


FACTS, BUREAU, PEOPLE, MATTERS = "facts.toml", "bureau.toml", "people.toml", "matters.toml"
MEASURES, GATES, PAPERS, CLOCKS = (f"policy/{name}.toml" for name in ("measures", "gates", "papers", "periods"))
INTAKE, APPROVAL = "forms/case_intake/form.toml", "forms/approval/form.toml"
DECISION, EDUCATION = "documents/no_penalty_decision/kind.toml", "documents/education_record/kind.toml"

SLIPS = {
    # the file as such
    "no TOML": Slip(BUREAU, 'bureau = "SCWL"', "bureau = SCWL", "P-TOML", "引号"),
    "a table twice": Slip(FACTS, "[case.act]", "[unit]\n[case.act]", "P-TOML", "两次", at="[unit]\n[case.act]"),
    # keys and types
    "an unknown key": Slip(MEASURES, "terminal = true", "terminl = true", "P-KEY-UNKNOWN", "是不是「terminal」？"),
    "an unknown key of a fact": Slip(FACTS, 'check = "uscc"', 'chek = "uscc"', "P-KEY-UNKNOWN", "是不是「check」？"),
    "an unknown key of a setting": Slip(
        BUREAU, 'court = "', 'corut = "', "P-KEY-UNKNOWN", "是不是「court」？", alone=False
    ),
    "a missing key": Slip(BUREAU, 'court = "', '# court = "', "P-KEY-MISSING", "court", at="[org]"),
    "a wrong type": Slip(MEASURES, "rank = 20", 'rank = "20"', "P-TYPE", "整数"),
    "a date in quotes": Slip(MEASURES, "since = 2021-07-15", 'since = "2021-07-15"', "P-TYPE", "日期", alone=False),
    "a truth value as number": Slip(FACTS, "future = true", "future = 1", "P-TYPE", "true"),
    "an empty word": Slip(MEASURES, 'label = "移送有权机关"', 'label = ""', "P-VALUE"),
    # facts
    "an unknown type": Slip(
        FACTS,
        'label = "承办机构"\ntype = "text"',
        'label = "承办机构"\ntype = "txt"',
        "P-VALUE",
        "是不是「text」？",
        at='type = "txt"',
    ),
    "a fact without type": Slip(
        FACTS, 'label = "承办机构"\ntype = "text"', 'label = "承办机构"', "P-KEY-MISSING", "text", at="[unit]"
    ),
    "a choice without choices": Slip(
        FACTS, 'choices = { male = "男", female = "女" }', "", "P-KEY-MISSING", "choices", at="[party.gender]"
    ),
    "a key that is no column": Slip(
        FACTS, 'key = ["cert_no"]', 'key = ["cert_n"]', "P-FACT-UNKNOWN", "是不是「cert_no」？"
    ),
    "a column below a text": Slip(
        FACTS, "[case.source]", '[case.act.more]\nlabel = "多"\ntype = "text"\n[case.source]', "P-FACT-TYPE", "list"
    ),
    "a fact that is computed": Slip(
        FACTS, "[statement]", '[time_barred]\nlabel = "甲"\ntype = "flag"\n[statement]', "P-DUPLICATE"
    ),
    "a label twice in one choice": Slip(FACTS, 'female = "女"', 'female = "男"', "P-DUPLICATE"),
    # settings, people, matters, competence, calendar
    "a day of a named paper that no row has": Slip(
        FACTS, 'dated = "prior_recheck_on"', 'dated = "prior_rechek_on"', "P-FACT-UNKNOWN", "是不是「prior_recheck_on」？"
    ),
    "a named paper whose name is a date": Slip(
        FACTS, 'title = "orig_title"', 'title = "dt"', "P-FACT-UNKNOWN", at='title = "dt"'
    ),
    "a password in the ledger's address": Slip(
        BUREAU, 'ledger = ""', 'ledger = "postgresql://u:geheim@db/p"', "P-SETTING-PASSWORD", "删去密码"
    ),
    "a password behind the address": Slip(
        BUREAU, 'ledger = ""', 'ledger = "postgresql://u@db/p?password=geheim"', "P-SETTING-PASSWORD", "删去密码"
    ),
    "a pattern without number": Slip(BUREAU, "不罚字〔{Y}〕{n}号", "不罚字〔{Y}〕号", "P-PATTERN", "{n}"),
    "two series with one pattern": Slip(BUREAU, "文旅不罚字", "文旅立字", "P-DUPLICATE", nth=2),
    "a series twice": Slip(BUREAU, '[numbers."不罚"]', '[numbers."立"]', "P-TOML", "两次", nth=2),
    "a start that is no year": Slip(
        BUREAU, '〕{n}号"\n', '〕{n}号"\nstart = { 26 = 2 }\n', "P-VALUE", "2026", at="start = { 26"
    ),
    "an unknown threshold": Slip(
        BUREAU, "lookback_years", "lookbackyears", "P-KEY-UNKNOWN", "是不是「lookback_years」？", alone=False
    ),
    "a card twice": Slip(PEOPLE, "04060200102", "04060200101", "P-DUPLICATE", nth=2),
    "a role without step": Slip(PEOPLE, 'step = "deputy"', 'step = "deputi"', "P-STEP-UNKNOWN", "是不是「deputy」？"),
    "a card that ends before it begins": Slip(PEOPLE, "valid_to = 2030", "valid_to = 2020", "P-DATES"),
    "letters twice": Slip(MATTERS, 'letters = "AY"', 'letters = "LA"', "P-DUPLICATE", nth=2),
    "an unknown series": Slip(MATTERS, 'series = "立"', 'series = "不罚字"', "P-SERIES-UNKNOWN", "是不是「不罚」？"),
    "a year from a text": Slip(MATTERS, "case.filed_on", "case.title", "P-FACT-TYPE", "date"),
    "a folder that Windows refuses": Slip(MATTERS, 'folder = "案源"', 'folder = "案源?"', "P-VALUE"),
    "an unknown power": Slip("competence.toml", 'power = "own"', 'power = "owm"', "P-VALUE", "是不是「own」？"),
    "an industry twice": Slip("competence.toml", '"艺术品经营"', '"娱乐场所"', "P-DUPLICATE", nth=2),
    "a rest day of another year": Slip(
        "calendar/2026.toml", "[2026-01-01, 2026", "[2025-12-31, 2026", "P-CALENDAR", "跨年"
    ),
    "a worked day that is no weekend": Slip(
        "calendar/2026.toml", "work = [", "work = [2026-03-04, ", "P-CALENDAR", "周末日"
    ),
    "another year than the file's": Slip("calendar/2026.toml", "year = 2026", "year = 2027", "P-CALENDAR", alone=False),
    # forms
    "a field that is no fact": Slip(
        INTAKE, '"case.found_on"', '"case.fuond_on"', "P-FACT-UNKNOWN", "是不是「case.found_on」？"
    ),
    "a field that is computed": Slip(INTAKE, '"case.found_on"', '"time_barred"', "P-FACT-UNKNOWN"),
    "a column that the list has not": Slip(
        INTAKE, '{ fact = "pages"', '{ fact = "page"', "P-FACT-UNKNOWN", "是不是「pages」？"
    ),
    "a full name in a column": Slip(
        APPROVAL, 'fact = "person"', 'fact = "approvals.person"', "P-FACT-UNKNOWN", "是不是「person」？"
    ),
    "a list that is none": Slip(
        INTAKE, 'list = "evidence"', 'list = "evidense"', "P-FACT-UNKNOWN", "是不是「evidence」？"
    ),
    "a form of no matter": Slip(INTAKE, 'opens = "case"', 'opens = "cases"', "P-MATTER-UNKNOWN", "是不是「case」？"),
    "an unknown format": Slip(INTAKE, '"docx", "xlsx"', '"doc", "xlsx"', "P-VALUE", "是不是「docx」？"),
    "a title that another form has": Slip(
        "forms/service/form.toml", 'title = "送达情况表"', 'title = "案件登记表"', "P-DUPLICATE"
    ),
    "a question asked twice": Slip(INTAKE, '{ fact = "case.channel", help = "违法行为发生在线上还是线下", sample = "线下" }', '{ fact = "unit" }', "P-DUPLICATE"),
    "a table that cannot tell its rows apart": Slip(
        APPROVAL, '{ fact = "step", required = true }, ', "", "P-SECTION", "columns", at='list = "approvals"'
    ),
    "adds without a list": Slip(INTAKE, 'mode = "sets"', 'mode = "adds"', "P-SECTION", "sets"),
    "a section without fields": Slip(
        INTAKE,
        'fields = [ { fact = "evidence_confirmed", required = true, sample = "当事人签名（盖章）确认" } ]',
        "",
        "P-SECTION",
        "fields",
        at='[[section]]\ntitle = "证据确认"',
    ),
    # conditions
    "a condition on no fact": Slip(
        MEASURES, '"crime.found is yes"', '"crime.fund is yes"', "P-FACT-UNKNOWN", "是不是「crime.found」？"
    ),
    "a condition with a choice that is none": Slip(
        MEASURES, '"harm.level is none"', '"harm.level is non"', "P-CONDITION", "是不是「none」？"
    ),
    "a condition that is none": Slip(MEASURES, '"crime.found is yes"', '"crime.found"', "P-CONDITION"),
    "a condition of a step": Slip(
        MEASURES,
        '"law.high_fine_floor is yes"',
        '"law.high_floor is yes"',
        "P-FACT-UNKNOWN",
        "是不是「law.high_fine_floor」？",
    ),
    "a condition on a measure that is none": Slip(
        MEASURES, '"crime.found is yes"', '"refused no_penalti"', "P-MEASURE-UNKNOWN", "是不是「no_penalty」？"
    ),
    "the second condition of an array over lines": Slip(
        MEASURES,
        'when = ["party.kind is person", "party.age_at_act < 14"]',
        'when = [\n  "party.kind is person", # ]\n  "party.age_at_acts < 14",\n]',
        "P-FACT-UNKNOWN",
        "是不是「party.age_at_act」？",
        at='"party.age_at_acts < 14"',
    ),
    # rules
    "a rule twice": Slip(MEASURES, 'id = "DR-11"', 'id = "DR-12"', "P-DUPLICATE", nth=2),
    "an unknown step": Slip(
        MEASURES, '{ step = "legal_review" }', '{ step = "legal_reviw" }', "P-STEP-UNKNOWN", "是不是「legal_review」？"
    ),
    "an unknown matter": Slip(
        MEASURES, 'matters = ["case"]', 'matters = ["caze"]', "P-MATTER-UNKNOWN", "是不是「case」？"
    ),
    "a clause that is none": Slip(MEASURES, '"G-09", "G-11"', '"G-09", "G11"', "P-CLAUSE", "G-03"),
    "two terminal rules at one rank": Slip(MEASURES, "rank = 62", "rank = 61", "P-RANK", "since", nth=2),
    "an end before the beginning": Slip(
        MEASURES,
        "favourable = true",
        "until = 2021-07-14\nfavourable = true",
        "P-DATES",
        at="until = 2021-07-14\nfav",
        alone=False,
    ),
    # law
    "a law that is not on file": Slip(
        MEASURES, "行政处罚法#36", "行政处法#36", "P-LAW-UNKNOWN", "是不是「行政处罚法」？"
    ),
    "an article that is not in the law": Slip(MEASURES, "行政处罚法#36", "行政处罚法#136", "P-LAW-UNKNOWN", "核对"),
    "an item that is not in the article": Slip(MEASURES, "行政处罚法#57.1.4", "行政处罚法#57.1.9", "P-LAW-UNKNOWN"),
    "no citation": Slip(MEASURES, "行政处罚法#36", "行政处罚法第36条", "P-LAW-UNKNOWN"),
    "a basis of a later law": Slip(
        MEASURES,
        "行政处罚法2017#27.2",
        "行政处罚法#33.1",
        "P-LAW-UNKNOWN",
        "是不是「行政处罚法2017」？",
        at='行政处罚法#33.1"]',
        nth=2,
    ),
    "a procedure of a law that has ended": Slip(
        MEASURES, "行政处罚法#57.1.3", "行政处罚法2017#27.2", "P-LAW-UNKNOWN", "是不是「行政处罚法」？"
    ),
    "a citation of a template": Slip(DECISION, "行政处罚法#33.3", "行政处罚法#33.4", "P-LAW-UNKNOWN"),
    "a cited law with a mistake": Slip(
        "law/优化营商环境条例.toml", 'rank = "regulation"', 'rank = "regulations"', "E-LAW-FILE"
    ),
    # gates, papers, clocks
    "a gate on no fact": Slip(
        GATES, 'field = "evidence"', 'field = "evidense"', "P-FACT-UNKNOWN", "是不是「evidence」？"
    ),
    "a hole in a message": Slip(
        GATES,
        "{officers.unregistered}",
        "{officers.unregisterd}",
        "P-FACT-UNKNOWN",
        "是不是「officers.unregistered」？",
    ),
    "a gate that requires nothing": Slip(
        GATES, 'require = ["case.filed_on given"]', "require = []", "P-KEY-MISSING", at="[[gate]]"
    ),
    "papers of no measure": Slip(
        PAPERS, 'measure = "soft_ladder"', 'measure = "soft_lader"', "P-MEASURE-UNKNOWN", "是不是「soft_ladder」？"
    ),
    "papers of a measure twice": Slip(PAPERS, 'measure = "withdrawal"', 'measure = "transfer"', "P-DUPLICATE", nth=2),
    "a paper with an unknown key": Slip(
        PAPERS, 'when = ["case.source is', 'wenn = ["case.source is', "P-KEY-UNKNOWN", "是不是「when」？"
    ),
    "a clock that starts at a text": Slip(
        CLOCKS, 'start = "case.filed_on"', 'start = "case.title"', "P-FACT-TYPE", "date"
    ),
    "a clock with an unknown unit": Slip(
        CLOCKS, 'unit = "workdays"', 'unit = "workday"', "P-VALUE", "是不是「workdays」？"
    ),
    "a clock twice": Slip(CLOCKS, 'id = "litigation"', 'id = "service"', "P-DUPLICATE", nth=2),
    # kinds
    "a kind of no measure": Slip(
        DECISION, 'for = ["no_penalty"]', 'for = ["no_penalti"]', "P-MEASURE-UNKNOWN", "是不是「no_penalty」？"
    ),
    "a number of no series": Slip(DECISION, 'number = "不罚"', 'number = "不罚字"', "P-SERIES-UNKNOWN", "是不是「不罚」？"),
    "a kind per nothing": Slip(DECISION, 'per = "matter"', 'per = "mater"', "P-FACT-UNKNOWN", "是不是「matter」？"),
    "a kind after no step": Slip(
        DECISION, 'after = "approval"', 'after = "aproval"', "P-STEP-UNKNOWN", "是不是「approval」？"
    ),
    "a day that is no date": Slip(EDUCATION, '"edu.dt"', '"edu.place"', "P-FACT-TYPE", "date"),
    "a day that is no fact": Slip(EDUCATION, '"edu.dt"', '"edu.dtt"', "P-FACT-UNKNOWN", "是不是「edu.dt」？"),
    "a document that follows nothing": Slip(EDUCATION, '"D-13"', '"D-131"', "P-DOCUMENT-UNKNOWN", "是不是「D-13」？"),
    "a document that follows itself": Slip(
        DECISION, "retention", 'follows = "D-13"\nretention', "P-VALUE", "follows", at="follows"
    ),
    "a document code twice": Slip("documents/service_receipt/kind.toml", '"D-34"', '"D-15"', "P-DUPLICATE"),
    "a living document with a number": Slip(
        "documents/file_index/kind.toml", 'number = "none"', 'number = "不罚"', "P-VALUE", "none"
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_mistake_is_named_with_its_line_and_what_was_meant(slip: Slip, office: Path) -> None:
    path = office / "templates" / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text
    broken = text.replace(slip.old, slip.new, 1)
    path.write_text(broken, encoding="utf-8")
    place = -1
    for _ in range(slip.nth):
        place = broken.index(slip.at or slip.new, place + 1)
    where = f"templates/{slip.file}:{broken.count(chr(10), 0, place) + 1}"

    found = problems_of(office)

    fit = [p for p in found if (p.code, p.where) == (slip.code, where) and slip.advice in p.advice]
    assert len(fit) == 1, found
    assert fit[0].what
    assert not slip.alone or len(found) == 1, found


def test_all_mistakes_of_all_files_are_told_at_once(office: Path) -> None:
    for slip in (SLIPS["an unknown step"], SLIPS["a kind of no measure"], SLIPS["a field that is no fact"]):
        path = office / "templates" / slip.file
        path.write_text(path.read_text(encoding="utf-8").replace(slip.old, slip.new, 1), encoding="utf-8")
    codes = {problem.code for problem in problems_of(office)}
    assert codes == {"P-STEP-UNKNOWN", "P-MEASURE-UNKNOWN", "P-FACT-UNKNOWN"}


def test_a_file_that_is_missing_is_named(office: Path) -> None:
    (office / "templates/matters.toml").unlink()
    (office / "templates/forms/closing/form.toml").unlink()
    found = {(problem.code, problem.where) for problem in problems_of(office)}
    assert found == {
        ("P-FILE-MISSING", "templates/matters.toml"),
        ("P-FILE-MISSING", "templates/forms/closing/form.toml"),
    }


def test_a_mistake_in_one_kind_leaves_all_others_as_they_are(office: Path) -> None:
    whole = load(office)
    for file, right, wrong in ((DECISION, "不罚", "不發"), (EDUCATION, "no_penalty", "no_penalti")):
        path = office / "templates" / file
        path.write_text(path.read_text("utf-8").replace(f'"{right}"', f'"{wrong}"'), "utf-8")
    known = load(office)
    assert set(known.bad) == {"no_penalty_decision", "education_record"}
    assert {k: v for k, v in known.kinds.items() if k not in known.bad} == {
        k: v for k, v in whole.kinds.items() if k not in known.bad
    }
    # What its mistake hides is taken wide: a matter that might need it waits, and is not finished without it.
    assert known.kinds["education_record"].measures == tuple(known.measures)


def test_a_folder_in_the_making_is_no_kind_yet(office: Path) -> None:
    (office / "templates/documents/new_letter").mkdir()
    assert "new_letter" not in load(office).kinds and not load(office).bad


def test_a_file_saved_in_another_encoding_is_named(office: Path) -> None:
    path = office / "templates/people.toml"
    path.write_bytes(b"# ok\n" + path.read_text(encoding="utf-8").encode("gb18030"))
    (problem,) = problems_of(office)
    assert (problem.code, problem.where) == ("P-ENCODING", "templates/people.toml:2")
    assert "UTF-8" in problem.advice


def test_a_file_saved_by_an_editor_of_windows_is_read_as_before(office: Path, catalogue: Catalogue) -> None:
    path = office / "templates/policy/measures.toml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(office).rules == catalogue.rules


def test_a_column_of_the_list_may_be_named_in_short_by_what_is_made_per_item(office: Path) -> None:
    path = office / "templates" / EDUCATION
    text = path.read_text(encoding="utf-8").replace('per = "matter"', 'per = "services"')
    stands = '"edu.dt given", "edu.to given", "violation.established is yes"'
    assert stands in text
    text = text.replace(stands, '"services.method is direct", "place given"')
    path.write_text(text.replace('dated = "edu.dt"', 'dated = "on"'), encoding="utf-8")
    kind = load(office).kinds["education_record"]
    assert (kind.per, kind.dated) == ("services", "services.on")
    assert [condition.fact for condition in kind.conditions] == ["services.method", "services.place"]


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────


def _places(value: Any, place: Place = ()) -> list[tuple[Place, Any]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(place, value), *(found for key, part in below for found in _places(part, (*place, key)))]


@pytest.mark.parametrize("path", sorted((SHIPPED / "templates").rglob("*.toml")), ids=lambda path: path.name)
def test_every_key_and_every_element_is_found_on_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = Lines(text), text.split("\n")
    for place, value in _places(tomllib.loads(text))[1:]:
        row = rows[lines.line(place) - 1]
        if isinstance(place[-1], str):
            assert place[-1] in row
        elif isinstance(value, str):
            assert value.split("\n")[0] in row


def test_brackets_hashes_and_signs_in_words_do_not_lead_astray() -> None:
    text = "\n".join(
        [
            'a = "]#[x]"  # [no]',
            "b = '''",
            "[not.a.table]",
            "c = 1'''",
            '"中 文" . d = { e = [1, {f = "}"}], g = 2021-01-01 }',
            "[[t]]",
            "[t.u]",
            "v = [",
            "  # one, two",
            '  "x", """',
            'y\\"""",',
            "]",
            "[[t]]",
            "v = 1.5",
        ]
    )
    tomllib.loads(text)
    lines = Lines(text)
    wanted: dict[Place, int] = {
        ("a",): 1,
        ("b",): 2,
        ("中 文", "d", "e", 1, "f"): 5,
        ("中 文", "d", "g"): 5,
        ("t", 0): 6,
        ("t", 0, "u"): 7,
        ("t", 0, "u", "v", 0): 10,
        ("t", 0, "u", "v", 1): 10,
        ("t", 1): 13,
        ("t", 1, "v"): 14,
        ("t", 1, "missing"): 13,
    }
    assert {place: lines.line(place) for place in wanted} == wanted


# ── fingerprint ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", ["policy/gates.toml", "law/旅游法.toml"])
def test_the_fingerprint_follows_policy_and_law(file: str, office: Path, shelf: Path) -> None:
    assert fingerprint(office) == fingerprint(shelf)
    with (office / "templates" / file).open("a", encoding="utf-8") as stream:
        stream.write("# 改\n")
    assert fingerprint(office) != fingerprint(shelf)


def test_the_fingerprint_does_not_follow_people_or_the_names_of_folders(office: Path, shelf: Path) -> None:
    (office / "templates/people.toml").write_text("", encoding="utf-8")
    assert fingerprint(office) == fingerprint(shelf)


# ── a new office ──────────────────────────────────────────────────────────────────────────────────────


def test_a_new_office_has_the_templates_and_the_boxes(tmp_path: Path) -> None:
    target = tmp_path / "新局"
    copy_templates(target)
    assert (target / "templates/bureau.toml").read_bytes() == (SHIPPED / "templates/bureau.toml").read_bytes()
    assert sorted(path.name for path in (target / "inbox").iterdir()) == sorted(["审批", "退回", "回执"])
    assert (target / "outbox").is_dir()
    assert sorted(path.name for path in target.iterdir()) == ["inbox", "outbox", "templates"]


def test_an_installed_program_brings_its_templates_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "paperwork"
    (package / "_templates").mkdir(parents=True)
    (package / "_templates/bureau.toml").write_text("随包", encoding="utf-8")
    monkeypatch.setattr(starter, "__file__", str(package / "catalogue/starter.py"))
    copy_templates(tmp_path / "office")
    assert (tmp_path / "office/templates/bureau.toml").read_text(encoding="utf-8") == "随包"


def test_an_office_is_never_overwritten(office: Path) -> None:
    bureau = office / "templates/bureau.toml"
    bureau.write_text("本局的设置", encoding="utf-8")
    with pytest.raises(UsageError):
        copy_templates(office)
    assert bureau.read_text(encoding="utf-8") == "本局的设置"
    assert not (office / "inbox").exists()


def test_an_office_half_made_is_made_whole(tmp_path: Path) -> None:
    (tmp_path / ".templates.half").mkdir()
    (tmp_path / ".templates.half/facts.toml").write_text("ha", encoding="utf-8")
    copy_templates(tmp_path)
    assert (tmp_path / "templates/facts.toml").read_bytes() == (SHIPPED / "templates/facts.toml").read_bytes()
    assert not (tmp_path / ".templates.half").exists()


def test_a_disk_that_refuses_is_the_machine_s_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(MachineError):
        copy_templates(tmp_path / "office")
    assert not (tmp_path / "office/templates").exists()


def test_a_file_in_the_way_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(UsageError):
        copy_templates(tmp_path / "x")


# ── who stands in for whom ────────────────────────────────────────────────────────────────────────────

DELEGATION = """
[[delegation]]
person = "冯若谷"
for = "郑怀瑾"
steps = ["chief"]
since = 2026-08-03
until = 2026-08-07
users = ["fengruogu"]
"""


def test_who_stands_in_holds_the_step_for_those_days_and_says_for_whom(office: Path) -> None:
    people = office / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8") + DELEGATION, "utf-8")
    (role,) = [role for role in load(office).roles if role.acts_for]
    assert (role.person, role.step, role.acts_for, role.users) == ("冯若谷", "chief", "郑怀瑾", ("fengruogu",))
    assert (role.since, role.until) == (dt.date(2026, 8, 3), dt.date(2026, 8, 7))


def test_nobody_lends_a_step_that_is_not_theirs(office: Path) -> None:
    people = office / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8") + DELEGATION.replace('["chief"]', '["legal_review"]'), "utf-8")
    assert [problem.what for problem in problems_of(office)] == ["「郑怀瑾」没有这些审批环节"]
