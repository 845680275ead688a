"""PDFs bound into one: page numbers stamped, bookmarks set, and what cannot be opened named instead of bound."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would say of a broken file we say with its name
MARGIN = 40.0  # points from the edges
SIZE = 10.5  # 五号
_FONT = "/PaperworkNumber"


class Unbindable(Exception):
    """This PDF cannot be bound; the reason is for people."""


@dataclass(frozen=True)
class Section:
    """One bookmark with its pages. `numbered`: its pages count, and bear their number."""

    title: str
    pdf: bytes
    numbered: bool


def sound(pdf: bytes) -> bytes:
    """The PDF written anew, so that what is broken is seen before it is bound. Raises `Unbindable`."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unbindable("有密码，打不开")
        writer, target = PdfWriter(), io.BytesIO()
        for page in reader.pages:
            writer.add_page(page)
        writer.write(target)
        if not writer.pages:
            raise Unbindable("没有内容")
    except Unbindable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise Unbindable("文件已损坏，打不开") from error
    return target.getvalue()


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def bound(sections: Iterable[Section], title: str) -> bytes:
    """All sections in order as one PDF. The number stands at the upper outer edge: odd pages right, even pages left."""
    writer, number = PdfWriter(), 0
    for section in sections:
        first = len(writer.pages)
        for page in PdfReader(io.BytesIO(section.pdf)).pages:
            placed = writer.add_page(page)
            if section.numbered:
                number += 1
                _stamp(placed, number)
        writer.add_outline_item(title=section.title, page_number=first)
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": title, "/Producer": "paperwork"})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _stamp(page: PageObject, number: int) -> None:
    """Write the number onto a page, upright however the page was turned."""
    page.transfer_rotation_to_content()
    box, text = page.mediabox, str(number)
    width = 0.556 * SIZE * len(text)  # a digit of Helvetica
    across = float(box.right) - MARGIN - width if number % 2 else float(box.left) + MARGIN
    stamp = PageObject.create_blank_page(width=float(box.width), height=float(box.height))
    stamp.mediabox = page.mediabox
    stream = DecodedStreamObject()
    up = float(box.top) - MARGIN
    stream.set_data(f"q BT 0 g {_FONT} {SIZE} Tf 1 0 0 1 {across:.2f} {up:.2f} Tm ({text}) Tj ET Q".encode())
    stamp[NameObject("/Contents")] = stream
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject(_FONT): named})
    stamp[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page.merge_page(stamp)
