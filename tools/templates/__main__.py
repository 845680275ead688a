"""`python -m tools.templates KIND…` (or `--all`): write the template of each kind into its folder."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import tools.templates

HELPERS = {"layout", "tables", "styles", "saving", "phrases", "paragraphs", "__main__"}
DOCUMENTS = Path(__file__).resolve().parents[2] / "templates" / "documents"


def kinds() -> list[str]:
    """Every kind that has a module here."""
    return sorted(
        module.name for module in pkgutil.iter_modules(tools.templates.__path__) if module.name not in HELPERS
    )


def main(arguments: list[str]) -> int:
    wanted = kinds() if arguments == ["--all"] else arguments
    if not wanted or set(wanted) - set(kinds()):
        print(f"usage: python -m tools.templates --all | {' | '.join(kinds())}", file=sys.stderr)
        return 2
    for kind in wanted:
        folder = DOCUMENTS / kind
        folder.mkdir(parents=True, exist_ok=True)
        paper = import_module(f"tools.templates.{kind}").build()
        (folder / "template.docx").write_bytes(paper.bytes())
        print(folder / "template.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
