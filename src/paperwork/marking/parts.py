"""The copy of a Word file in the making: parts changed or added, everything else carried over byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property

from lxml import etree

from paperwork.wordform import Package, written
from paperwork.wordform.words import Element, W

_PKG = "http://schemas.openxmlformats.org/package/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_ROOT_RELATIONS = "_rels/.rels"
_EARLIEST = 1980, 1, 1, 0, 0, 0  # the earliest time that a zip can hold


class Copy:
    """A package being copied. Roots handed out are written back as they stand when it is packed."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._roots: dict[str, Element] = {}
        self._before: dict[str, bytes] = {}  # as they were handed out, to tell whether they changed
        self._main = package.main or "word/document.xml"
        whole = self._main in package.names and _TYPES in package.names
        self.is_word = whole and bool(self.document.tag == W + "document")

    @cached_property
    def document(self) -> Element:
        """The root of the document itself."""
        return self._root(self._main)

    def related(self, kind: str) -> Element | None:
        """The root of the part that the document names by this kind of relation (`comments`), if there is one."""
        name = self._target(kind)
        return self._root(name) if name in self._package.names else None

    def lay_in(self, kind: str, content: str, root: Element) -> None:
        """A new part beside the document, its relation and its content type."""
        name = self._target(kind)
        if not name:
            taken = {known.lower() for known in self._package.names}
            stems = (f"{kind}{n or ''}.xml" for n in range(len(taken) + 1))
            free = next(stem for stem in stems if posixpath.join(self._folder, stem).lower() not in taken)
            name = posixpath.join(self._folder, free)
            self._relate(kind, free)
        self._declare(name, content)
        self._roots[name] = root

    def at_root(self, name: str, kind: str, content: str, tag: str) -> Element:
        """The root of a part that the package itself relates to (its properties), made empty if there is none."""
        if name in self._package.names:
            return self._root(name)
        self._relate(f"{kind}", name, _ROOT_RELATIONS)
        self._declare(name, content)
        space = tag[1:].partition("}")[0]
        self._roots[name] = etree.Element(tag, nsmap={None: space})
        return self._roots[name]

    def packed(self) -> bytes:
        """The copy as a file: members in their old order with their old times, new ones behind."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in self._package.members():
                name = member.filename
                archive.writestr(_info(name, member), self._bytes(name))
            for name in self._roots:
                if name not in self._package.names:
                    archive.writestr(_info(name, zipfile.ZipInfo(name, _EARLIEST)), self._bytes(name))
        return out.getvalue()

    def _bytes(self, name: str) -> bytes:
        if name not in self._roots:
            return self._package.read(name)
        known = name in self._package.names
        content = written(self._roots[name], strict=self._package.is_strict(name if known else self._main))
        return self._package.read(name) if known and content == self._before.get(name) else content

    def _root(self, name: str) -> Element:
        if name not in self._roots:
            self._roots[name] = self._package.xml(name, whole=True)
            self._before[name] = written(self._roots[name], strict=self._package.is_strict(name))
        return self._roots[name]

    @property
    def _folder(self) -> str:
        return posixpath.dirname(self._main)

    @property
    def _relations_name(self) -> str:
        return posixpath.join(self._folder, "_rels", posixpath.basename(self._main) + ".rels")

    def _target(self, kind: str) -> str:
        """The name of the part that the document relates to, "" when it relates to none of this kind."""
        if self._relations_name not in self._package.names:
            return ""
        for relation in self._package.xml(self._relations_name):
            if isinstance(relation.tag, str) and str(relation.get("Type", "")).endswith(f"/{kind}"):
                target = str(relation.get("Target", ""))
                inside = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
                return posixpath.normpath(inside)
        return ""

    def _relate(self, kind: str, target: str, name: str = "") -> None:
        name = name or self._relations_name
        if name not in self._package.names:
            space = f"{_PKG}/relationships"
            self._roots[name] = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        root = self._root(name)
        ids = {relation.get("Id") for relation in root}
        free = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        etree.SubElement(root, f"{{{_PKG}/relationships}}Relationship", Id=free, Type=f"{_R}/{kind}", Target=target)

    def _declare(self, name: str, content: str) -> None:
        root = self._root(_TYPES)
        for known in root:
            if str(known.get("PartName", "")).lower() == f"/{name}".lower():
                known.set("ContentType", content)
                return
        etree.SubElement(root, f"{{{_PKG}/content-types}}Override", PartName=f"/{name}", ContentType=content)


def _info(name: str, like: zipfile.ZipInfo) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, like.date_time)
    info.create_system = like.create_system if like.external_attr else 3  # zipfile would write the system it runs on
    info.external_attr = like.external_attr or 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
