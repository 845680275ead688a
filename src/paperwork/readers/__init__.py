"""Readers: from the bytes of a dropped file to raw fields. One module per format; this page chooses between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from paperwork.model import Fact, Form, RawForm
from paperwork.readers import docx, jsonform, pdf, xlsx
from paperwork.readers.sniff import WANTED, is_zip, refuse_text, text_of
from paperwork.wordform import MOST_BYTES, Package, Unreadable
from paperwork.wordform.unreadable import refused, too_big


def too_large(name: str, most: int) -> Unreadable:
    """What a file is told that is so large that nobody reads it."""
    return too_big(f"{name} 超过 {most // 1024 // 1024} MB")


def read(name: str, data: bytes, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """The forms in a file: one of a Word, PDF or JSON file, of a spreadsheet one for each row.

    `row` then counts from 1 as Excel does. `name` is for messages; the content decides the type.

    Raises `Unreadable` with the findings for the clerk: E-FILE-DAMAGED, E-FILE-ENCRYPTED, E-FILE-TYPE,
    E-FILE-ENCODING, E-FILE-SIZE, E-JSON, E-FORM-UNKNOWN. No other exception leaves this room.
    """
    if len(data) > MOST_BYTES:
        raise too_big(f"{name} 超过 {MOST_BYTES // 1024 // 1024} MB")
    if is_zip(data):
        return _office(data, forms, facts)
    if data.lstrip().startswith(b"%PDF"):
        return pdf.read(data, forms, facts)
    text = text_of(data, name)
    if text.lstrip()[:1] not in {"{", "["}:
        raise refuse_text(name)
    return jsonform.read(text, forms, facts)


def excerpts(name: str, data: bytes, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> Callable[[int], bytes]:
    """What makes of one row of a spreadsheet a file of its own, for the matter that it went to.

    Raises `Unreadable` when the file, which was read before, shows no form of the office any more.
    """
    if not is_zip(data):
        raise refuse_text(name)
    return xlsx.excerpts(data, Package(data), forms, facts)


def _office(data: bytes, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    package = Package(data)
    if "[Content_Types].xml" not in package.names:
        raise refused("E-FILE-TYPE", "这是压缩包，不是表单。请解压后放入其中的表单。")
    kinds = package.read("[Content_Types].xml")
    if b"macroEnabled" in kinds:
        raise refused("E-FILE-TYPE", "含宏的文件不能接收。请另存为不含宏的文件（.docx 或者 .xlsx）。")
    if package.main.startswith("word/") or "word/document.xml" in package.names:
        return docx.read(package, forms, facts)
    if package.main.startswith("xl/") or "xl/workbook.xml" in package.names:
        return xlsx.read(data, package, forms, facts)
    raise refused("E-FILE-TYPE", f"这种 Office 文件不能读取。{WANTED}")


__all__ = ["Unreadable", "excerpts", "read", "too_large"]
