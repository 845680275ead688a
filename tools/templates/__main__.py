"""`python -m tools.templates KIND…` (or `--all`): write the template of each kind into its folder."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import tools.templates
from tools.templates.layout import Paper

HELPERS = {"layout", "tables", "styles", "saving", "phrases", "paragraphs", "party_lines", "charts", "seam", "__main__"}
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DOCUMENTS = TEMPLATES / "documents"
ELSEWHERE = {
    "dossier_cover": TEMPLATES / "dossier" / "cover.docx",
    "dossier_missing": TEMPLATES / "dossier" / "missing.docx",
}


def builds() -> dict[str, Callable[[], Paper]]:
    """Every kind with what builds it: a module of its own with `build`, or one of the `BUILDS` of a module."""
    found: dict[str, Callable[[], Paper]] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(tools.templates.__path__) if m.name not in HELPERS):
        content = import_module(f"tools.templates.{module}")
        found |= getattr(content, "BUILDS", None) or {module: content.build}
    return found


def main(arguments: list[str]) -> int:
    known = builds()
    wanted = sorted(known) if arguments == ["--all"] else arguments
    if not wanted or set(wanted) - set(known):
        print(f"usage: python -m tools.templates --all | {' | '.join(sorted(known))}", file=sys.stderr)
        return 2
    for kind in wanted:
        target = ELSEWHERE.get(kind, DOCUMENTS / kind / "template.docx")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(known[kind]().bytes())
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
