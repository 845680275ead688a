"""Two languages at the terminal: everything said has English, English is put together rightly, and what is kept is Chinese."""

from __future__ import annotations

import gettext
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import gathering, messages

from paperwork import cli
from paperwork.catalogue import copy_templates
from paperwork.cli import say
from paperwork.cli.run import root
from paperwork.demo import sample
from paperwork.language.catalogue import entries
from paperwork.language.reading import Reader
from paperwork.language.templates import Template, filled, parsed
from tests.played import CASE, WAITING, Terminal, played, third_case, written

CHINESE = re.compile("[\u3400-\u9fff]+")
QUOTED = {
    *("审批", "回执", "信用公示", "案件登记表", "送达情况表", "约谈情况表", "审批意见表"),  # folders and forms, as clerks see them
    *("宋体", "黑体", "小标宋"),  # fonts
    *("第", "页", "共", "年", "月", "日", "元", "无", "号", "立字", "发文字号", "朔区文旅发", "出版主管部门", "行政处罚法"),  # to be typed so
}
"""Chinese that English sentences quote."""


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(entries())


def test_everything_that_is_said_has_english_and_nothing_else_has() -> None:
    catalogue = {m.id: m for m in messages.read() if m.id}
    said = gathering.said()
    assert not said.keys() - catalogue.keys(), "run: python -m tools.messages, and translate what is new"
    assert not catalogue.keys() - said.keys(), "run: python -m tools.messages"
    for message in catalogue.values():
        assert message.string and not message.fuzzy, message.id
        assert sorted(parsed(message.id)[1]) == sorted(parsed(message.string)[1]), message.id
        assert set(CHINESE.findall(message.string)) <= QUOTED, message.string
    assert len(said) > 3000


def test_what_the_program_reads_is_made_from_what_people_edit() -> None:
    with messages.PO.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    for message in messages.read():
        assert not message.id or read.gettext(str(message.id)) == message.string, "run: python -m tools.messages"


def test_each_place_that_is_kept_silent_or_read_is_there() -> None:
    """A rule about a room that is gone would hide the next one of that name."""
    rules = gathering.rules()
    places = [
        f"{path.relative_to(gathering.SOURCE).as_posix()}:{owner}"
        for path in gathering.SOURCE.rglob("*.py")
        for _text, owner in gathering.of_code(path.read_text("utf-8"))
    ]
    for rule in rules["silent"]:
        for where in (*rule["where"], *rule.get("but", ())):
            assert any(place.startswith(where) for place in places), where
    for rule in rules["read"]:
        assert list(gathering.TEMPLATES.glob(rule["in"])), rule


def _filled(template: str, *, chinese: bool) -> dict[str, str]:
    """Something for every place: a number where only a number fits, nothing where two stand side by side."""
    pieces, names = parsed(template)
    return {
        name: "" if number and not pieces[number] else "37" if name.startswith("count") else f"王{name}" if chinese else f"Q{name}"
        for number, name in enumerate(names)
    }


@pytest.mark.parametrize("chinese", [False, True])
def test_every_sentence_is_found_again_whatever_is_filled_in(reader: Reader, chinese: bool) -> None:
    """No sentence is taken for another one."""
    for said, english in entries().items():
        sentence = Template(said)
        if chinese and (sentence.said < 3 or sentence.loose or not sentence.names):
            continue  # a short one between names is left alone on purpose
        values = _filled(said, chinese=chinese)
        heard = reader.spoken(filled(parsed(said), values))
        assert heard.strip(" .,;:") == filled(parsed(english), values).strip(" .,;:"), said


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("", ""),
        ("已退回", "Returned"),
        ("朔州市星屿网咖有限公司", "朔州市星屿网咖有限公司"),
        ("朔州市冬至网络有限公司", "朔州市冬至网络有限公司"),  # 至 is in it, and no period
        ("朔区文旅不罚字〔2026〕1号", "朔区文旅不罚字〔2026〕1号"),
        ("当场重新悬挂，检查时场内无未成年人。", "当场重新悬挂，检查时场内无未成年人。"),
        ("2026年7月8日15时10分", "2026-07-08 15:10"),
        ("2026年第三季度", "2026Q3"),
        ("2026年7月1日至2026年9月30日", "2026-07-01 to 2026-09-30"),
        ("3件", "3 items"),
        ("\x1b[32m已退回\x1b[0m", "\x1b[32mReturned\x1b[0m"),
        ("outbox/2026/案件处理意见书.docx", "outbox/2026/案件处理意见书.docx"),
    ],
)
def test_what_has_no_english_stays_as_it_is(reader: Reader, said: str, heard: str) -> None:
    assert reader.spoken(said) == heard


def test_sentences_within_sentences_and_rows_of_them_are_english(reader: Reader) -> None:
    entries_ = {"「{label}」应为{kind}": "“{label}” should be {kind}", "日期": "date", "整数": "a whole number", "请改正": "mend it"}
    small = Reader(entries_ | {"缺少{list}": "missing: {list}", "（可以）": " (may)"})
    assert small.spoken("「日期」应为整数，请改正。") == "“date” should be a whole number, mend it."
    assert small.spoken("缺少日期、整数") == "missing: date, a whole number"
    assert small.spoken("日期（整数）（可以）：请改正") == "date (a whole number) (may): mend it"
    assert small.spoken("「王某某」应为日期（请改正）") == "“王某某” should be date (mend it)"
    assert small.spoken("看不懂的话，请改正") == "看不懂的话，请改正"  # less than half of it would be English


def test_columns_line_up_in_english_and_names_are_left_alone(in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    say.table((("party", "当事人"), ("state", "状态"), ("on", "日期")), [{"party": "无", "state": "已送达", "on": "2026-07-23"}])
    assert capsys.readouterr().out.splitlines() == ["Party  State   Date", "无     Served  2026-07-23"]


def test_json_is_chinese_in_every_language(in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    say.as_json({"message": "没有发现问题"})
    assert json.loads(capsys.readouterr().out) == {"message": "没有发现问题"}


@pytest.mark.parametrize("name", ["", *sorted(root.commands)])
def test_help_is_english_under_an_english_locale(name: str, in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*([name] if name else []), "--help"]) == 0
    text = capsys.readouterr().out
    examples = text.partition("\nExamples:\n")[2].partition("\n\n")[0]  # offices, forms and parties have Chinese names
    assert examples and set(CHINESE.findall(text.replace(examples, ""))) <= QUOTED


def test_a_wrong_call_is_told_in_english(in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["chekc"]) == 2
    assert capsys.readouterr().err.splitlines() == ["There is no command “chekc”, did you mean check?", "See paperwork --help"]
    assert cli.run(["due", "--within", "soon"]) == 2
    assert "ption --within: “soon” is no number of days" in capsys.readouterr().err


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One office for all that is listed; nothing is registered in it."""
    folder = tmp_path_factory.mktemp("english")
    yield played(folder)
    shutil.rmtree(folder, ignore_errors=True)


OWN: dict[Path, str] = {}


def own_words(terminal: Terminal) -> str:
    """What is the office's own: parties and facts in its ledger, its settings and people, the law. Read once an office."""
    if terminal.root in OWN:
        return OWN[terminal.root]
    matters = terminal.json("cases")
    words = [json.dumps([row, terminal.json("show", row["id"])["facts"]], ensure_ascii=False) for row in matters]
    templates = terminal.root / "templates"
    files = [*(templates / f"{name}.toml" for name in ("bureau", "people", "layout")), *sorted((templates / "law").glob("*.toml"))]
    OWN[terminal.root] = "\n".join([*words, *(path.read_text("utf-8") for path in files)])
    return OWN[terminal.root]


CITED = re.compile("第[一二三四五六七八九十百]+[条款项]|中华人民共和国")
COMMANDS = [
    ["cases"], ["status"], ["due"], ["rules"], ["kinds"], ["doctor"], ["audit"],
    ["show", CASE], ["show", WAITING], ["show", CASE, "--self-check"], ["explain", CASE], ["explain", WAITING],
    ["report", "2026Q3"], ["report", "2026Q3", "--why", "R-10"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_listings_are_english_but_for_what_is_the_offices_own(
    command: list[str], office: Path, in_english: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "_PAPER", 400)  # no citation is broken in two
    terminal = Terminal(office, capsys)
    terminal(*command)
    text = re.sub(r"\S*(?:outbox|inbox)/\S*|\S+\.(?:docx|json|xlsx)", "", terminal.out + terminal.err)
    allowed = CITED.sub("", own_words(terminal))
    left = {found for found in CHINESE.findall(CITED.sub("", text)) if found not in allowed}
    assert not left


def test_findings_and_the_next_step_are_english(
    office: Path, in_english: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    terminal = Terminal(office, capsys)
    assert terminal("file", str(written(tmp_path, sample("mistakes"), "form.json")), "--dry-run") == 1
    told, parties = terminal.out, json.dumps(sample("mistakes"), ensure_ascii=False)
    assert told.startswith("Returned form.json\n  1. ") and len(told.splitlines()) > 3
    assert not {found for found in CHINESE.findall(told) if found not in parties}
    assert terminal("file", str(written(tmp_path, third_case(), "form.json")), "--dry-run") == 0
    assert terminal.out.splitlines()[0].startswith("Can be filed form.json")


def test_what_is_wrong_with_the_offices_files_is_told_in_english(
    tmp_path: Path, in_english: None, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_templates(tmp_path / "office")
    people = tmp_path / "office" / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8").replace('name = "赵明远"', "name = 7"), "utf-8")
    terminal = Terminal(tmp_path / "office", capsys)
    assert terminal("cases") == 3
    assert terminal.err.startswith("templates/people.toml") and not CHINESE.search(terminal.err)


def kept(folder: Path) -> tuple[set[str], set[str]]:
    """Every Chinese text of the ledger and of the slips and notes, but for moments and ids."""
    with sqlite3.connect(folder / ".paperwork" / "ledger.db") as ledger:
        dump = "\n".join(ledger.iterdump())
    notes = "\n".join(path.read_text("utf-8-sig") for path in sorted((folder / "inbox").rglob("*.txt")))
    return set(CHINESE.findall(dump)), set(CHINESE.findall(notes))


def test_the_ledger_and_the_slips_are_the_same_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [sample("mistakes") | {"form_id": "F-2"}, third_case()]
    told = {}
    for language_ in ("zh_CN", "en"):
        monkeypatch.setenv("LANGUAGE", language_)
        terminal = Terminal(played(tmp_path / language_), capsys)
        for number, form in enumerate(forms):
            written(terminal.root / "inbox", form, f"表{number}.json")
        entries_ = terminal.json("watch", "--once")
        told[language_] = ([entry["findings"] for entry in entries_], *kept(terminal.root))
        assert {entry["outcome"] for entry in entries_} == {"returned", "filed"}
    assert told["zh_CN"] == told["en"]
