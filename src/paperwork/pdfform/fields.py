"""Lays fields over drawn pages. Chinese is set in STSong-Light, which viewers bring along: nothing is embedded."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

FORM, VERSION = "/paperwork_form", "/paperwork_form_version"
"""What the file's own properties say, and (without the slash) a hidden field too: some programs drop the properties."""

_READ_ONLY, _REQUIRED, _LINES, _COMBO = 1 << 0, 1 << 1, 1 << 12, 1 << 17
_PRINTED, _HIDDEN = 1 << 2, 1 << 1
_SIZE = 10.5
_ON = "/Yes"


Kind = Literal["text", "lines", "choice", "box"]


@dataclass(frozen=True)
class Spot:
    """One field: where it lies, in points from the lower left of its page, and what it holds."""

    page: int
    box: tuple[float, float, float, float]
    tag: str
    kind: Kind
    label: str = ""
    text: str = ""  # already there; of a box anything means ticked
    choices: tuple[str, ...] = ()
    locked: bool = False
    required: bool = False


def with_fields(drawn: bytes, spots: Sequence[Spot], form: str, version: int) -> bytes:
    """The pages with a field for every spot; the same bytes for the same arguments."""
    writer = PdfWriter(clone_from=io.BytesIO(drawn))
    laying = _Laying(writer)
    for spot in spots:
        laying.lay(spot)
    laying.hide("paperwork_form", form)
    laying.hide("paperwork_form_version", str(version))
    laying.finish()
    writer.add_metadata({FORM: form, VERSION: str(version)})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Laying:
    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.fields = ArrayObject()
        self.fonts = DictionaryObject(
            {NameObject("/STSong"): self._add(_song()), NameObject("/ZaDb"): self._add(_dings())}
        )

    def lay(self, spot: Spot) -> None:
        page = self.writer.pages[spot.page]
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/Rect"): ArrayObject([FloatObject(round(side, 2)) for side in spot.box]),
                NameObject("/F"): NumberObject(_PRINTED),
                NameObject("/P"): page.indirect_reference,
                NameObject("/T"): TextStringObject(spot.tag.replace(".", "/")),
                NameObject("/TU"): TextStringObject(spot.label),
            }
        )
        flags = _READ_ONLY * spot.locked | _REQUIRED * spot.required
        self._box(field, spot) if spot.kind == "box" else self._text(field, spot, flags)
        reference = self._add(field)
        self.fields.append(reference)
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        page["/Annots"].append(reference)  # type: ignore[attr-defined]

    def hide(self, name: str, value: str) -> None:
        """A field that nobody sees."""
        field = DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject(name),
                NameObject("/V"): TextStringObject(value),
                NameObject("/Ff"): NumberObject(_READ_ONLY),
                NameObject("/F"): NumberObject(_HIDDEN),
            }
        )
        self.fields.append(self._add(field))

    def finish(self) -> None:
        form = DictionaryObject(
            {
                NameObject("/Fields"): self.fields,
                NameObject("/DR"): DictionaryObject({NameObject("/Font"): self.fonts}),
                NameObject("/DA"): TextStringObject(f"/STSong {_SIZE} Tf 0 g"),
            }
        )
        self.writer.root_object[NameObject("/AcroForm")] = self._add(form)

    def _text(self, field: DictionaryObject, spot: Spot, flags: int) -> None:
        field[NameObject("/DA")] = TextStringObject(f"/STSong {_SIZE} Tf 0 g")
        if spot.kind == "choice":
            field[NameObject("/FT")] = NameObject("/Ch")
            flags |= _COMBO
            labels = (" ", *spot.choices)  # the first takes an answer back
            field[NameObject("/Opt")] = ArrayObject([TextStringObject(label) for label in labels])
        else:
            field[NameObject("/FT")] = NameObject("/Tx")
            flags |= _LINES if spot.kind == "lines" else 0
        field[NameObject("/Ff")] = NumberObject(flags)
        if spot.text:
            field[NameObject("/V")] = TextStringObject(spot.text)
            field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): self._shown(spot)})

    def _shown(self, spot: Spot) -> IndirectObject:
        high = spot.box[3] - spot.box[1]
        top = high - _SIZE - 2 if spot.kind == "lines" else (high - _SIZE) / 2 + 1.5
        code = spot.text.replace("\n", " ").encode("utf-16-be", "replace").hex()
        words = f"/Tx BMC q BT /STSong {_SIZE} Tf 0 g 2 {top:.2f} Td <{code}> Tj ET Q EMC"
        return self._drawing(spot, words)

    def _box(self, field: DictionaryObject, spot: Spot) -> None:
        wide, high = spot.box[2] - spot.box[0], spot.box[3] - spot.box[1]
        tick = f"q BT /ZaDb {high:.2f} Tf 0 g {wide * 0.1:.2f} {high * 0.15:.2f} Td (4) Tj ET Q"
        faces = {NameObject(_ON): self._drawing(spot, tick), NameObject("/Off"): self._drawing(spot, "")}
        state = NameObject(_ON if spot.text else "/Off")
        field.update(
            {
                NameObject("/FT"): NameObject("/Btn"),
                NameObject("/V"): state,
                NameObject("/AS"): state,
                NameObject("/AP"): DictionaryObject({NameObject("/N"): DictionaryObject(faces)}),
                NameObject("/DA"): TextStringObject("/ZaDb 0 Tf 0 g"),
                NameObject("/MK"): DictionaryObject({NameObject("/CA"): TextStringObject("4")}),
            }
        )

    def _drawing(self, spot: Spot, words: str) -> IndirectObject:
        stream = DecodedStreamObject()
        stream.set_data(words.encode("ascii"))
        wide, high = spot.box[2] - spot.box[0], spot.box[3] - spot.box[1]
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(
                    [FloatObject(0), FloatObject(0), FloatObject(wide), FloatObject(high)]
                ),
                NameObject("/Resources"): DictionaryObject({NameObject("/Font"): self.fonts}),
            }
        )
        return self._add(stream)

    def _add(self, thing: DictionaryObject) -> IndirectObject:
        return self.writer._add_object(thing)  # pypdf's own door for objects of its callers


def _song() -> DictionaryObject:
    """A font by name (ISO 32000-1, 9.7): UCS-2 codes, the glyphs of Adobe-GB1."""
    system = {
        "/Registry": TextStringObject("Adobe"),
        "/Ordering": TextStringObject("GB1"),
        "/Supplement": NumberObject(2),
    }
    flags = {
        "/Type": NameObject("/FontDescriptor"),
        "/FontName": NameObject("/STSong-Light"),
        "/Flags": NumberObject(6),
    }
    numbers = {"/ItalicAngle": 0, "/Ascent": 880, "/Descent": -120, "/CapHeight": 880, "/StemV": 93}
    box = ArrayObject([NumberObject(n) for n in (-25, -254, 1000, 880)])
    descriptor = _named({**flags, **{name: NumberObject(n) for name, n in numbers.items()}, "/FontBBox": box})
    widths = ArrayObject([NumberObject(1), NumberObject(95), NumberObject(500)])  # what is not Chinese is half as wide
    below = {"/Type": "/Font", "/Subtype": "/CIDFontType0", "/BaseFont": "/STSong-Light"}
    descendant = _named({name: NameObject(value) for name, value in below.items()})
    descendant.update(_named({"/CIDSystemInfo": _named(system), "/DW": NumberObject(1000), "/W": widths}))
    descendant[NameObject("/FontDescriptor")] = descriptor
    top = {"/Type": "/Font", "/Subtype": "/Type0", "/BaseFont": "/STSong-Light", "/Encoding": "/UniGB-UCS2-H"}
    font = _named({name: NameObject(value) for name, value in top.items()})
    font[NameObject("/DescendantFonts")] = ArrayObject([descendant])
    return font


def _dings() -> DictionaryObject:
    named = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/ZapfDingbats"}
    return _named({name: NameObject(value) for name, value in named.items()})


def _named(entries: Mapping[str, object]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})
