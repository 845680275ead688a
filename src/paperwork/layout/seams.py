"""The place of the 骑缝章: which papers must show it, on which pages, and where on them (domain/12 §12.1 no 4)."""

from __future__ import annotations

from collections.abc import Iterator

from paperwork.layout.reading import MAIN, Paper, problem
from paperwork.model import Family, Problem
from paperwork.wordform.words import W

_HEADER = "页眉"
_SEALED = "{{org.name}}（印章）"  # how a template marks the place of the organ's seal


def seam_problems(paper: Paper, family: Family) -> Iterator[Problem]:
    """A paper that the organ seals has the family's mark in a frame on the second page and all that follow.

    The first page has none: a paper of one page has no seam.
    """
    if not family.seam or not any(_SEALED in "".join(p.text.split()) for p in paper.paragraphs):
        return
    advice = f"页眉里放一个靠页面右边的文本框，写「{family.seam}」；勾选「首页不同」，首页的页眉留空"
    for kind, word in _kinds(paper):
        if not _marked(paper, kind, family.seam):
            yield problem("SEAM", _HEADER, f"{word}的页边没有「{family.seam}」的位置", advice)
    if paper.sections[-1].find(f"{W}titlePg") is None or _marked(paper, "first", family.seam):
        yield problem("SEAM", MAIN, f"只有一页的文书也印出「{family.seam}」", advice)


def _kinds(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "default", "单页"
    if paper.settings is not None and paper.settings.find(f"{W}evenAndOddHeaders") is not None:
        yield "even", "双页"


def _marked(paper: Paper, kind: str, seam: str) -> bool:
    header = paper.header(kind)
    return header is not None and any(p.is_framed and seam in p.text for p in paper.paragraphs_of(header))
