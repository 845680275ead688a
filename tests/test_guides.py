"""The guides for the bureau's lawyer are true: what they say is done, in order, and every command succeeds."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from guides import DOCS, Guide
from paperwork import catalogue
from paperwork.facts import Around, complete
from paperwork.model import History

GUIDES = sorted(path.stem for path in DOCS.glob("*.md") if "```console" in path.read_text("utf-8"))


@pytest.mark.parametrize("name", GUIDES)
def test_every_guide_ends_in_a_check_that_finds_nothing(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = list(Guide(name, tmp_path, capsys).blocks())
    last = [body for kind, _, body in blocks if kind == "console"][-1]
    assert last == "$ paperwork check\n没有发现问题\n"


def test_a_rule_is_changed_as_the_guide_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.copy_templates(tmp_path)
    guide = Guide("改一条规则", tmp_path, capsys)
    guide.follow()
    assert guide.ran == 4
    rule = next(r for r in catalogue.load(tmp_path).rules if r.id == "DR-11")
    assert "harm.level is minor" in [c.text for c in rule.when]


def test_another_exemption_list_is_adopted_as_the_guide_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.copy_templates(tmp_path)
    for examples in (tmp_path / "templates" / "documents").glob("*/examples"):
        if examples.parent.name != "no_penalty_decision":  # no other paper names a list, and playing all takes long
            shutil.rmtree(examples)
    guide = Guide("采用另一份免罚清单", tmp_path, capsys)
    guide.follow()
    assert guide.ran == 3
    known = catalogue.load(tmp_path)
    lists = {(e.list, e.since, e.until) for e in known.exemptions}
    (new,) = {one for one in lists if one[1] == dt.date(2026, 9, 1)}
    (old,) = lists - {new}
    assert old[2] == dt.date(2026, 8, 31)
    relied = {"no_penalty.list_name": new[0], "no_penalty.list_item": 2}
    for act, listed in ((dt.date(2026, 8, 31), False), (dt.date(2026, 9, 1), True)):
        told = complete({**relied, "case.act_began_on": act}, Around(known, History("")))
        assert told["exemption.listed"] is listed


def test_the_readme_leads_to_every_guide() -> None:
    readme = (DOCS.parents[1] / "README.md").read_text("utf-8")
    assert set(GUIDES) <= set(re.findall(r"docs/法制人员/([^)`]+)\.md", readme))
    assert len(GUIDES) >= 3
