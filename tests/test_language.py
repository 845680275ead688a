"""English under an English locale: complete, from the catalogue, and nothing that a clerk reads."""

from __future__ import annotations

import gettext
import re

import pytest
from tools import messages

from paperwork import cli, language
from paperwork.cli.run import root

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def test_everything_that_is_said_is_in_the_catalogue_and_nothing_else() -> None:
    catalogue = {m.id: m for m in messages.read() if m.id}
    said = messages.said()
    assert not said.keys() - catalogue.keys(), "run: python -m tools.messages, and translate what is new"
    assert not catalogue.keys() - said.keys(), "run: python -m tools.messages"
    for message in catalogue.values():
        assert message.string and not message.fuzzy, message.id
        assert set(re.findall(r"{\w+}", str(message.id))) == set(re.findall(r"{\w+}", str(message.string))), message.id
        assert not CHINESE.search(re.sub("案件登记表|信用公示", "", str(message.string))), message.string
    assert len(said) > 150


def test_what_the_program_reads_is_made_from_what_people_edit() -> None:
    with messages.PO.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    for message in messages.read():
        assert not message.id or read.gettext(str(message.id)) == message.string, "run: python -m tools.messages"


@pytest.mark.parametrize("name", ["", *sorted(root.commands)])
def test_help_is_english_under_an_english_locale(name: str, in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*([name] if name else []), "--help"]) == 0
    text = capsys.readouterr().out
    examples = text.partition("\nExamples:\n")[2].partition("\n\n")[0]  # offices, forms and parties have Chinese names
    assert examples and not CHINESE.search(re.sub("案件登记表|信用公示", "", text.replace(examples, "")))


def test_a_wrong_call_is_told_in_english(in_english: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["chekc"]) == 2
    assert capsys.readouterr().err.splitlines() == ['There is no command "chekc"; did you mean check?', "See paperwork --help"]
    assert cli.run(["due", "--within", "soon"]) == 2
    assert 'option --within: "soon" is no number of days' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "english"),
    [
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, True),
    ],
)
def test_the_first_that_says_something_decides(
    environment: dict[str, str], english: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.english() is english
