"""The document's properties: its title and organ, from the context alone. No author, no program, no time of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

from paperwork.model import Json

CORE = "application/vnd.openxmlformats-package.core-properties+xml"
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    _HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>'
)
_EXTENDED = (
    _HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>paperwork</Application></Properties>"
)


def described(types: Mapping[str, str], context: Json, *kinds: str) -> dict[str, bytes]:
    """The property parts that replace the template's, for whichever of them (or of these kinds) the template has."""
    made = {kind: _core(context) if kind == CORE else _EXTENDED for kind in kinds or (CORE, EXTENDED)}
    return {name: made[kind].encode() for name, kind in types.items() if kind in made}


def _core(context: Json) -> str:
    return _written(_text(context, "doc", "title"), _text(context, "org", "name"), _text(context, "doc", "date"))


@lru_cache(maxsize=64)
def _written(title: str, organ: str, date: str) -> str:
    fields = f"<dc:title>{escape(title)}</dc:title>" if title else ""
    if organ:
        fields += f"<dc:creator>{escape(organ)}</dc:creator><cp:lastModifiedBy>{escape(organ)}</cp:lastModifiedBy>"
    day = _DATE.fullmatch(date)
    if day:
        moment = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}T00:00:00Z"
        for name in ("created", "modified"):
            fields += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
    return _CORE.format(fields)


def _text(context: Json, group: str, name: str) -> str:
    found = context.get(group)
    value = found.get(name) if type(found) is dict or isinstance(found, Mapping) else None
    return value if isinstance(value, str) else ""
