"""Pictures as values: stamps, signatures, codes. Each stands in its run as docxtpl's `InlineImage` would set it.

A picture brings members of its own into the file: its media, a relationship of the part that shows it, and the
content type of its extension.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from hashlib import sha1

from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docx.shared import Mm
from lxml import etree

from paperwork.errors import TemplateError
from paperwork.rendering.package import CONTENT_TYPES, Parts, Tree, parsed, serialised

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWN = '</w:t></w:r><w:r><w:drawing>{}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


@dataclass(frozen=True)
class Picture:
    """The bytes of a PNG, JPEG, GIF, BMP or TIFF; of two sizes in millimetres left out, the other decides."""

    data: bytes
    width_mm: float | None = None
    height_mm: float | None = None


class Pictures:
    """The pictures of one document. `part` is the part being written."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._trees: dict[str, Tree] = {}
        self._media: dict[str, bytes] = {}
        self.part = ""
        self.any = False

    def drawn(self, picture: Picture) -> str:
        """The XML that stands for the picture within a text. Raises `TemplateError` for what is no picture."""
        try:
            image = Image.from_blob(picture.data)
        except (UnrecognizedImageError, ValueError, KeyError, IndexError) as error:
            raise TemplateError("图片不是 PNG、JPEG、GIF、BMP 或者 TIFF 文件，不能印在文书上") from error
        self.any = True
        width, height = (None if mm is None else Mm(mm) for mm in (picture.width_mm, picture.height_mm))
        relation = self._related(self._kept(picture.data, image.ext, image.content_type))
        across, up = image.scaled_dimensions(width, height)
        return _DRAWN.format(CT_Inline.new_pic_inline(self._next_id(), relation, image.filename, across, up).xml)

    def members(self) -> dict[str, bytes]:
        """The members of the file that the pictures change or add; nothing when there was none."""
        return {**self._media, **{name: serialised(tree) for name, tree in self._trees.items()}}

    def _kept(self, data: bytes, extension: str, kind: str) -> str:
        """The name of the media part that holds these bytes: one that is there, or a new one."""
        media = {**self._parts, **self._media}
        digest = sha1(data, usedforsecurity=False).digest()
        for name, blob in media.items():
            if name.startswith("word/media/") and sha1(blob, usedforsecurity=False).digest() == digest:
                return name
        used = {int(n[1]) for name in media if (n := re.fullmatch(r"word/media/image(\d+)\.\w+", name))}
        number = next(n for n in range(1, len(used) + 2) if n not in used)
        name = f"word/media/image{number}.{extension}"
        self._media[name] = data
        self._typed(extension, kind)
        return name

    def _typed(self, extension: str, kind: str) -> None:
        types = self._tree(CONTENT_TYPES)
        if not any(one.get("Extension", "").lower() == extension for one in types):
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind))

    def _related(self, media: str) -> str:
        """The id of the part's relationship to a media part."""
        folder, _, name = self.part.rpartition("/")
        relations = self._tree(f"{folder}/_rels/{name}.rels")
        target = posixpath.relpath(media, folder)
        for one in relations:
            if one.get("Type") == _IMAGE and one.get("Target") == target:
                return str(one.get("Id"))
        known = {one.get("Id") for one in relations}
        relation = next(f"rId{n}" for n in range(len(known) + 1, 0, -1) if f"rId{n}" not in known)
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id=relation, Type=_IMAGE, Target=target)
        return relation

    def _tree(self, name: str) -> Tree:
        if name not in self._trees:
            empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
            self._trees[name] = parsed(self._parts.get(name, empty), name)
        return self._trees[name]

    def _next_id(self) -> int:
        """As python-docx counts: above every id of the template's part; in the end docxtpl numbers all anew."""
        used = re.findall(rb'\sid="(\d+)"', self._parts[self.part])
        return max(map(int, used), default=0) + 1
