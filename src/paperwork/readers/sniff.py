"""What a file is, by its content: never by its name."""

from __future__ import annotations

import codecs
import re

from paperwork.wordform.unreadable import damaged, refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_WANTED = "请使用 Word 文档（.docx）或者 JSON 文件。"


def is_zip(data: bytes) -> bool:
    """Whether it begins as a zip does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def text_of(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with a byte order mark, or GB18030. Raises `Unreadable` for anything else."""
    if not data.strip():
        raise damaged("文件是空的")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise refused("E-FILE-ENCRYPTED", "文件加了密码，无法读取。请去掉密码后再放入。")
        raise refused("E-FILE-TYPE", f"旧版 Office 文件（.doc、.xls）不能读取，请另存为 .docx。{_WANTED}")
    if data.startswith(b"%PDF"):
        raise refused("E-FILE-TYPE", f"PDF 文件不能读取。{_WANTED}")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data, ("utf-8-sig",))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, ("utf-16",))
    if b"\x00" in data and not re.match(rb"\x00?[\[{]\x00", data):
        raise refused("E-FILE-TYPE", f"这种文件不能读取。{_WANTED}")
    return _decoded(data, ("utf-8", "gb18030"))


def refuse_text() -> Exception:
    """Text, but no form."""
    return refused("E-FILE-TYPE", f"文件里没有表单。{_WANTED}")


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise refused("E-FILE-ENCODING", "文字编码认不出。请把文件另存为 UTF-8 编码。")
