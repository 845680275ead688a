"""Promises of examples: every shipped one holds, and whatever does not come out as an example says is told with its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from paperwork import catalogue, checking, cli
from paperwork.checking.examples import held
from paperwork.model import Example, Problem
from paperwork.templates import Templates
from tests.samples import ROOT, shipped

READ = catalogue.read_examples(shipped())
DECISION = "templates/documents/no_penalty_decision/examples/轻微当场改正.toml"

Change = Callable[[str, str], list[Problem]]


# ── the shipped ones ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("example", READ.examples, ids=lambda example: example.name)
def test_every_shipped_example_comes_out_as_it_says(example: Example) -> None:
    assert list(held(example, shipped(), Templates(shipped()))) == []


def test_every_kind_has_an_example_that_makes_its_paper() -> None:
    assert READ.problems == ()
    assert {e.kind for e in READ.examples if e.made and e.contains} == set(shipped().kinds)


# ── what does not hold ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with the decision's folder and what the catalogue needs; other kinds have their papers elsewhere."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for kind in (tmp_path / "templates" / "documents").iterdir():
        if kind.name != "no_penalty_decision":
            shutil.rmtree(kind)
    (tmp_path / "templates" / "clauses.toml").unlink()  # without its papers the plan has fallen out
    papers = tmp_path / "templates" / "documents" / "no_penalty_decision" / "examples"
    for other in papers.glob("*.toml"):
        if other.name != "轻微当场改正.toml":
            other.unlink()
    return tmp_path


@pytest.fixture
def slip(office: Path) -> Change:
    """Change the example's text, and say what check finds then."""

    def change(old: str, new: str) -> list[Problem]:
        path = office / DECISION
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")
        return told(office)

    return change


OF_THE_REST = {"W-DOCUMENT-UNKNOWN", "W-FACT-UNUSED"}
"""What check says of an office without nearly all of its papers."""


def told(office: Path) -> list[Problem]:
    return [problem for problem in checking.check(office) if problem.code not in OF_THE_REST]


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    return problem


def test_a_sound_example_is_no_problem(office: Path) -> None:
    assert told(office) == []


SLIPS: dict[str, tuple[str, str, str, str]] = {
    "a text that is not printed, with the sentence that is likest": (
        "标志系脱落后未及时重新悬挂\",", "标志系脱落后没有重新悬挂\",", "E-EXAMPLE-TEXT", "标志系脱落后未及时重新悬挂"),
    "a text that must not be printed": ('"初次违法"', '"教育"', "E-EXAMPLE-TEXT", "见「"),
    "a rule that does not fire": ('fires = ["DR-10"]', 'fires = ["DR-11"]', "E-EXAMPLE-MEASURE", ""),
    "a rule that is not there": ('fires = ["DR-10"]', 'fires = ["DR_10"]', "P-RULE-UNKNOWN", "DR-10"),
    "a fact with a slip in its name": ('legal_rep = "田野禾"', 'legel_rep = "田野禾"', "E-EXAMPLE-FACT", "legal_rep"),
    "a fact that a template prints and nobody gave": (
        'address = "山西省朔州市朔城区示例街1号"\n', "", "E-EXAMPLE-RENDER", "party.address"),
    "a choice that is none": ('kind = "企业"', 'kind = "公司"', "E-EXAMPLE-FACT", "企业"),
    "a key with a slip": ("contains = [", "contians = [", "P-KEY-UNKNOWN", "contains"),
    "a type of matter that is none": ('matter = "case"', 'matter = "caes"', "P-MATTER-UNKNOWN", "case"),
    "an example to lean on that is none": ('matter = "case"', 'matter = "case"\nlike = "x/轻微"', "P-EXAMPLE-UNKNOWN", "轻微"),
    "a paper that is not to be made": ("[expect]", "[expect]\nmade = false", "E-EXAMPLE-MADE", "made"),
    "a finding that does not come": ("[expect]", '[expect]\nfindings = ["E-OFFICER-2"]', "E-EXAMPLE-FINDING", ""),
    "a gate that refuses": ('{ name = "孙立群", cert_no = "04060200102" },', "", "E-EXAMPLE-FACT", "E-OFFICER-2"),
}  # fmt: skip


@pytest.mark.parametrize("what", SLIPS)
def test_a_slip_is_told_with_its_place_and_what_was_meant(what: str, slip: Change) -> None:
    old, new, code, told = SLIPS[what]
    problems = [p for p in slip(old, new) if p.code == code]
    assert problems, what
    assert problems[0].where.startswith(DECISION)
    assert any(told in p.what + p.advice for p in problems), problems


def test_an_example_that_expects_nothing_is_told(office: Path) -> None:
    (office / DECISION).with_name("空.toml").write_text(
        'title = "空"\nlike = "no_penalty_decision/轻微当场改正"\n', "utf-8")  # fmt: skip
    assert [p.code for p in told(office)] == ["P-KEY-MISSING"]


def test_people_of_the_bureau_do_not_matter_to_examples(office: Path) -> None:
    people = office / "templates" / "people.toml"
    people.write_text(people.read_text("utf-8").replace("赵明远", "周一鸣").replace("吴思远", "郑一鸣"), "utf-8")
    assert told(office) == []


def test_a_rule_edited_by_mistake_breaks_the_examples_that_rest_on_it(office: Path) -> None:
    rules = office / "templates" / "policy" / "measures.toml"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("no_penalty.gravity is minor", "no_penalty.gravity is not minor"), "utf-8")
    found = {p.code for p in told(office)}
    assert "E-EXAMPLE-MEASURE" in found


def test_a_sentence_lost_from_a_template_is_noticed(office: Path) -> None:
    path = office / "templates/documents/no_penalty_decision/template.docx"
    word = Document(str(path))
    for paragraph in word.paragraphs:
        if "六十日内" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    word.save(str(path))
    problem = only([p for p in told(office) if p.code == "E-EXAMPLE-TEXT"])
    assert "六十日内" in problem.what and problem.where.startswith(f"{DECISION}:")


def test_an_edited_template_shows_what_it_changes_in_the_examples(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / ".paperwork").mkdir()
    check = ["--office", str(office), "check"]
    assert cli.run(check) == 0  # from here on the words are known
    path = office / "templates/documents/no_penalty_decision/template.docx"
    word = Document(str(path))
    run = next(r for p in word.paragraphs for r in p.runs if "不予行政处罚决定书" in r.text or "六十日内" in r.text)
    run.text = f"（样）{run.text}"
    word.save(str(path))
    capsys.readouterr()
    assert cli.run([*check, "--effect", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["examples"]
    assert told["example"] == DECISION
    ((was,), (now,)) = told["was"], told["now"]
    assert now.replace("（样）", "") == was and "（样）" not in was
    for shown in (True, False):  # looking at the effect forgets nothing; a check that found it in order does
        assert cli.run(check) == 0
        assert (f"＋ {now}" in capsys.readouterr().out) is shown


def test_an_example_that_is_wrong_leaves_the_earlier_words_standing(slip: Change, office: Path) -> None:
    (office / ".paperwork").mkdir()
    assert cli.run(["--office", str(office), "check"]) == 0
    kept = (office / ".paperwork" / "examples.json").read_bytes()
    assert slip('"违法行为轻微，标志系', '"没有这句话，标志系')
    assert cli.run(["--office", str(office), "check"]) == 3
    assert (office / ".paperwork" / "examples.json").read_bytes() == kept


# ── what lies in a folder ─────────────────────────────────────────────────────────────────────────────


def test_a_kind_without_examples_and_stray_files_are_hints(office: Path) -> None:
    folder = office / "templates/documents/no_penalty_decision"
    (folder / "examples").rename(folder / "example")
    (folder / "~$template.docx").write_bytes(b"")
    (folder.parent / "new_letter").mkdir()
    (folder.parent / "_later").mkdir()
    problems = told(office)
    assert {p.code for p in problems} == {"W-EXAMPLE-NONE", "W-FILE-UNKNOWN", "W-KIND-NONE"}
    assert "examples" in next(p.advice for p in problems if p.code == "W-FILE-UNKNOWN")
    assert checking.entry(problems)["ok"] is True


def test_an_example_leans_on_another_one_step_and_lists_what_differs(office: Path) -> None:
    folder = (office / DECISION).parent
    (folder / "二.toml").write_text(
        'title = "二"\nlike = "no_penalty_decision/轻微当场改正"\nleave_out = ["edu"]\n[expect]\nfires = ["DR-10"]\nmade = false\n'
        '[facts]\n"case.title" = "另一案"\n', "utf-8")  # fmt: skip
    (folder / "三.toml").write_text('title = "三"\nlike = "no_penalty_decision/二"\n[expect]\nfires = ["DR-10"]\n', "utf-8")
    read = catalogue.read_examples(catalogue.load(office))
    two = next(e for e in read.examples if e.name.endswith("二"))
    assert two.facts["case.title"] == "另一案" and two.facts["party.name"] and not any(n.startswith("edu") for n in two.facts)
    assert two.today.isoformat() == "2026-07-22"
    assert [(p.code, "轻微当场改正" in p.advice) for p in read.problems] == [("P-EXAMPLE-UNKNOWN", True)]

