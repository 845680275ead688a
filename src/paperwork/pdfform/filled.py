"""What the fields of a PDF hold. Opened without trust: whatever is wrong with the file is one plain refusal."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader

from paperwork.pdfform.fields import FORM, VERSION
from paperwork.wordform.unreadable import Unreadable, damaged, refused, too_big

_MOST_FIELDS, _MOST_TEXT = 5000, 1_000_000
_READ_ONLY = 1


@dataclass(frozen=True)
class Filled:
    """A filled form: texts and boxes by tag. What is empty or not ticked is absent."""

    form: str
    version: int
    texts: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()  # came with the blank and may not be changed


def filled(data: bytes) -> Filled:
    """Raises `Unreadable`: E-FILE-DAMAGED, E-FILE-ENCRYPTED, E-FILE-TYPE (no fields), E-FILE-SIZE."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise refused("E-FILE-ENCRYPTED", "这份 PDF 加了密码或者限制，不能读取。请去掉密码后再放入。")
        fields = reader.get_fields() or {}
        about = dict(reader.metadata or {})
        return _sorted(fields, about)
    except Unreadable:
        raise
    except Exception as error:  # a broken PDF fails in as many ways as it has objects
        raise damaged("不是完整的 PDF") from error


def _sorted(fields: Mapping[str, Any], about: Mapping[str, Any]) -> Filled:
    if not fields:
        message = (
            "这份 PDF 里没有可以读取的栏目，可能是打印、扫描成的，或者另存时丢了表单。"
            "请在空白表（PDF）里直接填写，保存后放入"
        )
        raise refused("E-FILE-TYPE", message)
    if len(fields) > _MOST_FIELDS:
        raise too_big(f"PDF 里有 {len(fields)} 个栏目")
    texts: dict[str, str] = {}
    ticked, locked = set(), set()
    for name, told in fields.items():
        tag, value = name.replace("/", "."), told.get("/V")
        if told.get("/FT") == "/Btn":
            ticked |= {tag} if value not in (None, "", "/Off") else set()
        elif value is not None and (text := _text(value)):
            texts[tag] = text
            locked |= {tag} if int(told.get("/Ff", 0)) & _READ_ONLY else set()
    if sum(map(len, texts.values())) > _MOST_TEXT:
        raise too_big("PDF 里的文字过长")
    form = str(about.get(FORM, "")) or texts.pop(FORM[1:], "")
    version = str(about.get(VERSION, "")) or texts.get(VERSION[1:], "")
    hidden = {FORM[1:], VERSION[1:]}
    kept = {tag: text for tag, text in texts.items() if tag not in hidden}
    return Filled(form, int(version) if version.isdecimal() else 0, kept, frozenset(ticked), frozenset(locked))


def _text(value: Any) -> str:
    """A text, or the lines of a choice of several."""
    parts = [str(part) for part in value] if isinstance(value, list) else [str(value)]
    return "\n".join(parts).replace("\r\n", "\n").replace("\r", "\n").strip().strip("\u3000")
