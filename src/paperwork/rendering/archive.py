"""A finished file around the parts that change: what never changes is deflated once and copied as it lies.

One layout, whoever filled the template: the content types first, then what the template alone decides, then what
was written for this document. The same parts are the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping

from paperwork.errors import TemplateError
from paperwork.rendering.package import CONTENT_TYPES, Parts

Deflate = Callable[[bytes], bytes]

_LOCAL, _ENTRY, _ENDING = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"
_LOCAL_SIZE, _ENTRY_SIZE = struct.calcsize(_LOCAL), struct.calcsize(_ENTRY)
_DAY = 0x21  # 1 January 1980, the first that a zip can name
_PACKAGE = b"PK\3\4"
_DEFLATED, _STORED, _UTF8 = 8, 0, 0x800


def by_zlib(data: bytes) -> bytes:
    return zlib.compress(data, 1, -15)


def fastest() -> Deflate:
    """isal where it is installed (several times as fast), zlib otherwise; both at their quickest level."""
    try:
        from isal import isal_zlib
    except ImportError:
        return by_zlib
    return lambda data: bytes(isal_zlib.compress(data, 1, -15))


class Archive:
    """The members that all documents of one template share."""

    def __init__(self, constant: Parts, deflate: Deflate | None = None) -> None:
        self.deflate = deflate or fastest()
        names = sorted(constant, key=lambda name: (name != CONTENT_TYPES, not name.startswith("_rels/"), name))
        pieces: list[bytes] = []
        entries: list[bytes] = []
        at = 0
        for name in names:
            local, entry = _member(name, constant[name], zlib.compress(constant[name], 9, -15), at)
            pieces.append(local)
            entries.append(entry)
            at += len(local)
        self.names = frozenset(names)
        self._body, self._entries, self._count = b"".join(pieces), b"".join(entries), len(names)

    def filled(self, changed: Mapping[str, bytes]) -> bytes:
        """The file's bytes, with these members besides the constant ones."""
        pieces, entries, at = [self._body], [self._entries], len(self._body)
        for name, data in changed.items():
            ready = data.startswith(_PACKAGE)  # a workbook behind a chart: deflated already, member by member
            local, entry = _member(name, data, data if ready else self.deflate(data), at)
            pieces.append(local)
            entries.append(entry)
            at += len(local)
        directory = b"".join(entries)
        count = self._count + len(changed)
        ending = struct.pack(_ENDING, b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
        return b"".join((*pieces, directory, ending))


def _member(name: str, data: bytes, deflated: bytes, at: int) -> tuple[bytes, bytes]:
    """A member's own bytes and its entry in the directory."""
    method, body = (_DEFLATED, deflated) if len(deflated) < len(data) else (_STORED, data)
    spelled = name.encode()
    flags = 0 if name.isascii() else _UTF8
    common = (20, flags, method, 0, _DAY, zlib.crc32(data), len(body), len(data), len(spelled))
    local = struct.pack(_LOCAL, b"PK\3\4", *common, 0) + spelled + body
    entry = struct.pack(_ENTRY, b"PK\1\2", 20, *common, 0, 0, 0, 0, 0, at) + spelled
    return local, entry


def read_back(document: bytes, wanted: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every name in a finished file, in order, and the wanted members as they lie in its bytes (the others empty).

    Raises `TemplateError` when a wanted member is not what was written, or a name stands twice or not at all.
    """
    ending = document.rfind(b"PK\5\6")
    _, _, _, _, count, _, at, _ = struct.unpack_from(_ENDING, document, ending)
    found: dict[str, bytes] = {}
    for _ in range(count):
        entry = struct.unpack_from(_ENTRY, document, at)
        method, size, named, begin = entry[4], entry[8], entry[10], entry[-1]
        at += _ENTRY_SIZE
        name = document[at : at + named].decode()
        at += named + entry[11] + entry[12]
        body = b""
        if name in wanted:
            local = struct.unpack_from(_LOCAL, document, begin)
            begin += _LOCAL_SIZE + local[-2] + local[-1]
            body = document[begin : begin + size]
            body = body if method == _STORED else zlib.decompress(body, -15)
            if body != wanted[name]:
                raise TemplateError(f"写成的文书与套打的文字不一致（{name}）")
        found[name] = body
    if len(found) != count or not wanted.keys() <= found.keys():
        raise TemplateError("文书的部件与模板不一致")
    return found
