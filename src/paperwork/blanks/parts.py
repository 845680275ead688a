"""The parts of a Word file that are the same in every blank, and the packing of them: same parts, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
BODY_FONT, BODY_ALT = "仿宋_GB2312", "仿宋"
TITLE_FONT, TITLE_ALT = "方正小标宋简体", "宋体"
HEAD_FONT = "黑体"
_ENOUGH = 1980, 1, 1, 0, 0, 0  # the earliest time that a zip can hold


def packed(parts: Mapping[str, str]) -> bytes:
    """The parts as one zip, in the given order, without clock and without trace of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _ENOUGH)
            info.create_system = 3  # zipfile would write the system it runs on
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return out.getvalue()


def surroundings(title: str, form: str, version: int) -> dict[str, str]:
    """Everything around `word/document.xml`. Form and version stand as document properties and in the footer."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _fonts(),
        "word/settings.xml": _settings(),
        "word/footer1.xml": _footer(form, version),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": _custom(form, version),
    }


def _content_types() -> str:
    overrides = {
        "word/document.xml": f"{_TYPE}.document.main+xml",
        "word/styles.xml": f"{_TYPE}.styles+xml",
        "word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "word/settings.xml": f"{_TYPE}.settings+xml",
        "word/footer1.xml": f"{_TYPE}.footer+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    rows = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{_PKG}/content-types">{relations}{xml}{rows}</Types>'


def _relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PKG}/relationships">{rows}</Relationships>'


def _root_relations() -> str:
    return _relations(
        {
            "word/document.xml": f"{_R}/officeDocument",
            "docProps/core.xml": f"{_PKG}/relationships/metadata/core-properties",
            "docProps/app.xml": f"{_R}/extended-properties",
            "docProps/custom.xml": f"{_R}/custom-properties",
        }
    )


def _document_relations() -> str:
    names = {"styles.xml": "styles", "fontTable.xml": "fontTable", "settings.xml": "settings", "footer1.xml": "footer"}
    return _relations({target: f"{_R}/{name}" for target, name in names.items()})


def _styles() -> str:
    plain = _fonts_of(BODY_FONT) + '<w:kern w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{plain}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    line = '<w:spacing w:before="{0}" w:after="{1}" w:line="{2}" w:lineRule="exact"/>'
    grey = '<w:color w:val="7F7F7F"/>'
    styles = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        _style(
            "Title", "Title", line.format(0, 160, 560) + '<w:jc w:val="center"/>', _fonts_of(TITLE_FONT) + _size(40)
        ),
        _style("Intro", "Form Intro", line.format(0, 120, 320) + '<w:ind w:firstLine="420"/>', _size(21)),
        _style(
            "Heading1",
            "heading 1",
            "<w:keepNext/>" + line.format(200, 80, 360) + '<w:outlineLvl w:val="0"/>',
            _fonts_of(HEAD_FONT) + _size(24),
        ),
        _style("Cell", "Form Cell", '<w:spacing w:before="30" w:after="30"/>', _size(21)),
        _style("SmallCell", "Form Cell Small", '<w:spacing w:before="30" w:after="30"/>', _size(18)),
        _style("HintText", "Form Hint Text", '<w:spacing w:line="200" w:lineRule="exact"/>', grey + _size(16)),
        _style("Gap", "Form Gap", line.format(0, 0, 120), _size(8)),
        _style("Footer", "footer", '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>', grey + _size(18)),
        _style("PlaceholderText", "Placeholder Text", "", grey, kind="character"),
        _style("Hint", "Form Hint", "", grey + _size(18), kind="character"),
        _style("Required", "Form Required", "", '<w:color w:val="C00000"/>', kind="character"),
    ]
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(styles)}</w:styles>"


def _style(identity: str, name: str, paragraph: str, run: str, *, kind: str = "paragraph") -> str:
    p = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    head = f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/><w:qFormat/>'
    return f"{head}{p}<w:rPr>{run}</w:rPr></w:style>"


def _fonts_of(name: str) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" w:cs="Times New Roman"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _fonts() -> str:
    # altName is what Word takes when the first font is not on the machine
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in ((BODY_FONT, BODY_ALT), (TITLE_FONT, TITLE_ALT))
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{rows}</w:fonts>"


def _settings() -> str:
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return f"{HEAD}<w:settings {NAMESPACES}><w:compat>{mode}</w:compat></w:settings>"


def _footer(form: str, version: int) -> str:
    def counted(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def said(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    words = said(f"表单：{form} 第{version}版") + "<w:r><w:tab/></w:r>"
    pages = said("第 ") + counted("PAGE") + said(" 页  共 ") + counted("NUMPAGES") + said(" 页")
    return f'{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words}{pages}</w:p></w:ftr>'


def _core(title: str) -> str:
    spaces = (
        f'xmlns:cp="{_PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    day = 'xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z'
    days = "".join(f"<dcterms:{what} {day}</dcterms:{what}>" for what in ("created", "modified"))
    said = f"<dc:title>{escape(title)}</dc:title><dc:creator/>{days}"
    return f"{HEAD}<cp:coreProperties {spaces}>{said}</cp:coreProperties>"


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{space}"><Application>paperwork</Application></Properties>'


def _custom(form: str, version: int) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    given = (("paperwork_form", form), ("paperwork_form_version", str(version)))
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(given, 2)
    )
    return f'{HEAD}<Properties xmlns="{space}/custom-properties" xmlns:vt="{space}/docPropsVTypes">{rows}</Properties>'
