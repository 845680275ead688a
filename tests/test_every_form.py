"""Every form of the office, in every format: it explains itself, and what its examples say is read as they say it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from paperwork import blanks, readers, validation
from paperwork.blanks import Prefilled
from paperwork.model import Fact, Field, Form, Section
from tests.factories import a_drop
from tests.samples import shipped

DAY, MOMENT = "2026年7月8日", "2026年7月8日15时10分"


def handed_out() -> Iterator[Form]:
    """The forms that people fill in; what the program itself hands in has no blank."""
    yield from (form for form in shipped().forms.values() if form.place != "program")


FORMS = [form.id for form in handed_out()]


def asked(form: Form) -> Iterator[tuple[Section, Field, Fact]]:
    known = shipped().facts
    for section in form.sections:
        yield from ((section, field, known[field.fact]) for field in section.fields)
        for field in (*section.columns, *section.common):
            yield section, field, known[section.list].items[field.fact.removeprefix(f"{section.list}.")]


def plain(fact: Fact) -> bool:
    """Whether the answer is written, and not chosen, ticked or picked from a calendar."""
    return not fact.choices and fact.type not in ("flag", "date", "datetime")


def answer(field: Field, fact: Fact) -> str:
    """What the form itself gives as an example."""
    if fact.choices:
        return fact.choices[0].label
    by_type = {"flag": "是", "date": DAY, "datetime": MOMENT}
    return field.example if plain(fact) else by_type[fact.type]


@pytest.mark.parametrize("name", FORMS)
def test_every_question_explains_itself(name: str) -> None:
    for section, field, fact in asked(shipped().forms[name]):
        assert field.help or field.example or not plain(fact), f"{section.title}：{field.label}"
        assert len(field.example) <= 60, field.example


@cache
def given(name: str) -> Prefilled:
    """The examples of a form as its answers; one item of each list."""
    form = shipped().forms[name]
    values: dict[str, str] = {}
    items: dict[str, tuple[Mapping[str, str], ...]] = {}
    for section, field, fact in asked(form):
        said = answer(field, fact)
        short = field.fact.removeprefix(f"{section.list}.")
        if field in section.fields:
            values[field.fact] = said
        elif field in section.common:
            values[f"{section.list}.{short}"] = said
        else:
            items[section.list] = ({**items.get(section.list, ({},))[0], short: said},)
    return Prefilled(values, items, {"submitted_at": DAY, "submitted_by": "赵明远", "matter": "2026-LA-0001"})


def read(name: str, format_: str, data: bytes) -> validation.Checked:
    known = shipped()
    (raw,) = readers.read(f"{name}.{format_}", data, known.forms, known.facts)
    assert raw.form == name
    return validation.read(raw, known.forms[name], known, a_drop(), "2026-LA-0001")


def facts_in(name: str, format_: str) -> dict[str, Any]:
    checked = read(name, format_, blanks.build(format_, shipped().forms[name], shipped().facts, given(name)))
    assert not checked.findings, [(f.code, f.message, f.found) for f in checked.findings]
    return dict(checked.submission.facts)


@pytest.mark.parametrize("name", FORMS)
def test_what_the_examples_say_is_read_alike_in_every_format(name: str) -> None:
    form = shipped().forms[name]
    told = {format_: facts_in(name, format_) for format_ in blanks.BUILDERS if format_ in form.formats}
    assert told
    for format_, facts in told.items():
        assert facts == told[next(iter(told))], format_
        answered = {section.list or field.fact for section, field, fact in asked(form) if answer(field, fact)}
        assert answered <= facts.keys(), (format_, answered - facts.keys())


def test_an_example_that_nobody_may_write_is_noticed() -> None:
    known = shipped()
    wrong = replace(given("case_intake"), values={**given("case_intake").values, "party.uscc": "91140602MAXX002269"})
    checked = read("case_intake", "docx", blanks.build("docx", known.forms["case_intake"], known.facts, wrong))
    assert [f.code for f in checked.findings] == ["E-USCC-CHECK"]


@pytest.mark.office
@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_libreoffice_opens_every_blank_without_a_word_and_keeps_every_answer(format_: str, tmp_path: Path) -> None:
    known = shipped()
    names = [form.id for form in handed_out() if format_ in form.formats]
    for name in names:
        blank = blanks.build(format_, known.forms[name], known.facts, given(name))
        (tmp_path / f"{name}.{format_}").write_bytes(blank)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", format_, "--outdir", "saved"]
    done = subprocess.run(
        [*command, *(f"{name}.{format_}" for name in names)], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300
    )
    said = [line for line in done.stderr.splitlines() if line and "javaldx" not in line]
    assert (done.returncode, said) == (0, [])
    for name in names:
        checked = read(name, format_, (tmp_path / "saved" / f"{name}.{format_}").read_bytes())
        assert checked.findings == () and dict(checked.submission.facts) == facts_in(name, format_), name
