"""The page and its paragraphs, as all documents share them (GB/T 9704—2012).

    paper = Paper(numbering="dashes")
    paper.draft_mark()
    paper.organ("{{org.name}}")
    paper.title("不予行政处罚决定书")
    paper.flush("当事人：{{party.name}}")
    with paper.each("e in evidence"):
        paper.text("{{e.no}}.{{e.name}}")
    with paper.when("statement"):
        paper.text("当事人提出陈述、申辩：{{statement}}。")
    with paper.otherwise():
        ...
    paper.signature("{{org.name}}（印章）", "{{doc.date}}")

Every call makes one paragraph of one run, so that no tag is ever split. Tags that stand alone in a paragraph (`when`,
`each`) vanish with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Twips

from tools.templates.charts import Chart, placed
from tools.templates.paragraphs import BELOW, fitting, framed, lettered, made_paragraph
from tools.templates.saving import saved
from tools.templates.seam import seam_mark
from tools.templates.styles import CHARACTER, HEI, LETTER_STYLES, STYLES, W, replaced, settings
from tools.templates.tables import Table

Numbering = Literal["dashes", "official", "letter", "sheets", "signed", "none"]
SEALED = "（印章）"
_DASHED = ("dashes", "official", "letter")
MARGINS = {"top": 2098, "bottom": 1984, "left": 1588, "right": 1474}  # 37, 35, 28, 26 mm
WIDTH = 11906 - MARGINS["left"] - MARGINS["right"]
# Lines only: LibreOffice gives a character wider than the grid's pitch two cells. Twenty-eight characters to the line
# come from the style (`styles.TIGHT`), in Word, WPS and LibreOffice alike.
GRID = f'<w:docGrid {W} w:type="lines" w:linePitch="580"/>'


class Paper:
    """A document template in the making. `numbering`: `— 1 —` of decisions and letters, of 公文 (`official`: GB/T 9704
    leaves no place for a seam mark), of a 信函 (`letter`: none on its first page), 第×页 共×页 of records, the same
    after a line on which the `signer`, whoever was talked to, signs every page, or none."""

    def __init__(self, numbering: Numbering = "dashes", signer: str = "被约谈人") -> None:
        self._word = Document()
        self._numbering, self._signer = numbering, signer
        replaced(self._word.styles.element, LETTER_STYLES if numbering == "letter" else STYLES)
        replaced(self._word.settings.element, settings(numbering in _DASHED))
        self._page()

    # ── paragraphs ──

    def paragraph(self, style: str, text: str) -> None:
        """One paragraph, one run. Style names are those of `styles.PARAGRAPHS`."""
        body = self._word.element.body
        body.insert(len(body) - 1, made_paragraph(style, text))

    def organ(self, text: str = "{{org.name}}") -> None:
        """The organ's name as the first line of the title."""
        self.paragraph("Organ", text)

    def letter_head(self, number: str) -> None:
        """The red head of a 信函 with its number (GB/T 9704—2012, 10.1); the title follows."""
        self.paragraph("LetterMark", "{{org.name}}")
        self.paragraph("LetterNumber", number)

    def title(self, text: str) -> None:
        self.paragraph("DocumentTitle", text)

    def number(self, text: str) -> None:
        """The line of the 文号, right."""
        self.paragraph("DocumentNumber", text)

    def text(self, text: str, held: bool = False) -> None:
        """Body text, indented two characters; `held` keeps it on the page of what follows."""
        self.paragraph("Held" if held else "Body", text)

    def labelled(self, name: str, text: str) -> None:
        """出席：… with its label in 黑体 (GB/T 9704 10.3); two runs, each whole."""
        body = self._word.element.body
        paragraph = made_paragraph("Body", text)
        paragraph.insert(1, lettered(made_paragraph("Body", name).find(qn("w:r")), HEI))
        body.insert(len(body) - 1, paragraph)

    def flush(self, text: str) -> None:
        """Body text without indent."""
        self.paragraph("Flush", text)

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        self.paragraph("Heading", text)

    def before_table(self, text: str) -> None:
        """A small line above a form."""
        self.paragraph("Before", text)

    def hand(self, *lines: str) -> None:
        """Lines for signatures, kept together and with the text above; never fields of the template."""
        self._hold()
        fitted = [piece for line in lines for piece in fitting(line)]
        for line in fitted[:-1]:
            self.paragraph("Hand", line)
        self.paragraph("HandLast", fitted[-1])

    def slip(self, *lines: str) -> None:
        """What is cut off and comes back: below a line, in one piece with what it answers."""
        self.paragraph("Cut", "— " * 19)
        self.paragraph("Slip", "回　　执")
        self.hand(*lines)

    def signature(self, organ: str, date: str) -> None:
        """Organ centred over the date, the date four characters from the right; both stay with the text above, whatever
        branch of the template that comes from (7.3.5.5). Where the organ's seal stands, its seam has a mark too."""
        if self._numbering == "dashes" and organ.endswith(SEALED):
            section = self._word.sections[0]
            section.different_first_page_header_footer = True
            _footer(section.first_page_footer, "Footer", "right", "— ", "PAGE", " —")
            seam_mark(section.header, section.even_page_header)
        self._hold()
        self.paragraph("Signature", organ)
        self.paragraph("SignatureDate", date)

    def note(self, text: str) -> None:
        """附注, never alone on a page."""
        self._hold()
        self.paragraph("Note", text)

    def draft_mark(self) -> None:
        """〔送审稿　审批代码：…〕 above the text of a draft. It lies in the margin: an issued page looks the same."""
        with self.when("doc.draft"):
            self.paragraph("DraftMark", "〔送审稿　审批代码：{{doc.code}}〕")

    def below(self) -> None:
        """（以下空白） after the last line of a record: nothing can be added to it."""
        self._hold()
        self.text(BELOW, held=True)

    def table(self, *widths: int) -> Table:
        """A form of columns with these relative widths, across the whole text area."""
        body = self._word.element.body
        table = Table(widths, WIDTH)
        body.insert(len(body) - 1, table.element)
        return table

    def on_new_page(self, text: str) -> None:
        """A small line above a form that begins a page of its own (a stub, which stays with the bureau)."""
        self.before_table(text)
        body = self._word.element.body
        body[len(body) - 2].get_or_add_pPr().get_or_add_pageBreakBefore()

    def _hold(self) -> None:
        """Keep the text that stands last so far on the page of what follows, in each branch that may end here. Of a
        loop `each_held` does it."""
        within: list[str] = []
        wanted = True
        for block in reversed(list(self._word.element.body)[:-1]):
            if block.tag != qn("w:p"):
                return
            word = block.text.split()[1] if block.text.startswith("{%p ") else ""
            if word in ("endif", "endfor"):
                within.append(word)
            elif word in ("if", "for"):
                within.pop()
            wanted |= bool(word)
            if word or not wanted:
                continue
            if "endfor" not in within:
                block.get_or_add_pPr().get_or_add_keepNext()
            wanted = False
            if not within:
                return

    def chart(self, title: str, chart: Chart) -> None:
        """A native chart across the text area, its title below it; what it shows, rendering fills in. Where it would
        show nothing, a line says so."""
        body = self._word.element.body
        with self.when(chart.shows):
            paragraph = made_paragraph("Figure", "")
            paragraph.append(placed(self._word, WIDTH, title, chart))
            body.insert(len(body) - 1, paragraph)
            self.paragraph("FigureTitle", title)
        with self.otherwise():
            self.paragraph("FigureTitle", f"{title.split('（')[0]}：本期没有可以用图表示的数据。")

    def end_with_table(self) -> None:
        """Word wants a paragraph after a table that ends the document: one too small to make a page of its own."""
        self.paragraph("Last", "")

    # ── tags in paragraphs of their own ──

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Only if the condition holds."""
        self.tag(f"if {condition}")
        yield
        self.tag("endif")

    @contextmanager
    def otherwise(self, condition: str = "") -> Iterator[None]:
        """Directly after `when` or `otherwise`: else, or else-if."""
        body = self._word.element.body
        closing = body[len(body) - 2]
        if closing.text != "{%p endif %}":
            raise ValueError("otherwise() belongs directly after when()")
        body.remove(closing)
        self.tag(f"elif {condition}" if condition else "else")
        yield
        self.tag("endif")

    def each_held(self, items: str, *texts: str) -> None:
        """Body text for every `x in list`, the last one kept with what follows the list."""
        with self.each(items):
            for text in texts[:-1]:
                self.text(text)
            with self.when("loop.last"):
                self.text(texts[-1], held=True)
            with self.otherwise():
                self.text(texts[-1])

    @contextmanager
    def each(self, items: str) -> Iterator[None]:
        """For every `x in list`."""
        self.tag(f"for {items}")
        yield
        self.tag("endfor")

    def tag(self, text: str) -> None:
        """A tag that takes its whole paragraph with it."""
        self.paragraph("Normal", f"{{%p {text} %}}")

    def bytes(self) -> bytes:
        """The finished .docx, the same bytes each time."""
        return saved(self._word)

    # ── page ──

    def _page(self) -> None:
        section = self._word.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Twips(11906), Twips(16838)
        section.top_margin, section.bottom_margin = Twips(MARGINS["top"]), Twips(MARGINS["bottom"])
        section.left_margin, section.right_margin = Twips(MARGINS["left"]), Twips(MARGINS["right"])
        section.header_distance, section.footer_distance = Twips(851), Twips(1304)  # the number 7 mm below the text
        for grid in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(grid)
        section._sectPr.append(parse_xml(GRID))
        if self._numbering in _DASHED:
            _footer(section.footer, "Footer", "right", "— ", "PAGE", " —")
            _footer(section.even_page_footer, "Footer", "left", "— ", "PAGE", " —")
            if self._numbering == "letter":
                section.different_first_page_header_footer = True
                framed(section.first_page_footer, "LetterFoot")
        elif self._numbering == "sheets":
            _footer(section.footer, "FooterSmall", "center", "第", "PAGE", "页　共", "NUMPAGES", "页")
        elif self._numbering == "signed":
            signed = f"{self._signer}（签名）：{'_' * 16}　　第"
            _footer(section.footer, "FooterSmall", "center", signed, "PAGE", "页　共", "NUMPAGES", "页")


def _footer(footer: Any, style: str, side: str, *pieces: str) -> None:
    """A page number line of text and fields; right and left leave one character free (7.5)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    properties = paragraph.get_or_add_pPr()
    properties.style = style
    if side != "center":
        properties.append(parse_xml(f'<w:ind {W} w:{side}Chars="100" w:{side}="{CHARACTER}"/>'))
        properties.append(parse_xml(f'<w:jc {W} w:val="{side}"/>'))
    for piece in pieces:
        if piece.isascii() and piece.isalpha():
            field = parse_xml(f'<w:fldSimple {W} w:instr="{piece}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
            paragraph.append(field)
        else:
            paragraph.add_r().text = piece
