"""Line breaks and tabs of values become Word's own elements: docxtpl's rule, asked only where there is one."""

from __future__ import annotations

import re

from paperwork.rendering.analysis import engine

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)  # as docxtpl sees a paragraph


def listed(data: bytes) -> bytes:
    """A part whose values may hold line breaks and tabs."""
    text = data.decode()
    resolve = engine().resolve_listing
    if "<w:txbxContent" in text:  # paragraphs within paragraphs: only the whole tells where one ends
        return str(resolve(text)).encode()

    def one(found: re.Match[str]) -> str:
        paragraph = found[0]
        return str(resolve(paragraph)) if "\n" in paragraph or "\t" in paragraph else paragraph

    return _PARAGRAPH.sub(one, text).encode()
