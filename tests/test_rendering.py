"""Promises of the rendering room: nothing is lost, nothing is left over, nothing is made up."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperwork.errors import TemplateError
from paperwork.rendering import BadCharacters, MissingFacts, check, needs, render
from paperwork.rendering.analysis import analysed
from paperwork.rendering.package import packed, parsed, unpacked
from paperwork.rendering.proof import prove_document, prove_values
from paperwork.rendering.wording import BEGIN, END
from paperwork.rendering.writing import BLANK

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def template(*paragraphs: str, header: str = "") -> bytes:
    """A template of these paragraphs, each one run."""
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if header:
        word.sections[0].header.paragraphs[0].text = header
    return bytes_of(word)


def raw_template(*paragraphs: str) -> bytes:
    """A template of these paragraphs, given as the XML within <w:p>."""
    word = Document()
    for xml in paragraphs:
        word.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    return bytes_of(word)


def bytes_of(word: Any) -> bytes:
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def with_part(document: bytes, name: str, change: Any) -> bytes:
    parts = unpacked(document)
    return packed({**parts, name: change(parts.get(name, b""))})


def texts(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


# ── values stand as they are ──

HOSTILE = [
    "A & B 公司",
    "<某某公司>有限",
    "面积 < 50 > 20",
    "\"双引号\" '单引号' “弯引号”",
    "{{ x }}",
    "{% if x %}{% endif %}",
    "{_{ x }_} {_% y %_}",
    "{# 注 #}",
    "]]> &amp; &#x4e00; <!-- 注释 --> <?pi?>",
    "𠮷野家 喆垚燚 㐂",
    "第一行\n第二行\n\n第四行",
    "甲\t乙\t丙",
    "　　全角空格　ＡＢＣ１２３｛｛全角｝｝",
    "  前后空格  ",
    "e\u0301 é \u200b\ufeff 👨‍👩‍👧 \u2028",
    "\ue000\uf8ff 私用区",
    "</w:t></w:r></w:p>",
    "长" * 5000,
    "None Nancy True 真",
    "",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_stands_letter_for_letter_and_nothing_after_it_is_lost(value: str) -> None:
    made = render(template("前{{ x }}后", "{{ x }}", "末段", header="页眉{{ x }}"), {"x": value})
    assert texts(made) == [f"前{value}后", value, "末段"]
    assert Document(io.BytesIO(made)).sections[0].header.paragraphs[0].text == f"页眉{value}"


def test_line_ends_of_any_system_become_one_line_break() -> None:
    assert texts(render(template("{{ x }}"), {"x": "一\r\n二\r三"})) == ["一\n二\n三"]


def _printable() -> st.SearchStrategy[str]:
    refused = {chr(code) for code in (*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)}
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=refused)
    letters = letters.filter(lambda one: ord(one) & 0xFFFE != 0xFFFE)
    texts = st.text(letters | st.sampled_from("\n\t{}%#<>&_"), max_size=40)
    return texts.filter(lambda text: not BLANK.search(text))  # a blank is no answer


FORM = template("{{ a }}：{{ b.c }}", "{%p for v in l %}", "〔{{ v }}〕", "{%p endfor %}", "末")


@settings(max_examples=150, deadline=None)
@given(_printable(), _printable(), st.lists(_printable(), max_size=3))
@example("{{", "}}", ["{%", "%}"])
@example("None", "nan", ["True"])
def test_any_printable_text_is_found_again(first: str, second: str, listed: list[str]) -> None:
    made = render(FORM, {"a": first, "b": {"c": second}, "l": listed})
    assert texts(made) == [f"{first}：{second}", *(f"〔{value}〕" for value in listed), "末"]


def test_white_space_at_the_edges_is_kept_by_word() -> None:
    word = Document(io.BytesIO(render(template("{{ x }}"), {"x": " 甲 "})))
    [text] = word.element.body.iter(f"{{{W[9:-1]}}}t")
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_value_in_a_table_row_per_item_stands_in_its_cell() -> None:
    word = Document()
    table = word.add_table(rows=4, cols=2)
    for row, cells in enumerate(
        (("栏", "目"), ("{%tr for o in l %}", ""), ("{{ o.a }}", "{{ o.b }}"), ("{%tr endfor %}", ""))
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    made = Document(io.BytesIO(render(bytes_of(word), {"l": [{"a": "<1>", "b": "&\n2"}, {"a": "3", "b": "4"}]})))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["栏", "目"],
        ["<1>", "&\n2"],
        ["3", "4"],
    ]


def test_a_field_named_like_a_method_is_a_field() -> None:
    context = {"correct": {"items": "撤下标志", "copy": "一份"}}
    assert texts(render(template("{{ correct.items }}{{ correct.copy }}"), context)) == ["撤下标志一份"]


# ── characters that no document can carry ──


@pytest.mark.parametrize(
    "bad", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ud800", "\ufdd0", "\ufffe", "\U0001ffff"]
)
def test_a_character_no_document_can_carry_is_named_with_its_place(bad: str) -> None:
    context = {"party": {"name": f"甲{bad}乙"}, "officers": [{"name": "好"}, {"name": bad * 2}], "x": "甲"}
    with pytest.raises(BadCharacters) as refusal:
        render(template("{{ x }}"), context)
    code = f"U+{ord(bad):04X}"
    assert refusal.value.places == {"party.name": (code,), "officers[2].name": (code,)}
    assert code in str(refusal.value)


def test_bad_characters_are_told_before_missing_facts() -> None:
    with pytest.raises(BadCharacters):
        render(template("{{ y }}"), {"x": "\x07"})


# ── what is missing ──


def test_all_missing_facts_are_told_at_once() -> None:
    form = template(
        "{{ a }}{{ b.c }}{% for x in d %}{{ x }}{% endfor %}",
        "{{ e|join('、') }}{{ f|upper }}{{ l[0].n }}{{ l[3] }}{% for i in l %}{{ i.n }}{% endfor %}",
        "{{ g ~ '' }}{{ h.i.j }}",
        header="{{ k.head }}",
    )
    with pytest.raises(MissingFacts) as refusal:
        render(form, {"b": {}, "l": [{"n": "有"}, {}]})
    expected = ("a", "b.c", "d", "e", "f", "l[4]", "l[2].n", "g", "h.i.j", "k.head")
    assert refusal.value.names == expected
    assert all(name in str(refusal.value) for name in expected)


def test_a_name_that_is_only_tested_may_be_missing() -> None:
    form = template(
        "{% if a %}1{% endif %}{% if b.c.d %}2{% endif %}{% if e is defined %}3{% endif %}"
        "{% if f == '甲' %}4{% endif %}{% if '甲' in g %}5{% endif %}{% if not h %}6{% endif %}"
        "{{ i or '7' }}{{ j|default('8') }}"
    )
    assert texts(render(form, {})) == ["678"]


@pytest.mark.parametrize(
    "tag", ["{{ none }}", "{{ x }}", "{{ flag }}", "{{ l }}", "{{ g }}", "{{ nan }}", "{{ x ~ '' }}", "{{ l|join }}"]
)
def test_what_is_no_answer_is_never_printed(tag: str) -> None:
    context = {"x": None, "flag": True, "l": [None, False], "g": {"h": "甲"}, "nan": float("nan")}
    with pytest.raises(TemplateError, match="甲方"):
        render(template(f"甲方{tag}"), context)


# ── blanks ──


@pytest.mark.parametrize("blank", ["____", "电话：______", "　　年　　月　　日", "__年__月__日", " 年 月 日", "＿＿＿"])
def test_a_blank_is_no_answer(blank: str) -> None:
    with pytest.raises(MissingFacts) as refusal:
        render(template("{{ party.phone }}{{ x }}"), {"party": {"phone": blank}, "x": "甲"})
    assert refusal.value.names == ("party.phone",)


@pytest.mark.parametrize("text", ["a_b__c", "2026 年 7 月 8 日", "多年 月日", "2026年7月8日", "_ 下划线"])
def test_what_only_resembles_a_blank_is_printed(text: str) -> None:
    assert texts(render(template("{{ x }}"), {"x": text})) == [text]


def test_an_issued_paper_leaves_open_only_what_is_marked_for_the_hand() -> None:
    form = template("签名：____　____年__月__日", "{{ x }}　　年　　月　　日")
    draft, issued = {"x": "甲", "doc": {"draft": True}}, {"x": "甲", "doc": {"draft": False}}
    assert "____年__月__日" in texts(render(form, draft))[0]
    with pytest.raises(TemplateError, match="没有填写的空白"):
        render(form, issued)
    assert render(template("签名：____　____年__月__日", "{{ x }}"), issued)


# ── templates that are not sound ──

TRACKED = (
    run("前文")
    + run("{{ pa")
    + '<w:ins w:id="1" w:author="某" w:date="2026-01-01T00:00:00Z">'
    + run("rty }}")
    + "</w:ins>",
    run("后文"),
)


def test_a_tag_broken_by_a_tracked_change_is_refused_with_its_place() -> None:
    form = raw_template(*TRACKED)
    with pytest.raises(TemplateError, match=r"修订（插入）.*前文"):
        render(form, {"party": "甲"})
    assert {"E-TEMPLATE-BROKEN", "E-TEMPLATE-REVISION"} <= {problem.code for problem in check(form, ["party"])}


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (run("{{ pa") + f'<w:hyperlink w:anchor="x">{run("rty")}</w:hyperlink>' + run(" }}"), "超链接"),
        (run("{{ pa") + '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>' + run("rty }}"), "书签"),
        (run("{{ party"), "没有写完整"),
        (run("party }}"), "没有写完整"),
        (run("｛｛ party ｝｝"), "全角"),
        (run("｛% if party %｝"), "全角"),
        (run("{{ party|default（'无'） }}"), "全角标点"),
        (run("{% if party %}甲"), "没有写结束标记"),
        (run("{% endif %}甲"), "多余的标记"),
        (run("{{ party party }}"), "写法有误"),
    ],
)
def test_a_badly_written_tag_is_refused_with_its_place(inner: str, told: str) -> None:
    form = raw_template(run("前文") + inner)
    with pytest.raises(TemplateError, match=told):
        render(form, {"party": "甲"})
    [problem, *_] = check(form, ["party"])
    assert told in problem.what and "前文" in problem.where and problem.advice


def test_a_tag_that_word_split_over_runs_is_one_tag() -> None:
    form = raw_template(run("甲{") + run("{ par") + '<w:proofErr w:type="spellStart"/>' + run("ty }") + run("}乙"))
    assert texts(render(form, {"party": "丙"}))[0] == "甲丙乙"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x['__class__'] }}",
        "{{ x.upper() }}",
        "{{ (x|list).append('a') }}",
        "{{ x|attr('__class__') }}",
        "{{ x|safe }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include 'x' %}",
        "{% macro f() %}{% endmacro %}",
        "{% set y %}{{ x }}{% endset %}",
        "{% filter upper %}{{ x }}{% endfilter %}",
    ],
)
def test_an_escape_from_the_sandbox_is_refused(tag: str) -> None:
    form = template(tag)
    with pytest.raises(TemplateError):
        render(form, {"x": "甲"})
    assert check(form, ["x"])


def test_a_method_is_no_field_even_when_the_check_is_passed_by() -> None:
    with pytest.raises(MissingFacts) as refusal:
        render(template("{{ x.upper }}{{ x.format }}"), {"x": "甲"})
    assert refusal.value.names == ("upper", "format")


def test_tags_out_of_balance_with_the_paragraphs_are_refused_not_cut_off() -> None:
    word = Document()
    word.add_paragraph("甲{% if x %}")
    word.add_table(rows=1, cols=1).cell(0, 0).text = "乙{% endif %}丙"
    word.add_paragraph("丁")
    with pytest.raises(TemplateError, match="不完整"):
        render(bytes_of(word), {"x": False})


@pytest.mark.parametrize("data", [b"", b"PK", b"not a document", zipfile.ZipFile.__doc__.encode()])  # type: ignore[union-attr]
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError):
        render(data, {})
    assert [problem.code for problem in check(data, [])] == ["E-TEMPLATE-FILE"]


def _external(_: bytes) -> bytes:
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="https://example.invalid/a.dotm" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("word/vbaProject.bin", lambda _: b"macro", "E-TEMPLATE-MACRO"),
        ("word/embeddings/oleObject1.bin", lambda _: b"object", "E-TEMPLATE-OBJECT"),
        ("word/_rels/settings.xml.rels", _external, "E-TEMPLATE-LINK"),
    ],
)
def test_macros_objects_and_links_outwards_are_refused(part: str, change: Any, code: str) -> None:
    form = with_part(template("{{ x }}"), part, change)
    assert [problem.code for problem in check(form, ["x"])] == [code]
    with pytest.raises(TemplateError):
        render(form, {"x": "甲"})


def test_a_date_that_changes_with_the_day_of_opening_is_refused() -> None:
    form = raw_template('<w:fldSimple w:instr=" DATE ">' + run("今天") + "</w:fldSimple>")
    assert [problem.code for problem in check(form, [])] == ["E-TEMPLATE-FIELD"]


def test_two_parts_of_one_name_are_refused() -> None:
    target = io.BytesIO(template("甲"))
    with pytest.warns(UserWarning), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(TemplateError, match="同名"):
        render(target.getvalue(), {})


def test_xml_with_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    form = with_part(
        template("甲"), "word/document.xml", lambda blob: blob.replace(b"<w:document", bomb + b"<w:document", 1)
    )
    with pytest.raises(TemplateError, match="文档类型"):
        render(form, {})


# ── names ──


def test_needs_are_the_names_of_the_context_to_depth_two() -> None:
    form = template(
        "{{ case.act }}{% if doc.number %}{{ doc['number'] }}{% endif %}",
        "{% for o in officers %}{{ o.name }}{{ loop.index }}{% endfor %}{{ officers[0].cert_no }}",
        "{% for v in law.violated %}{{ v.text }}{% endfor %}",
        "{% set agreed = approvals|map(attribute='step')|list %}{% if '甲' in agreed %}{{ unit }}{% endif %}",
        header="{{ org.name }}",
    )
    assert needs(form) == {
        "case.act", "doc.number", "officers", "law.violated", "approvals", "unit", "org.name",
    }  # fmt: skip


def test_a_name_bound_by_for_is_local_only_there() -> None:
    assert needs(template("{% for a in b %}{{ a }}{% endfor %}{{ a.c }}")) == {"b", "a.c"}


def test_an_unknown_name_is_told_with_the_nearest_known_one() -> None:
    form = template("当事人：{{ party.nmae }}", "{% for o in officers %}{{ o.certno }}{% endfor %}", "{{ unit }}")
    problems = check(form, ["party.name", "officers", "officers.name", "officers.cert_no", "unit"])
    told = {problem.what: (problem.where, problem.advice) for problem in problems}
    assert set(told) == {"没有名为 party.nmae 的事实", "没有名为 officers.certno 的事实"}
    where, advice = told["没有名为 party.nmae 的事实"]
    assert "当事人" in where and "party.name" in advice
    assert "officers.cert_no" in told["没有名为 officers.certno 的事实"][1]


def test_a_sound_template_has_no_problems() -> None:
    assert (
        check(template("{{ party.name }}{% if agent %}{{ agent.name }}{% endif %}"), ["party.name", "agent.name"]) == ()
    )


# ── the same bytes, and nothing of the machine ──


def test_the_same_input_makes_the_same_bytes() -> None:
    context = {"x": "甲", "doc": {"title": "决定书", "date": "2026年7月8日"}, "org": {"name": "某局"}}
    form = template("{{ x }}", header="{{ x }}")
    first = render(form, context)
    analysed.cache_clear()
    assert render(form, dict(reversed(context.items()))) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_properties_come_from_the_context_alone() -> None:
    word = Document()
    word.core_properties.author = "某个职员"
    word.add_paragraph("甲")
    context = {"doc": {"title": "A & B 决定书", "date": "2026年7月8日"}, "org": {"name": "某<局>"}}
    made = Document(io.BytesIO(render(bytes_of(word), context))).core_properties
    assert (made.title, made.author, made.last_modified_by) == ("A & B 决定书", "某<局>", "某<局>")
    assert made.created is not None and made.created.date().isoformat() == "2026-07-08"
    bare = Document(io.BytesIO(render(bytes_of(word), {}))).core_properties
    assert (bare.title, bare.author) == ("", "")
    assert "某个职员".encode() not in b"".join(unpacked(render(bytes_of(word), {})).values())


def test_the_context_is_left_as_it_was() -> None:
    context = {"x": "甲", "l": [{"a": "乙"}]}
    render(template("{{ x }}{% set l = 1 %}{% for i in l2 or [] %}{% endfor %}"), context)
    assert context == {"x": "甲", "l": [{"a": "乙"}]}


# ── the proof itself can fail ──


def _tree(text: str) -> Any:
    return parsed(f"<w:document {W}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>".encode(), "x")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (f"{BEGIN}甲{END}", ("乙",)),
        (f"{BEGIN}甲{END}", ("甲", "乙")),
        (f"{BEGIN}甲{END}{BEGIN}乙{END}", ("甲",)),
        (f"{BEGIN}甲", ("甲",)),
        (f"{BEGIN}甲{END}{{{{ x }}}}", ("甲",)),
        (f"{BEGIN}甲{END}｝｝", ("甲",)),
    ],
)
def test_a_lost_changed_or_left_over_text_is_found_by_the_proof(text: str, printed: tuple[str, ...]) -> None:
    with pytest.raises(TemplateError):
        prove_values("x", _tree(text), printed)
    prove_values("x", _tree(f"{BEGIN}甲{END}"), ("甲",))


def test_a_finished_file_that_differs_is_found_by_the_proof() -> None:
    made = render(template("甲"), {})
    parts = unpacked(made)
    text = "".join(parsed(parts["word/document.xml"], "x").itertext())
    prove_document(made, parts, {"word/document.xml": text})
    with pytest.raises(TemplateError, match="不一致"):
        prove_document(made, parts, {"word/document.xml": text + "乙"})
    with pytest.raises(TemplateError, match="部件"):
        prove_document(packed({name: blob for name, blob in parts.items() if "styles" not in name}), parts, {})
    broken = {**parts, "word/styles.xml": b"<w:styles"}
    with pytest.raises(TemplateError, match="XML"):
        prove_document(packed(broken), broken, {})


def test_every_part_of_the_result_is_strict_xml_and_named_once() -> None:
    made = render(
        template("{{ x }}", header="{{ x }}"), {"x": "".join(random.Random(7).sample(HOSTILE[0] + "<>&'\"", 9))}
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        for name in names:
            if name.endswith((".xml", ".rels")):
                parsed(archive.read(name), name)


def test_no_character_of_the_marks_is_left() -> None:
    for name, blob in unpacked(render(template("{{ x }}"), {"x": "甲"})).items():
        if name.endswith(".xml"):
            assert not any(unicodedata.category(one) == "Cn" for one in blob.decode())


def test_no_page_of_the_room_stands_in_the_place_of_what_it_offers() -> None:
    import pkgutil

    from paperwork import rendering

    assert not {module.name for module in pkgutil.iter_modules(rendering.__path__)} & set(rendering.__all__)
