"""What a file is, by its content: never by its name."""

from __future__ import annotations

import codecs
import re

from paperwork.wordform.unreadable import Unreadable, damaged, refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PLAIN = ("utf-8", "gb18030")
_KNOWN = {
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"), "图片"),
}
WANTED = "请使用 Word 文档（.docx）、Excel 表格（.xlsx）、可填写的 PDF 或者 JSON 文件。"


def is_zip(data: bytes) -> bool:
    """Whether it begins as a zip does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def text_of(data: bytes, name: str = "") -> str:
    """Text in UTF-8, UTF-16 with a byte order mark, or GB18030. Raises `Unreadable` for anything else.

    `name` only chooses the words in which it is refused.
    """
    if not data.strip():
        raise damaged("文件是空的")
    if data.startswith(_OLE):
        code = "E-FILE-ENCRYPTED" if _ENCRYPTED in data else "E-FILE-TYPE"
        cure = "请去掉密码，另存为 .docx 或者 .xlsx 后再放入。"
        raise refused(code, f"加密或者旧版 Word（.doc）、Excel（.xls）的文件不能读取，{cure}")
    if kind := next((kind for start, kind in _KNOWN.items() if data.startswith(start)), ""):
        raise refused("E-FILE-TYPE", f"这是{kind}，不是表单文件。{WANTED}")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data, ("utf-8-sig",))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, ("utf-16",))
    if b"\x00" in data and not re.match(rb"\x00?[\[{]\x00", data):
        raise binary(name)
    if not data.lstrip().startswith((b"{", b"[")) and _text(data, _PLAIN) is None:
        raise binary(name)  # another encoding would not make a form of it
    return _decoded(data, _PLAIN)


def refuse_text(name: str) -> Unreadable:
    """Text, but no form."""
    return binary(name) if _says(name) else refused("E-FILE-TYPE", f"文件里没有表单。{WANTED}")


def binary(name: str) -> Unreadable:
    """Neither a form nor anything known. What calls itself a Word document or a spreadsheet is probably a torn one."""
    if said := _says(name):
        program, suffix = said
        what = f"{program} {'文档' if program == 'Word' else '表格'}"
        return refused("E-FILE-DAMAGED", f"文件已损坏或者不是 {what}，请用 {program} 打开、另存为 {suffix} 后再放入。")
    return refused("E-FILE-TYPE", f"这不是表单文件。{WANTED}")


def _says(name: str) -> tuple[str, str] | None:
    """The program that the name speaks of, and the ending of its files."""
    named = ((program, suffix) for program, suffix in (("Word", ".docx"), ("Excel", ".xlsx")))
    return next((said for said in named if name.lower().endswith(said[1])), None)


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    text = _text(data, encodings)
    if text is None:
        raise refused("E-FILE-ENCODING", "文字编码认不出。请把文件另存为 UTF-8 编码。")
    return text


def _text(data: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    return None
