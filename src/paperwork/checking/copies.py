"""Copies of the templates that are not in order, with a Word comment wherever something is to be mended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from paperwork import filing, marking, templates
from paperwork.catalogue import load
from paperwork.model import Catalogue, Kind, Problem
from paperwork.names import safe_name

_WORDS = re.compile("「(.*)」", re.DOTALL)


def commented(root: Path, problems: Sequence[Problem], folder: Path, now: dt.datetime) -> list[Path]:
    """For each template that `problems` speak of, a copy in `folder`: D-13_不予行政处罚决定书_批注.docx. The paths.

    The template itself is left as it is. Files that stand there are not overwritten. Templates that cannot be opened
    have no copy. Raises OfficeError when the catalogue cannot be read.
    """
    known = load(root)
    return [path for kind in known.kinds.values() for path in _copy(known, kind, problems, folder, now)]


def _copy(
    known: Catalogue, kind: Kind, problems: Sequence[Problem], folder: Path, now: dt.datetime
) -> Iterator[Path]:
    file = templates.where(known, kind)
    notes = [_note(p, p.where.removeprefix(file).strip()) for p in problems if p.where.partition(" ")[0] == file]
    data = (kind.folder / "template.docx").read_bytes() if notes and (kind.folder / "template.docx").is_file() else b""
    marked = marking.annotate(data, notes, now) if data else None
    if marked is not None:
        yield filing.put(folder / (safe_name(f"{kind.code}_{kind.title}_批注") + ".docx"), marked)


def _note(problem: Problem, place: str) -> marking.Note:
    found = _WORDS.search(place)
    part = place.partition("：")[0] if found else place
    told = f"（{part}）" if part and part != "word/document.xml" else ""
    hint = "提示：" if problem.code.startswith("W-") else ""
    lines = [f"{hint}{problem.what}{told}", *([problem.advice] if problem.advice else []), f"问题代码：{problem.code}"]
    return marking.Note(found[1] if found else "", tuple(lines))
