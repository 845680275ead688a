"""`python -m tools.clauses` (`make clauses`): write the table of the plan's clauses, tests included, into docs/."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from paperwork import catalogue
from paperwork.checking import clauses

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "法制人员" / "方案条款对照表.md"


def tests_by_clause(folder: Path) -> Mapping[str, Sequence[str]]:
    """Clause → the tests marked `@pytest.mark.clauses("C-05", …)`, as module::test, in order."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for clause in _marked(node):
                    found.setdefault(clause, []).append(f"{path.stem}::{node.name}")
    return found


def _marked(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.clauses":
            yield from (str(word.value) for word in mark.args if isinstance(word, ast.Constant))


def page() -> str:
    """The table as it should stand in docs/."""
    return clauses.page(catalogue.load(ROOT), tests_by_clause(ROOT / "tests"))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
    print(PAGE.relative_to(ROOT))
    sys.exit(0)
