"""The place of the 骑缝章: a line of marks at the outer right edge of every page but the first.

The first page has none, so that a paper of one page shows nothing; of several pages, fanned out, the edges with the
mark lie beside the first page's. Text in a frame of the header, never a picture of a seal.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

from tools.templates.styles import W

SEAM = "骑缝章"
_MARK = f"┆┆┆{SEAM}┆┆┆"
_FRAME = (
    '<w:framePr w:w="260" w:hRule="auto" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="11380" w:y="7000"/>'
)  # one character wide, five millimetres from the edge, in the middle of its height


def seam_mark(*headers: Any) -> None:
    """Give each header the mark; one character to a line."""
    for header in headers:
        header.is_linked_to_previous = False
        header._element[:] = [
            parse_xml(
                f'<w:p {W}><w:pPr><w:pStyle w:val="DraftMark"/>{_FRAME}<w:jc w:val="center"/></w:pPr>'
                f"<w:r><w:t>{_MARK}</w:t></w:r></w:p>"
            ),
            parse_xml(f'<w:p {W}><w:pPr><w:pStyle w:val="Last"/></w:pPr></w:p>'),
        ]
