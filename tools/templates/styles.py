"""Fonts, styles and settings shared by all documents (GB/T 9704—2012, clauses 5.2 and 7; domain format tables).

Sizes: 2号 22 pt, 3号 16 pt, 4号 14 pt, 小四 12 pt. Each font is named officially and has fallbacks in the font table.
"""

from __future__ import annotations

from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SONG, TITLE, FANG, KAI, HEI = "宋体", "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
LATIN = "Times New Roman"
PITCH = 579  # twentieths of a point: 28.95 pt, 22 lines of 225 mm
CHARACTER = 316  # 15.793 pt, 28 characters of 156 mm
TIGHT = -5  # a quarter point closer: 28 characters of 16 pt in 156 mm
INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
# The date stands four characters from the right edge and is about seven wide (7.3.5.1): a strip of seventeen
# characters centred over it holds the organ's name above the date, whatever the length of either.
STRIP = f'<w:ind w:leftChars="1200" w:left="{12 * CHARACTER}" w:rightChars="-100" w:right="-{CHARACTER}"/>'

FALLBACKS = {
    FANG: "仿宋,FangSong,FandolFang R,STFangsong",
    KAI: "楷体,KaiTi,FandolKai,STKaiti",
    TITLE: "小标宋体,方正小标宋_GBK,Noto Serif CJK SC,SimSun",
    HEI: "SimHei,FandolHei,Noto Sans CJK SC",
    SONG: "SimSun,Noto Serif CJK SC,FandolSong",
}


def _style(name: str, title: str, paragraph: str = "", run: str = "", based: str = "Normal") -> str:
    default = ' w:default="1"' if name == "Normal" else ""
    base = "" if name == "Normal" else f'<w:basedOn w:val="{based}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{title}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _font(east: str, half_points: int = 0, latin: str = LATIN) -> str:
    tight = f'<w:spacing w:val="{TIGHT}"/>' if half_points == 32 else '<w:spacing w:val="0"/>' if half_points else ""
    size = f'{tight}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}" w:hint="eastAsia"/>{size}'


_RED = '<w:color w:val="FF0000"/>'


def _lines(pitch: int, rule: str = "exact", before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{pitch}" w:lineRule="{rule}"/>'


_SMALL = '<w:snapToGrid w:val="0"/>' + _lines(340, "atLeast", 20, 20) + '<w:ind w:firstLine="0"/>'

FRAMES = {
    style: f'<w:framePr {W} w:w="8844" w:h="{high}" w:hRule="exact" w:wrap="around" w:vAnchor="page"'
    f' w:hAnchor="margin" w:x="1" w:y="{y}"/>'
    for style, high, y in (("Imprint", 760, 14100), ("DraftMark", 360, 1361))
}
FRAMES |= {
    style: f'<w:framePr {W} w:w="9638" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="{y}"/>'
    for style, y in (("LetterMark", 1644), ("LetterFoot", 15430))
}
"""What stands at a place of the page, whatever is around it. Each such paragraph says so itself: LibreOffice does not
look for a frame in a style."""

PARAGRAPHS = "".join(
    [
        _style(
            "Normal",
            "Normal",
            f'<w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{_lines(PITCH)}<w:jc w:val="both"/>',
            _font(FANG, 32),
        ),
        _style("Organ", "机关名称", f'<w:keepNext/>{_lines(700)}<w:jc w:val="center"/>', _font(TITLE, 44)),
        _style("DocumentTitle", "文书标题", f'<w:keepNext/>{_lines(700)}<w:jc w:val="center"/>', _font(TITLE, 44)),
        _style("DocumentNumber", "文号", f'{_lines(PITCH, before=PITCH // 2, after=PITCH // 2)}<w:jc w:val="right"/>'),
        _style("Flush", "平排正文", '<w:jc w:val="left"/>'),
        _style("FlushHeld", "平排正文（与下段同页）", "<w:keepNext/>", based="Flush"),
        _style("Body", "公文正文", INDENT),
        _style("Held", "公文正文（与下段同页）", "<w:keepNext/>", based="Body"),
        _style("Heading", "一级标题", "<w:keepNext/>", _font(HEI), based="Body"),
        _style("Level2", "二级标题", "<w:keepNext/>", _font(KAI), based="Body"),
        _style("Mark", "发文机关标志", f'{_lines(900, after=PITCH)}<w:jc w:val="center"/>', _RED + _font(TITLE, 62)),
        _style(
            "MarkNumber",
            "发文字号与签发人",
            f'<w:tabs><w:tab w:val="right" w:pos="{27 * CHARACTER}"/></w:tabs>{_lines(PITCH, before=PITCH)}'
            f'<w:ind w:left="{CHARACTER}"/><w:jc w:val="left"/>',
        ),
        # The line is as wide as the text (7.2.7), so it belongs to a paragraph without indents.
        _style(
            "AfterLine",
            "红线以下",
            '<w:pBdr><w:top w:val="single" w:sz="12" w:space="0" w:color="FF0000"/></w:pBdr>'
            f"{_lines(PITCH, before=227)}",
        ),
        _style("Figure", "图", f'<w:keepNext/><w:snapToGrid w:val="0"/>{_lines(240, "auto")}<w:jc w:val="center"/>'),
        _style("FigureTitle", "图题", f'{_lines(440, after=120)}<w:jc w:val="center"/>', _font(FANG, 24)),
        _style("Attachment", "附件", '<w:pageBreakBefore/><w:keepNext/><w:jc w:val="left"/>', _font(HEI)),
        _style(
            "Imprint",
            "版记",
            '<w:keepLines/><w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="000000"/>'
            '<w:bottom w:val="single" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
            f'<w:tabs><w:tab w:val="right" w:pos="{27 * CHARACTER}"/></w:tabs>{_lines(PITCH)}'
            f'<w:ind w:left="{CHARACTER}" w:right="{CHARACTER}"/><w:jc w:val="left"/>',
            _font(FANG, 28),
        ),
        _style("Signature", "署名", f'<w:keepNext/>{_lines(PITCH, before=2 * PITCH)}{STRIP}<w:jc w:val="center"/>'),
        _style("SignatureDate", "成文日期", f'<w:keepNext/>{STRIP}<w:jc w:val="center"/>'),
        _style("Note", "附注", f"{_lines(PITCH, before=PITCH // 2)}{INDENT}"),
        _style("Cut", "裁切线", f'<w:keepNext/>{_lines(PITCH, before=PITCH)}<w:jc w:val="center"/>'),
        _style("Slip", "回执标题", f'<w:keepNext/>{_lines(PITCH)}<w:jc w:val="center"/>'),
        _style("Hand", "签名行", f"<w:keepNext/>{_lines(PITCH)}"),
        _style("HandLast", "签名行（末行）"),
        _style("Cell", "表格文字", _SMALL + '<w:jc w:val="left"/>', _font(FANG, 24)),
        _style("CellHeld", "表格文字（与下段同页）", "<w:keepNext/>", based="Cell"),
        _style("CellLabel", "表格栏目", '<w:jc w:val="center"/>', based="Cell"),
        _style("CellHead", "表头", '<w:keepNext/><w:jc w:val="center"/>', _font(HEI), based="Cell"),
        _style(
            "CellRight",
            "表格签名",
            f'<w:keepNext/>{_lines(340, "atLeast", 360, 40)}<w:jc w:val="right"/>',
            based="Cell",
        ),
        _style("Last", "表后", f'<w:snapToGrid w:val="0"/>{_lines(20)}', '<w:sz w:val="2"/>'),
        _style(
            "Before",
            "表前说明",
            f'<w:keepNext/><w:snapToGrid w:val="0"/>{_lines(440, after=60)}<w:jc w:val="left"/>',
            _font(FANG, 24),
        ),
        _style(
            "DraftMark",
            "送审标记",
            f'<w:snapToGrid w:val="0"/>{_lines(300)}<w:jc w:val="right"/>',
            _font(KAI, 21),
        ),
        _style(
            "Footer", "footer", f'<w:snapToGrid w:val="0"/>{_lines(320)}<w:jc w:val="center"/>', _font(SONG, 28, SONG)
        ),
        _style("FooterSmall", "页脚（记录）", "", _font(SONG, 21, SONG), based="Footer"),
    ]
)

STYLES = (
    f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{_font(FANG, 32)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    f"{PARAGRAPHS}"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    "</w:styles>"
)


# 信函式 (10.1): the mark's letters begin 30 mm below the edge, its double line 4 mm below them; the other double
# line lies 20 mm above the lower edge, both 170 mm wide. The number stands right below the upper one.
LETTER_STYLES = STYLES.replace(
    "</w:styles>",
    _style(
        "LetterMark",
        "信函式发文机关标志",
        '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="FF0000"/></w:pBdr>'
        f'{_lines(720)}<w:jc w:val="center"/>',
        _RED + _font(TITLE, 62),
    )
    + _style(
        "LetterFoot",
        "信函式下双线",
        '<w:snapToGrid w:val="0"/>'
        '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="FF0000"/></w:pBdr>'
        f"{_lines(240)}",
        '<w:sz w:val="2"/>',
    )
    + _style("LetterNumber", "信函式文号", f'{_lines(PITCH, before=280, after=PITCH)}<w:jc w:val="right"/>')
    + "</w:styles>",
)


def settings(odd_and_even: bool) -> str:
    """`settings.xml`: odd and even footers where wanted, no compatibility oddities."""
    footers = "<w:evenAndOddHeaders/>" if odd_and_even else ""
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/>{footers}<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table() -> bytes:
    """`fontTable.xml`: what may stand in where an official font is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {W}>{fonts}</w:fonts>'.encode()


def replaced(element: object, xml: str) -> None:
    """Give an element of python-docx the content of another."""
    element[:] = list(parse_xml(xml))  # type: ignore[index]
