"""What `paperwork check` must see in a template, one damage after the other, each done to the bureau's own decision."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperwork import catalogue, checking, law, templates
from paperwork.checking import printable
from paperwork.errors import TemplateError
from paperwork.model import Problem
from paperwork.rendering.package import packed, unpacked

ROOT = Path(__file__).resolve().parent.parent
KIND = "no_penalty_decision"
MAIN, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
KNOWN = catalogue.load(ROOT)
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two kinds."""
    root = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "templates", root / "templates")
    for folder in (root / "templates" / "documents").iterdir():
        if folder.name not in (KIND, "advice_letter"):
            shutil.rmtree(folder)
    (root / "templates" / "clauses.toml").unlink()
    return root


@pytest.fixture
def damaged(office: Path) -> Iterator[Callable[[Callable[[Parts], None]], list[Problem]]]:
    """Damage the template, and say what is told of it."""
    path = office / "templates" / "documents" / KIND / "template.docx"
    whole = path.read_bytes()

    def told(damage: Callable[[Parts], None]) -> list[Problem]:
        parts = unpacked(whole)
        damage(parts)
        path.write_bytes(packed(parts))
        known = catalogue.load(office)
        return list(templates.problems_of(known, known.kinds[KIND]))

    yield told
    path.write_bytes(whole)


def swap(old: str, new: str, part: str = MAIN) -> Callable[[Parts], None]:
    def damage(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, old
        parts[part] = text.replace(old, new, 1).encode()

    return damage


def within(name: str, attributes: str = "") -> Callable[[Parts], None]:
    """The second half of the tag of the party's name lies in a hyperlink or a tracked change."""
    run = '<w:r><w:t>name}}</w:t></w:r>'
    end, begin = "</w:t></w:r>", '<w:r><w:t xml:space="preserve">'
    return swap("{{party.name}}", f"{{{{party.{end}<w:{name}{attributes}>{run}</w:{name}>{begin}")


def member(name: str, kind: str = "", blob: bytes = b"x") -> Callable[[Parts], None]:
    """One more part in the package."""

    def damage(parts: Parts) -> None:
        parts[name] = blob
        entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts[TYPES] = parts[TYPES].replace(b"</Types>", entry.encode())

    return damage


def linked(parts: Parts) -> None:
    relation = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        ' Target="https://example.invalid/" TargetMode="External"/></Relationships>'
    )
    parts[RELS] = parts[RELS].replace(b"</Relationships>", relation.encode())


def authored(parts: Parts) -> None:
    core = parts["docProps/core.xml"].decode()
    creator = '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">王某</dc:creator></cp:coreProperties>'
    parts["docProps/core.xml"] = re.sub(r"</cp:coreProperties>|/>\s*$", lambda m: creator if m[0][1] == "/" and m[0] != "/>" else f">{creator}", core, count=1).encode()  # fmt: skip


REVISED = ' w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'
DAMAGES: dict[str, tuple[Callable[[Parts], None], str, str]] = {
    "an unknown field, with what was meant": (swap("party.name", "party.nmae"), "E-TEMPLATE-NAME", "party.name"),
    "a tag across a tracked change": (within("ins", REVISED), "E-TEMPLATE-BROKEN", "修订"),
    "a change that nobody accepted": (within("ins", REVISED), "E-TEMPLATE-REVISION", "修订"),
    "a tag across a hyperlink": (within("hyperlink"), "E-TEMPLATE-BROKEN", "超链接"),
    "a tag with a bookmark in it": (
        swap("{{party.name}}", '{{party.</w:t></w:r><w:bookmarkStart w:id="9" w:name="b"/><w:r><w:t>name}}'),
        "E-TEMPLATE-BROKEN", "书签"),
    "full-width braces of an input method": (swap("{{party.name}}", "｛｛party.name｝｝"), "E-TEMPLATE-FULLWIDTH", "半角"),
    "a tag left open": (swap("{{party.name}}", "{{party.name"), "E-TEMPLATE-TAG", "}}"),
    "a block without an end": (swap("{%p endif %}", ""), "E-TEMPLATE-SYNTAX", "endif"),
    "an article that is not on file": (
        swap("当事人如不服本决定", "依照《中华人民共和国行政处罚法》第八百条，当事人如不服本决定"), "E-TEMPLATE-ARTICLE", "第八百条"),
    "a law that is not on file": (
        swap("当事人如不服本决定", "依照《没有这部法》第一条，当事人如不服本决定"), "E-TEMPLATE-ARTICLE", "没有这部法"),
    "macros": (member("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"), "E-TEMPLATE-MACRO", "docx"),
    "an external link": (linked, "E-TEMPLATE-LINK", "example.invalid"),
    "an embedded file": (member("word/embeddings/a.bin", "application/x"), "E-TEMPLATE-OBJECT", "嵌"),
    "who made it": (authored, "W-TEMPLATE-PERSON", "王某"),
    "custom properties": (
        member("docProps/custom.xml", "application/xml", b"<a><b/></a>"), "E-TEMPLATE-PERSON", "个人信息"),
    "margins": (swap('w:top="2098"', 'w:top="1440"'), "E-LAYOUT-PAGE", "37"),
    "the grid": (swap('w:line="579" w:lineRule="exact"', 'w:line="400" w:lineRule="exact"', "word/styles.xml"), "E-LAYOUT-GRID", "22"),
    "a font": (swap('w:eastAsia="方正小标宋简体"', 'w:eastAsia="隶书"', "word/styles.xml"), "E-LAYOUT-FONT", "小标宋"),
    "a size": (swap('<w:sz w:val="44"/>', '<w:sz w:val="36"/>', "word/styles.xml"), "E-LAYOUT-SIZE", "2号"),
    "numbering": (swap("当事人如不服本决定", "1、当事人如不服本决定"), "E-LAYOUT-NUMBERING", "1."),
    "page numbers": (
        lambda parts: parts.update({n: b.replace("— ".encode(), b"") for n, b in parts.items() if "footer" in n}),
        "E-LAYOUT-PAGENO", "— 1 —"),
    "a colour": (
        swap("{{party.name}}", '</w:t></w:r><w:r><w:rPr><w:color w:val="00FF00"/></w:rPr><w:t>{{party.name}}'), "E-LAYOUT-COLOUR", "黑色"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGES)
def test_every_damage_is_told_with_its_file_and_a_cure(
    what: str, damaged: Callable[[Callable[[Parts], None]], list[Problem]]
) -> None:
    damage, code, told = DAMAGES[what]
    problems = damaged(damage)
    found = [p for p in problems if p.code == code]
    assert found, [(p.code, p.what) for p in problems]
    assert any(told in p.where + p.what + p.advice for p in found), found
    assert all(p.where.startswith(f"templates/documents/{KIND}/template.docx") and p.advice for p in found)


def test_a_sound_template_has_none_of_them(damaged: Callable[[Callable[[Parts], None]], list[Problem]]) -> None:
    assert damaged(lambda parts: None) == []


def test_a_bad_template_stops_its_own_kind_alone(office: Path) -> None:
    path = office / "templates" / "documents" / KIND / "template.docx"
    whole = path.read_bytes()
    path.write_bytes(b"no zip")
    try:
        ready = templates.Templates(catalogue.load(office))
        assert ready["advice_letter"].data
        with pytest.raises(TemplateError, match="暂时不能制作"):
            ready[KIND]
    finally:
        path.write_bytes(whole)


# ── the shipped office ──


def test_a_new_office_has_nothing_to_be_told() -> None:
    """All of `check` but the examples, which have tests of their own."""
    assert [*catalogue.check_laws(KNOWN), *checking.kind_problems(KNOWN), *checking.unused_facts(KNOWN)] == []


def test_a_fact_that_nothing_uses_is_a_hint_until_it_is_used_or_kept_on_record(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "templates" / "facts.toml"
    text = path.read_text("utf-8")
    fact = '\n[weather]\nlabel = "天气"\ntype = "text"\n'

    def hints() -> list[str]:
        return [p.what for p in checking.unused_facts(catalogue.load(tmp_path))]

    path.write_text(text + fact, "utf-8")
    (told,) = hints()
    assert "天气" in told and "weather" in told
    path.write_text(text + fact + "on_record = true\n", "utf-8")
    assert hints() == []
    path.write_text(text + fact, "utf-8")
    kind = tmp_path / "templates" / "documents" / "advice_letter" / "kind.toml"
    told_by = re.sub(r"(?m)^if = .*\n", "", kind.read_text("utf-8"))
    kind.write_text(told_by.replace("\nfor = ", '\nif = ["weather given"]\nfor = ', 1), "utf-8")
    assert hints() == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("依照《行政处罚法》第三十三条第一款、第五十七条第一款第二项", []),
        ("《中华人民共和国行政处罚法》第三十三条和第三百条", ["《中华人民共和国行政处罚法》第三百条"]),
        ("《行政处罚法》第三十三条第九款", ["《行政处罚法》第三十三条第九款"]),
        ("《山西省优化营商环境条例》的规定", []),
        ("第一百条", []),
    ],
)
def test_typed_provisions_are_held_against_the_texts_on_file(text: str, wrong: list[str]) -> None:
    assert [typed for typed, _ in law.wrongly_typed(KNOWN.laws, text)] == wrong


def test_every_field_of_a_kind_can_be_named(office: Path) -> None:
    names = printable(KNOWN, KNOWN.kinds[KIND])
    assert {"party.name", "officers.name", "law.violated.citation", "measure.basis"} <= names
