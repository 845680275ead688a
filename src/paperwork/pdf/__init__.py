"""Word files as PDF, for print and archive: optional, beside the filing and never in its way.

LibreOffice does it, over one connection of our own; every PDF is held against its Word file before it is given out.
"""

from __future__ import annotations

from collections.abc import Iterator

from paperwork.model import Problem
from paperwork.pdf.engine import INSTALL, Engine, PdfFailed, soffice, uno_python
from paperwork.pdf.fonts import lacking, replaced, standings
from paperwork.pdf.reading import lost, pages, words

__all__ = ["Engine", "PdfFailed", "available", "health", "lacking", "lost", "pages", "replaced", "standings", "words"]


def available() -> bool:
    """Whether this machine can make PDFs."""
    return soffice() is not None


def health() -> Iterator[Problem]:
    """What `doctor` says of PDF on this machine: nothing is wrong with an office that wants none."""
    if not available():
        yield Problem("W-PDF-ENGINE", "LibreOffice", "没有找到 LibreOffice，不能制作 PDF 和案卷合订本", INSTALL)
        return
    if uno_python() is None:
        what = "没有 LibreOffice 的 Python 接口（uno），每份 PDF 都要重新启动 LibreOffice，慢十倍左右"
        yield Problem("W-PDF-UNO", "LibreOffice", what, "请安装 python3-uno")
    printing = standings()
    for one in printing:
        if not one.by:
            code = "W-FONT" if any(other.by for other in printing) else "E-FONT"
            yield Problem(code, one.font, f"没有字体「{one.font}」，也没有可以代替的字体", INSTALL)
        elif not one.official:
            what = f"没有字体「{one.font}」，PDF 用「{one.by}」代替"
            yield Problem("W-FONT", one.font, what, "有授权的，请在本机安装该字体；Word 文件不受影响")
