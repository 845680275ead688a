"""A word that a Word file carries within itself, as a custom document property: Word, WPS and LibreOffice keep it."""

from __future__ import annotations

from lxml import etree

from paperwork.marking.parts import Copy
from paperwork.wordform import PROPERTIES, Package, Unreadable

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that people and programs may name
_TAG = f"{{{_SPACE}/custom-properties}}property"


def stamped(data: bytes, name: str, value: str) -> bytes:
    """The Word file with this property set, all else as it was; what is no Word file comes back as it is."""
    try:
        copy = Copy(Package(data))
        if not copy.is_word:
            return data
        root = copy.at_root(PROPERTIES, "custom-properties", _KIND, f"{{{_SPACE}/custom-properties}}Properties")
        entry = next((one for one in root if one.get("name") == name), None)
        if entry is None:
            ids = [int(one.get("pid", "1")) for one in root if str(one.get("pid", "1")).isdigit()]
            entry = etree.SubElement(root, _TAG, fmtid=_SET, pid=str(max(ids, default=1) + 1), name=name)
        for child in list(entry):
            entry.remove(child)
        etree.SubElement(entry, f"{{{_SPACE}/docPropsVTypes}}lpwstr").text = value
        return copy.packed()
    except Unreadable:
        return data
