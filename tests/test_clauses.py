"""Every row of the plan is carried by something, and the table in docs/ says what."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from tools import clauses as tool

from paperwork import catalogue, checking
from paperwork.errors import OfficeError
from paperwork.model import Catalogue
from played import Terminal

SHIPPED = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return catalogue.remembered(SHIPPED)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The shipped templates without the examples, which take their time and are another test's."""
    shutil.copytree(SHIPPED / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("examples"))
    return tmp_path


def edited(root: Path, name: str, old: str, new: str) -> None:
    path = root / "templates" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), "utf-8")


def test_the_table_in_docs_is_what_the_templates_and_the_tests_say() -> None:
    assert tool.PAGE.read_text("utf-8") == tool.page(), "run `make clauses`"


def test_all_sixty_four_rows_of_the_plan_stand_in_the_table(shipped: Catalogue) -> None:
    assert len(shipped.clauses) == 64
    assert all(f"| {row.id}（" in tool.PAGE.read_text("utf-8") for row in shipped.clauses.values())


def test_every_row_that_has_something_to_show_is_shown_by_a_test(shipped: Catalogue) -> None:
    shown = tool.tests_by_clause(SHIPPED / "tests")
    rows = checking.clauses.joined(shipped)
    able = {row.clause.id for row in rows if row.clause.needs and set(row.clause.needs) - set(row.missing)}
    assert able - set(shown) == set()
    assert set(shown) <= set(shipped.clauses), "a test names a row that the plan has not"


def test_a_row_that_falls_out_of_everything_is_named_with_its_line(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(office, "forms/warning/form.toml", 'clauses = ["K-05"]', "clauses = []")
    terminal = Terminal(office, capsys)
    assert terminal.bare("--office", str(office), "check") == 3
    assert "方案条款 K-05（劝告、预警）没有表承接" in terminal.out
    assert "templates/clauses.toml:" in terminal.out


def test_what_a_row_says_it_lacks_is_no_problem_and_what_it_has_is_counted(shipped: Catalogue) -> None:
    assert checking.clauses.fallen(shipped) == []
    assert [row.clause.id for row in checking.clauses.joined(shipped) if set(row.clause.lacks) - set(row.missing)] == []
    row = dataclasses.replace(shipped.clauses["K-05"], needs=("form", "deadline"), lacks=("deadline",))
    (joined,) = checking.clauses.joined(dataclasses.replace(shipped, clauses={"K-05": row}))
    assert joined.carried["form"] == ("风险预警表",)
    assert joined.missing == ("deadline",)
    bare = dataclasses.replace(shipped, clauses={"K-05": dataclasses.replace(row, lacks=())})
    assert [problem.code for problem in checking.clauses.fallen(bare)] == ["P-CLAUSE-FALLEN"]


def test_clauses_that_name_no_row_are_a_problem_with_the_nearest_row(office: Path) -> None:
    edited(office, "forms/warning/form.toml", 'clauses = ["K-05"]', 'clauses = ["K-05", "K-09"]')
    with pytest.raises(OfficeError) as raised:
        catalogue.load(office)
    (problem,) = raised.value.problems
    assert (problem.code, "K-09" in problem.what) == ("P-CLAUSE", True)
    assert problem.where.startswith("templates/forms/warning/form.toml:")


def test_a_row_that_needs_less_must_say_why(office: Path) -> None:
    edited(
        office,
        "clauses.toml",
        'needs = ["form", "document"]\nwhy = "登记在宣传记录中，没有法定期限，指标同 K-01"',
        'needs = ["form", "document"]',
    )
    with pytest.raises(OfficeError) as raised:
        catalogue.load(office)
    assert [problem.what for problem in raised.value.problems] == ["缺少「why」"]


def test_the_command_lists_the_rows(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(office, capsys)
    told = terminal.json("check", "--clauses")
    row = next(row for row in told["clauses"] if row["clause"] == "A-04")
    assert row["document"] == ["D-02f 行政提示书", "D-07b 告知函"]
    assert (row["missing"], told["ok"]) == ([], True)
