"""Promises of the compiled way: what docxtpl makes, only sooner; and whatever it cannot hold, docxtpl makes."""

from __future__ import annotations

import functools
import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from paperwork import cli
from paperwork.errors import TemplateError
from paperwork.rendering import MissingFacts, Picture, archive, compiled, fallback, reference, render
from paperwork.rendering.analysis import sound
from paperwork.rendering.package import unpacked
from paperwork.rendering.skeleton import Unheld
from paperwork.rendering.writing import SwiftWriting
from tests import contexts, filling
from tests.test_rendering import HOSTILE, bytes_of, raw_template, run, template, texts

DOCUMENTS = Path(__file__).resolve().parents[1] / "templates" / "documents"
KINDS = sorted(folder.parent.name for folder in DOCUMENTS.glob("*/template.docx"))


def canonical(document: bytes) -> dict[str, bytes]:
    """Every part, XML in canonical form."""
    return {
        name: etree.tostring(etree.fromstring(blob), method="c14n") if name.endswith((".xml", ".rels")) else blob
        for name, blob in unpacked(document).items()
    }


def outcome(make: Callable[[], bytes | None]) -> Any:
    """The parts that were made, or the names that were missing."""
    try:
        made = make()
    except MissingFacts as missing:
        return missing.names
    return None if made is None else canonical(made)


def both(data: bytes, context: dict[str, Any]) -> tuple[Any, Any]:
    """The compiled way and docxtpl's way of one document."""
    swift = outcome(lambda: compiled.compiled(data).filled(context))
    slow = outcome(functools.partial(reference.filled, sound(data), context))
    return swift, slow


# ── the same documents ──


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_of_the_office_is_held_and_filled_as_docxtpl_fills_it(kind: str) -> None:
    data = (DOCUMENTS / kind / "template.docx").read_bytes()
    assert fallback(data) == ()
    for context in filling.contexts(data, 2):
        swift, slow = both(data, filling.completed(data, context))
        assert swift == slow


@pytest.mark.parametrize(
    ("kind", "context"),
    [
        ("no_penalty_decision", contexts.issued()),
        ("no_penalty_decision", contexts.drafted("31")),
        ("service_receipt", contexts.receipt()),
        ("talk_record", contexts.recorded()),
        ("file_index", contexts.index()),
    ],
)
def test_docxtpl_itself_makes_the_same_body(kind: str, context: dict[str, Any]) -> None:
    context["party"] = {**context.get("party", {}), "name": "甲 & 乙<丙>\"丁'\n戊\t{{ x }}", "address": "𠮷喆垚燚"}
    data = (DOCUMENTS / kind / "template.docx").read_bytes()
    swift = compiled.compiled(data).filled(context)
    assert swift is not None
    word = DocxTemplate(io.BytesIO(data))
    word.render(context, autoescape=True)
    target = io.BytesIO()
    word.save(target)
    theirs, ours = canonical(target.getvalue()), canonical(swift)
    for name in ours:
        if name.startswith(("word/document", "word/header", "word/footer")):
            assert ours[name] == theirs[name], name


def table_of(*rows: tuple[str, ...]) -> bytes:
    word = Document()
    table = word.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    return bytes_of(word)


FOREIGN = {
    "split tags": raw_template(run("甲{") + run("{ a }") + run("}乙{% if l %}有{% endif %}")),
    "paragraphs and runs": raw_template(
        run("末"), run("{#p 注 #}"), run("{%p endif %}"), run("有") + run("{%r if l %}") + run("{{ a }}") + run("{%r endif %}"),
        run("{%p if a %}"),
    ),
    "rows": table_of(("栏", "目"), ("{%tr for v in l %}", ""), ("{{ v }}", "{{ a }}"), ("{%tr endfor %}", "")),
    "cells": table_of(("头", "{%tc for v in l %}", "{{ v }}", "{%tc endfor %}")),
    "all rows conditional": table_of(("{%tr if a %}", ""), ("{{ a }}", "二"), ("{%tr endif %}", "")),
    "spans and colours": table_of(("{% colspan n %}{{ a }}", "二"), ("{% cellbg c %}甲", "{{ a }}")),
    "merged": table_of(("{%tr for v in l %}", ""), ("{% vm %}{{ a }}", "{{ v }}"), ("{%tr endfor %}", "")),
    "header": template("{{ a }}", header="{{ a }}{% for v in l %}{{ loop.index }}{% endfor %}"),
    "white space": template("甲{%- if a %}", "乙{{ a }}", "{%- endif -%}", "丙"),
    "tabs of its own": template("甲\t{{ a }}\n乙"),
    "a drawing": raw_template(
        run("{%r for v in l %}")
        + '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:inline><wp:docPr id="7" name="{{ v }}"/></wp:inline></w:drawing></w:r>' + run("{%r endfor %}")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_whatever_docxtpl_understands_is_filled_alike(name: str) -> None:
    data = FOREIGN[name]
    for value in ("<&>\"'", "一\n二\t三"):
        for listed in ([], ["<1>", "2", "3"]):
            context = {"a": value, "l": listed, "n": 2, "c": "FF0000"}
            try:
                slow = outcome(lambda c=context: reference.filled(sound(data), c))  # type: ignore[misc]
            except TemplateError:
                with pytest.raises(TemplateError):
                    render(data, context)
                continue
            assert canonical(render(data, context)) == slow


@pytest.mark.parametrize("name", ["split tags", "paragraphs and runs", "rows", "cells", "merged", "header", "a drawing"])
def test_they_are_compiled_and_not_merely_handed_to_docxtpl(name: str) -> None:
    assert fallback(FOREIGN[name]) == ()
    assert compiled.compiled(FOREIGN[name]).filled({"a": "甲", "l": ["一", "二"]}) is not None


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_takes_the_compiled_way_too(value: str) -> None:
    data = template("前{{ x }}后", "{{ x }}", "末段", header="页眉{{ x }}")
    made = compiled.compiled(data).filled({"x": value})
    assert made is not None and texts(made) == [f"前{value}后", value, "末段"]


# ── pictures ──


def png(width: int = 2, height: int = 3, grey: int = 0) -> bytes:
    """A small picture, 72 dots to the inch."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_pictures_are_held_and_set_as_docxtpl_sets_them() -> None:
    data = template("印章：{{ stamp }}{% for s in l %}{{ s }}{% endfor %}完", "{{ x }}")
    first, second = png(), png(4, 4, 200)
    pictures = [Picture(first, width_mm=20), Picture(second, height_mm=7.5), Picture(first)]
    context = {"stamp": Picture(first, 42, 42), "l": pictures, "x": "<甲>"}
    made = compiled.compiled(data).filled(context)
    assert made is not None
    assert outcome(functools.partial(reference.filled, sound(data), context)) == canonical(made)
    word = DocxTemplate(io.BytesIO(data))
    theirs = {
        "stamp": InlineImage(word, io.BytesIO(first), Mm(42), Mm(42)),
        "l": [InlineImage(word, io.BytesIO(first), Mm(20)), InlineImage(word, io.BytesIO(second), None, Mm(7.5)), InlineImage(word, io.BytesIO(first))],
        "x": "<甲>",
    }  # fmt: skip
    word.render(theirs, autoescape=True)
    target = io.BytesIO()
    word.save(target)
    ours, other = canonical(made), canonical(target.getvalue())
    assert ours["word/document.xml"] == other["word/document.xml"]
    media = {name for name in ours if name.startswith("word/media/")}
    assert len(media) == 2 and media == {name for name in other if name.startswith("word/media/")}
    shapes = Document(io.BytesIO(made)).inline_shapes
    assert [round(shape.width.mm, 1) for shape in shapes][:2] == [42.0, 20.0] and len(shapes) == 4


def test_a_picture_in_a_header_belongs_to_the_header() -> None:
    data = template("甲", header="{{ stamp }}")
    made = compiled.compiled(data).filled({"stamp": Picture(png())})
    assert made is not None
    header = Document(io.BytesIO(made)).sections[0].header.part
    assert [relation.target_part.blob for relation in header.rels.values()] == [png()]


def test_the_command_takes_pictures_from_beside_the_data_and_names_why_docxtpl_must_fill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "印章.png").write_bytes(png())
    facts = {"stamp": {"picture": "印章.png", "width_mm": 30}, "x": True}
    (tmp_path / "facts.json").write_text(json.dumps(facts), "utf-8")
    arguments = ["--data", str(tmp_path / "facts.json"), "-o", str(tmp_path / "out.docx")]
    (tmp_path / "form.docx").write_bytes(template("章{{ stamp }}"))
    assert cli.run(["render", str(tmp_path / "form.docx"), *arguments]) == 0
    assert len(Document(tmp_path / "out.docx").inline_shapes) == 1
    assert "docxtpl" not in capsys.readouterr().err
    word = Document()
    word.add_paragraph("甲{% if x %}")
    word.add_paragraph("乙{% endif %}丙")
    (tmp_path / "form.docx").write_bytes(bytes_of(word))
    assert cli.run(["render", str(tmp_path / "form.docx"), *arguments]) == 0
    assert "界限" in capsys.readouterr().err


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(TemplateError, match="图片"):
        render(template("{{ x }}"), {"x": Picture(b"no picture")})


# ── what it cannot hold ──


def test_tags_that_cross_the_bounds_of_a_table_fall_back_with_the_reason_named() -> None:
    word = Document()
    word.add_paragraph("甲{% if x %}")
    word.add_table(rows=1, cols=1).cell(0, 0).text = "乙{% endif %}丙"
    data = bytes_of(word)
    assert "界限" in fallback(data)[0]
    assert compiled.compiled(data).filled({"x": True}) is None


def test_a_value_outside_all_text_falls_back() -> None:
    assert "文字之外" in fallback(template("甲{{r x }}"))[0]


def test_a_line_break_within_an_attribute_is_left_to_docxtpl() -> None:
    part = compiled.compiled(table_of(("{% cellbg a %}甲", "乙"))).parts[0]
    with pytest.raises(Unheld):
        writing = SwiftWriting({}, {})
        writing.listing = True
        part.finished([b"<x/>"], writing)


# ── proven ──


def test_every_piece_of_a_template_is_proven_once_and_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = template("{% if x %}甲{{ x }}{% else %}乙{% endif %}", "末")
    ready, seen = compiled.compiled(data), []
    complete = compiled.Compiled._prove_all
    monkeypatch.setattr(compiled.Compiled, "_prove_all", lambda *a: (seen.append(1), complete(*a)))
    for value in ("一", "二", "", "", "三"):
        ready.filled({"x": value})
    assert len(seen) == 2  # one for each branch
    assert not ready.parts[0].unproven


def test_a_document_that_does_not_hold_its_value_is_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = template("{{ x }}")
    monkeypatch.setattr(compiled.Part, "finished", lambda self, pieces, writing: b"".join(pieces).replace("甲".encode(), b""))
    made = render(data, {"x": "甲乙"})
    assert texts(made) == ["甲乙"]  # docxtpl made it


def test_a_deflate_that_lies_is_found_by_reading_back(monkeypatch: pytest.MonkeyPatch) -> None:
    data = template("{{ x }}丁")
    ready = compiled.compiled(data)
    ready.filled({"x": "甲"})
    assert ready.archive is not None
    good = ready.archive.deflate
    monkeypatch.setattr(ready.archive, "deflate", lambda blob: good(blob.replace("甲".encode(), "乙".encode())))
    with pytest.raises(TemplateError, match="不一致"):
        ready.filled({"x": "甲"})
    assert texts(render(data, {"x": "甲"})) == ["甲丁"]


def test_words_of_the_template_that_are_gone_are_found_by_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    data = template("甲{{ x }}", "必须有的一段", "丁{{ x }}")
    monkeypatch.setattr(compiled, "listed", lambda blob: blob.replace("必须有的一段".encode(), b""))
    with pytest.raises(TemplateError, match="必须有的一段"):
        compiled.compiled(data).filled({"x": "甲"})


# ── the file ──


def test_a_file_is_a_sound_zip_in_a_fixed_order() -> None:
    parts = {"word/名.xml": "甲乙".encode() * 500, "_rels/.rels": b"<b/>", "[Content_Types].xml": b"<a/>"}
    changed = {"word/document.xml": b"x" * 9, "docProps/core.xml": "丙".encode() * 900}
    made = archive.Archive(parts).filled(changed)
    assert made == archive.Archive(dict(reversed(parts.items()))).filled(changed)
    assert unpacked(made) == parts | changed
    assert list(unpacked(made))[:2] == ["[Content_Types].xml", "_rels/.rels"]
    found = archive.read_back(made, changed)
    assert list(found) == list(unpacked(made)) and found["word/document.xml"] == b"x" * 9
    with pytest.raises(TemplateError):
        archive.read_back(made, {"word/document.xml": b"y" * 9})
    with pytest.raises(TemplateError):
        archive.read_back(made, {"word/other.xml": b""})


def test_isal_and_zlib_make_the_same_parts() -> None:
    isal = pytest.importorskip("isal.isal_zlib", reason="no wheel of isal for this machine")
    data = "不予行政处罚决定书".encode() * 4000
    for deflate in (archive.by_zlib, lambda blob: bytes(isal.compress(blob, 1, -15))):
        made = archive.Archive({"[Content_Types].xml": b"<a/>"}, deflate).filled({"x.xml": data})
        assert unpacked(made)["x.xml"] == data
