"""The proof: every value stands in the document letter for letter, nothing of the template's tags is left over,
and the finished file is what its makers say it is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from docx import Document

from paperwork.errors import TemplateError
from paperwork.rendering.package import Parts, Tree, dynamic, is_xml, parsed, types_of, unpacked
from paperwork.rendering.wording import BEGIN, END, VALUE, shortened, spelled
from paperwork.rendering.writing import escaped, special

_OPEN = re.compile("[ 　]{2,}年[ 　]+月[ 　]+日")
_OPEN_SIGNS = (" 月".encode(), "　月".encode())
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|｛｛|｝｝|｛%|%｝|｛％|％｝")


def prove_values(name: str, tree: Tree, printed: tuple[str, ...]) -> None:
    """The marked values of one part are exactly what was printed, in order, and no tag stands between them."""
    text = spelled(tree)
    found = tuple(VALUE.findall(text))
    if found != printed:
        pairs = zip_longest(printed, found, fillvalue="")
        lost = next(value for value, seen in pairs if value != seen)
        raise TemplateError(f"值没有原样印在文书上：「{shortened(lost)}」（{name}）")
    rest = VALUE.sub("", text)
    if BEGIN in rest or END in rest:
        raise TemplateError(f"值的边界被模板拆开（{name}）")
    left = _LEFT.search(rest)
    if left:
        raise TemplateError(f"文书上留有没有套打的标记：「{shortened(rest, left.start())}」（{name}）")


def prove_fixed(name: str, tree: Tree, fixed: tuple[str, ...], paragraphs: int) -> None:
    """Whatever stands in every filling of the template stands here too, in order, in no fewer paragraphs."""
    text = VALUE.sub(BEGIN, spelled(tree))
    at = 0
    for words in fixed:
        found = text.find(words, at)
        if found < 0:
            raise TemplateError(f"模板的文字在文书上缺失：「{shortened(words)}」（{name}）")
        at = found + len(words)
    if text.count("\f") < paragraphs:
        raise TemplateError(f"模板的段落在文书上缺失（{name}）")


def is_issued(context: Mapping[str, Any]) -> bool:
    """Whether this is an issued paper of the office: its context says that it is no draft."""
    doc = context.get("doc")
    return isinstance(doc, Mapping) and doc.get("draft") is False


def prove_no_blank(name: str, blob: bytes) -> None:
    """An issued paper has no date left open: a blank that the hand shall fill is marked by a line, `____年__月__日`."""
    if any(sign in blob for sign in _OPEN_SIGNS):
        text = spelled(parsed(blob, name))
        found = _OPEN.search(text)
        if found:
            place = shortened(text, found.start())
            advice = "留给手写的空白请在模板里用下划线标明，例如 ____年__月__日"
            raise TemplateError(f"文书上有没有填写的空白：「{place}」（{name}）", advice=advice)


def prove_part(name: str, blob: bytes, printed: Sequence[str], fixed: Sequence[bytes]) -> None:
    """In a part's finished bytes: each printed value and each word of the template that stands in every filling, letter
    for letter and in order. Line breaks and tabs are elements, so no letters.

    That the bytes are strict XML follows: they are the template's pieces, proven once to be so in any order that the
    template allows (`skeleton`), and values in which nothing can be taken for markup (`escaped`).
    """
    at, find = 0, blob.find
    for value in printed:
        plain = value.isalnum() or not special(value)
        for line in (value,) if plain else value.replace("\t", "\n").split("\n"):
            piece = (line if plain else escaped(line)).encode()
            found = find(piece, at)
            if found < 0:  # where docxtpl has mended a table, quotation marks stand as they are
                piece = piece.replace(b"&quot;", b'"')
                found = find(piece, at)
            if found < 0:
                raise TemplateError(f"值没有原样印在文书上：「{shortened(value)}」（{name}）")
            at = found + len(piece)
    at = 0
    for word in fixed:
        found = blob.find(word, at)
        if found < 0:
            raise TemplateError(f"模板的文字在文书上缺失：「{shortened(word.decode())}」（{name}）")
        at = found + len(word)


def prove_document(document: bytes, made: Parts, texts: dict[str, str]) -> None:
    """The file, read again from its bytes: same parts, strict XML, the proven text, one that Word's readers open."""
    parts = unpacked(document)
    if set(parts) != set(made):
        raise TemplateError("文书的部件与模板不一致")
    for name, blob in parts.items():
        tree: Tree = parsed(blob, name) if is_xml(name) else None
        if name in texts and "".join(tree.itertext()) != texts[name]:
            raise TemplateError(f"写成的文书与套打的文字不一致（{name}）")
    dynamic(types_of(parts))
    try:
        Document(io.BytesIO(document))
    except Exception as error:  # whatever python-docx meets, the file is not one to be filed
        raise TemplateError(f"写成的文书无法打开：{error}") from error
