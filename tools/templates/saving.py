"""A lean .docx: without what python-docx's sample brings along (thumbnail, theme, author), the same bytes each time."""

from __future__ import annotations

import io
from typing import Any

from paperwork.rendering.package import packed, types_of, unpacked
from paperwork.rendering.properties import described
from tools.templates.styles import font_table

_DROPPED = ("/thumbnail", "/customXml", "/numbering", "/webSettings", "/stylesWithEffects", "/theme")


def saved(word: Any) -> bytes:
    """The package's bytes."""
    for part in (word.part, word.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_DROPPED):
                del part.rels[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = font_table()
    target = io.BytesIO()
    word.save(target)
    parts = unpacked(target.getvalue())
    return packed({**parts, **described(types_of(parts), {})})
