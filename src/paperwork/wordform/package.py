"""The zip that Office files are, opened without trust: bounded, unencrypted, free of macros and of XML entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cached_property
from typing import Any

from lxml import etree

from paperwork.wordform.unreadable import damaged, refused, too_big

Element = Any  # lxml has no types of its own

MOST_BYTES = 50 * 1024 * 1024  # unpacked, all members together
MOST_MEMBERS = 2000
MOST_RATIO = 200  # unpacked to packed, of a member above LARGE; forms reach 30
LARGE = 1024 * 1024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)


class Package:
    """An Office file. Every failing read is an `Unreadable`, never another exception."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise damaged("不完整，或者不是 Word、Excel 文件") from error
        _bounded(members)
        self.names = frozenset(member.filename for member in members)
        if len(self.names) != len(members):
            raise damaged("压缩包内有重名的部件")
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise refused("E-FILE-TYPE", "文件含有宏，不能接收。请另存为不含宏的文件（.docx 或者 .xlsx）。")

    def read(self, name: str) -> bytes:
        """One member's bytes."""
        try:
            return self._zip.read(name)
        except (KeyError, RuntimeError, ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise damaged(f"部件 {name} 读不出") from error

    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """What the zip says of its members, in their order."""
        return tuple(self._zip.infolist())

    def is_strict(self, name: str) -> bool:
        """Whether the member is written in strict Open XML (ISO/IEC 29500-1), as few programs do."""
        return any(strict in self.read(name) for strict, _ in _STRICT)

    def xml(self, name: str, *, whole: bool = False) -> Element:
        """One member's root element. Strict Open XML is read as the transitional kind, which differs in names only.

        `whole` keeps the XML comments too, for who writes the member again (with `written`).
        """
        data = self.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=not whole)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(f"部件 {name} 不是合格的 XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise damaged(f"部件 {name} 含有文档类型声明")
        return root

    @cached_property
    def main(self) -> str:
        """The member that is the document itself, by the package's own table of contents."""
        if "_rels/.rels" in self.names:
            for relation in self.xml("_rels/.rels"):
                if isinstance(relation.tag, str) and str(relation.get("Type", "")).endswith("/officeDocument"):
                    return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
        return ""


def written(root: Element, *, strict: bool) -> bytes:
    """A member's bytes from its root element; `strict` gives back the names of strict Open XML."""
    data = bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
    for name, usual in _STRICT if strict else ():
        data = data.replace(usual, name)
    return data


def _bounded(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise too_big(f"压缩包内有 {len(members)} 个部件，最多 {MOST_MEMBERS} 个")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise too_big(f"展开后超过 {MOST_BYTES // 1024 // 1024} MB")
    for member in members:
        if member.flag_bits & 0x1:
            raise refused("E-FILE-ENCRYPTED", "文件加了密码，无法读取。请去掉密码后再放入。")
        if member.compress_type not in _METHODS:
            raise damaged("压缩方式不认识")
        if member.file_size > LARGE and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise too_big("压缩比例异常")
