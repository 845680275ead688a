"""The checklist of the drop folder is held to the tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "decisions" / "0022-the-drop-folder-checklist.md"
ROW = re.compile(r"\| (\d+) \| (.+?) \| (.+) \|")
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rows() -> list[tuple[int, str]]:
    found = (ROW.fullmatch(line) for line in PAGE.read_text("utf-8").splitlines())
    return [(int(row[1]), row[3]) for row in found if row]


def test_all_behaviours_are_there() -> None:
    assert [number for number, _ in rows()] == list(range(1, 49))


def test_each_is_kept_by_a_test_that_exists_or_refused_with_a_reason() -> None:
    named = [(number, file, test) for number, why in rows() for file, test in TEST.findall(why)]
    assert [one for one in named if one[2] not in functions(one[1])] == []
    kept = {number for number, _, _ in named}
    refused = {number for number, why in rows() if re.match(r"Refused: .{20}", why)}
    assert kept | refused == set(range(1, 49))
