"""`make bench`: measure, print a table, write `.bench/results.json`. A new measurement is a module in `MEASURED`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import dropping
import printing
import reading
import rendering
import scaling
import seeing
import starting
import summarising
from measuring import Result

MEASURED = (starting, reading, rendering, seeing, dropping, printing, summarising, scaling)
WRITTEN = Path(__file__).resolve().parent.parent / ".bench" / "results.json"


def main() -> None:
    """Exit code 0 whether the goals are reached or not: the table and the key `ok` say it."""
    found = [result for module in MEASURED for result in module.results()]
    WRITTEN.parent.mkdir(exist_ok=True)
    lines = [dataclasses.asdict(result) for result in found]
    WRITTEN.write_text(json.dumps(lines, ensure_ascii=False, indent=2) + "\n", "utf-8")
    _show(found)


def _show(found: list[Result]) -> None:
    lines = [("measured", "against", "ratio", "goal", "")]
    for result in found:
        word = "reached" if result.ok else "missed"
        sign = "<=" if result.unit == "times as much" else ">="
        lines.append((result.name, result.against, f"{result.value:.1f} x", f"{sign} {result.goal:g} x", word))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("   ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
