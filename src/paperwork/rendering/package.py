"""The zip that a .docx is: opened strictly, and packed so that the same parts are always the same bytes."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from paperwork.errors import TemplateError

Tree = Any  # an lxml element: lxml ships no types

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DYNAMIC = (DOCUMENT, *(f"{WORDPROCESSING}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes")))
MOST_BYTES = 64 * 1024 * 1024  # unpacked; a template is a few hundred kilobytes
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name

Parts = Mapping[str, bytes]


def unpacked(data: bytes) -> dict[str, bytes]:
    """Part name → bytes, in the order of the archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = [entry.filename.lower() for entry in entries]
            if len(set(names)) != len(names):
                raise TemplateError("文件包内有同名的部件")
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise TemplateError("文件展开后过大")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise TemplateError("不是完好的 Word 文档（.docx），无法打开") from error


def packed(parts: Parts) -> bytes:
    """One zip: fixed times, system and order (the content types first, as the standard's readers expect)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, not part.startswith("_rels/"), part)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return target.getvalue()


def parsed(blob: bytes, where: str) -> Tree:
    """Strict XML: no recovery, no entities, no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.fromstring(blob, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateError(f"{where} 不是合格的 XML：{error}") from error
    if tree.getroottree().docinfo.doctype:
        raise TemplateError(f"{where} 含有文档类型声明，不能使用")
    return tree


def serialised(tree: Tree) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def types_of(parts: Parts) -> dict[str, str]:
    """Part name → content type, for every part of the package."""
    if CONTENT_TYPES not in parts:
        raise TemplateError("不是 Word 文档：缺少内容类型表")
    tree = parsed(parts[CONTENT_TYPES], CONTENT_TYPES)
    defaults, overrides = {}, {}
    for entry in tree:
        if entry.get("Extension"):
            defaults[entry.get("Extension").lower()] = entry.get("ContentType", "")
        elif entry.get("PartName"):
            overrides[entry.get("PartName").lstrip("/").lower()] = entry.get("ContentType", "")
    extension = {name: posixpath.splitext(name)[1].lstrip(".").lower() for name in parts}
    return {name: overrides.get(name.lower(), defaults.get(extension[name], "")) for name in parts}


def dynamic(types: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that may hold tags: the document, headers, footers, foot- and endnotes; the document first."""
    main = [name for name, kind in types.items() if kind == DOCUMENT]
    if len(main) != 1:
        raise TemplateError("不是 Word 文档（.docx）：正文部件应当恰有一个")
    rest = sorted((name for name, kind in types.items() if kind in DYNAMIC[1:]), key=_natural)
    return (*main, *rest)


def _natural(name: str) -> tuple[str, int]:
    number = re.search(r"(\d+)\.xml$", name)
    return (re.sub(r"\d+\.xml$", "", name), int(number[1]) if number else 0)
