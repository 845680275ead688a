"""What a clerk sees, as pictures: forms through LibreOffice, folders and slips as a page that chromium shoots."""

from __future__ import annotations

import base64
import html
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PdfWriter

from paperwork import cli

_WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
_SCALE = 1.5  # pixels a point
_STYLE = """
body { margin: 0; padding: 12px; background: #fff; font: 15px/1.55 'Noto Sans CJK SC', sans-serif; color: #222 }
.window { border: 1px solid #b8bec6; border-radius: 6px; overflow: hidden }
.bar { background: #eceff3; border-bottom: 1px solid #d5dae0; padding: 5px 12px; color: #444 }
pre { margin: 0; padding: 10px 14px; font: 14px/1.6 'Noto Sans CJK SC', sans-serif; white-space: pre-wrap }
.side { display: flex; gap: 12px } .side > .window { flex: 1 }
ul { list-style: none; margin: 0; padding: 8px 12px } ul ul { padding: 0 0 0 24px }
li::before { content: ''; display: inline-block; margin-right: 8px; border: 1px solid #999; vertical-align: -1px }
.folder::before { width: 16px; height: 11px; background: #f2cf6b; border-radius: 2px }
.sheet { position: relative; width: 1120px } .sheet img { display: block; width: 810px }
.note { position: absolute; left: 800px; width: 285px; padding: 6px 10px;
  background: #fff7dd; border: 1px solid #e0c46c }
.line { position: absolute; border-top: 2px dashed #d3a625 }
.file::before { width: 10px; height: 13px; background: #eaf1fb }
"""


Part = tuple[int, int, int, int]  # x, y, width, height in points, from the upper left corner


def taken(office: Path, work: Path) -> Iterator[tuple[str, bytes]]:
    """(name, PNG) of each picture of the guide, from an office in which the demonstration was played."""
    blanks = work / "blanks"
    code = cli.run(["--office", str(office), "forms", "案件登记表", "-o", str(blanks)])
    assert code == 0, code
    yield "空白表", _shot(_printed(blanks / "案件登记表.docx", work), (40, 30, 540, 420))
    yield "文件夹", _page(_folders(office), work, (820, 322))
    yield "回执", _page(_slip(office), work, (760, 580))
    (returned,) = (office / "inbox" / "退回").glob("*.docx")
    yield "退回", _page(_commented(_printed(returned, work), (40, 440, 540, 190)), work, (1150, 310))


def _printed(source: Path, work: Path) -> Path:
    """The first page of a Word file as PDF; comments stand in it as annotations."""
    profile = (work / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _WITH_NOTES]
    _run([*command, "--outdir", str(work), str(source)])
    return work / f"{source.stem}.pdf"


def _shot(pdf: Path, part: Part) -> bytes:
    x, y, wide, high = (str(round(number * _SCALE)) for number in part)
    cut = ["-x", x, "-y", y, "-W", wide, "-H", high]
    how = ["-png", "-r", str(72 * _SCALE), "-l", "1", "-singlefile", *cut]
    _run(["pdftoppm", *how, str(pdf), str(pdf.with_suffix(""))])
    return pdf.with_suffix(".png").read_bytes()


def _commented(pdf: Path, part: Part) -> str:
    """Part of the page with its comments beside it, as Word shows them: LibreOffice prints them as small icons only."""
    writer = PdfWriter(clone_from=pdf)
    page = writer.pages[0]
    top = float(page.mediabox.height) - part[1]
    notes = []
    for annotation in (reference.get_object() for reference in page.annotations or ()):
        if annotation.get("/Subtype") != "/Text":
            continue  # the window of a comment has no place of its own
        said, (left, _, _, upper) = annotation.get("/Contents"), annotation["/Rect"]
        if said and 0 < top - float(upper) < part[3]:
            notes.append((said, (float(left) - part[0]) * _SCALE, (top - float(upper) + 6) * _SCALE))
    page.pop("/Annots", None)
    bare = pdf.with_name("bare.pdf")
    writer.write(bare)
    picture = base64.b64encode(_shot(bare, part)).decode()
    beside = "".join(
        f"<div class=line style='left:{x:.0f}px;top:{y:.0f}px;width:{800 - x:.0f}px'></div>"
        f"<div class=note style='top:{y - 20:.0f}px'>{'<br>'.join(map(html.escape, said.splitlines()))}</div>"
        for said, x, y in notes
    )
    return f"<div class=sheet><img src='data:image/png;base64,{picture}'>{beside}</div>"


def _page(body: str, work: Path, size: tuple[int, int]) -> bytes:
    source, target = work / "page.html", work / "page.png"
    source.write_text(f"<meta charset=utf-8><style>{_STYLE}</style>{body}", "utf-8")
    shown = [f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", source.as_uri()]
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    _run(["chromium", *quiet, f"--user-data-dir={work / 'chromium'}", *shown])
    return target.read_bytes()


def _slip(office: Path) -> str:
    """The slip of the first form, up to the papers that are still missing."""
    (slip,) = (office / "inbox" / "回执").glob("案件登记表_星屿网咖_*.回执.txt")
    lines = slip.read_text("utf-8-sig").splitlines()
    shown = lines[: next(n for n, line in enumerate(lines) if line.startswith("案卷还缺")) + 3]
    return _window(slip.name, f"<pre>{html.escape(chr(10).join([*shown, '  …']))}</pre>")


def _folders(office: Path) -> str:
    inbox = office / "inbox"
    slips = sorted(path.name for path in (inbox / "回执").glob("*.txt"))
    left = _list(
        [
            ("审批", []),
            ("退回", sorted(path.name for path in (inbox / "退回").iterdir())),
            ("回执", [*slips[:2], "…"]),
        ]
    )
    (case,) = (office / "outbox").glob("*/*星屿网咖*")
    papers = sorted(path.name for path in case.glob("*.docx"))
    inside = [path.name for path in sorted(case.iterdir()) if path.is_dir()]
    right = _list([(name, []) for name in inside]) + _files(papers)
    windows = [("inbox", left), (case.name, right)]
    return "<div class=side>" + "".join(_window(title, body) for title, body in windows) + "</div>"


def _window(title: str, body: str) -> str:
    return f"<div class=window><div class=bar>{html.escape(title)}</div>{body}</div>"


def _list(folders: Sequence[tuple[str, Sequence[str]]]) -> str:
    rows = "".join(f"<li class=folder>{html.escape(name)}</li>{_files(files)}" for name, files in folders)
    return f"<ul>{rows}</ul>"


def _files(names: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li class=file>{html.escape(name)}</li>' for name in names)}</ul>" if names else ""


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)
