"""What stands in a part, as a reader sees it: the text of paragraphs, and of whole parts for comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperwork.rendering.package import Tree, dynamic, parsed, types_of, unpacked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Non-characters mark where a value begins and ends while the document is made. No value can hold them
# (`values.printable`), XML may, and none is left when the document is finished.
BEGIN, END = "\ufdd0", "\ufdd1"
VALUE = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")

_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
_TEXTS = (f"{W}t", f"{W}delText", f"{W}instrText")


def spelled(tree: Tree) -> str:
    """All text below `tree` in order: breaks as newline, tabs as tab, each paragraph begun by a form feed.

    Attributes with a marked value are part of it too, so that no printed value escapes the proof.
    """
    return "".join(_pieces(tree))


def _pieces(tree: Tree) -> Iterator[str]:
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        for value in element.attrib.values():
            if BEGIN in value:
                yield value
        if tag == f"{W}p":
            yield "\f"
        elif tag in _TEXTS:
            yield element.text or ""
        elif tag in _BREAKS and element.getparent().tag == f"{W}r":
            yield _BREAKS[tag]


def text_of(document: bytes) -> str:
    """The words of a finished document as they are read, headers and footers last: a paragraph a line."""
    parts = unpacked(document)
    trees = (parsed(parts[name], name) for name in dynamic(types_of(parts)))
    return "\n".join(_words(p) for tree in trees for p in tree.iter(f"{W}p"))


def _words(paragraph: Tree) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def unmarked(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def shortened(text: str, around: int = 0, most: int = 60) -> str:
    """At most `most` characters of `text`, those around the given position, on one line."""
    text = " ".join(text.split(None)) if around == 0 else text
    start = max(0, min(around - most // 2, len(text) - most))
    piece = text[start : start + most]
    return ("…" if start else "") + piece.strip() + ("…" if start + most < len(text) else "")


def plain(source: str) -> str:
    """A line of XML without its markup, as a place for people."""
    text = re.sub(r"<[^>]*>", "", source)
    return shortened(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
