"""A PDF beside every issued document: a second durable step, after the Word file is filed and never in its way.

What is owed is seen on the disk: an issued document whose PDF does not lie in `PDF/`. So a kill at any point, or an
engine installed later, needs no bookkeeping: whoever looks next makes what is not there yet.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from paperwork import durable, filing, pdf
from paperwork.errors import MachineError
from paperwork.model import Document, Json, Problem
from paperwork.office import Office

FOLDER = "PDF"
TOLD = "printouts.json"  # below .paperwork: what `status` and `doctor` say of the PDFs
SPOOL = "spool"  # below .paperwork: LibreOffice's own folder
KEPT = ("issued", "replaced")


def place(path: str) -> str:
    """Where the PDF of a filed document lies, both relative to the office: in `PDF/` beside it."""
    word = PurePosixPath(path)
    return (word.parent / FOLDER / f"{word.stem}.pdf").as_posix()


def owed(office: Office) -> Iterator[Document]:
    """Issued documents that have no PDF yet, in the ledger's order. A living file (卷内目录) has none of its own."""
    for document, _ in office.ledger.documents():
        if document.state in KEPT and document.sha256 and not (office.root / place(document.path)).is_file():
            yield document


def told(root: Path) -> Iterator[Problem]:
    """What the office should know of its PDFs: papers that could not be printed, characters that another font printed.

    `root` is the office's; nothing else of it needs to be open.
    """
    known = _known(root / ".paperwork")
    for path, why in sorted(known["failed"].items()):
        if (root / path).is_file() and not (root / place(path)).is_file():
            advice = "改正以后重新启动 paperwork watch，或者运行 paperwork watch --once，会再印一次；Word 文件不受影响"
            yield Problem("W-PDF", path, f"这份文书没有印成 PDF：{why}", advice)
    by_other = {path: signs for path, signs in known["replaced"].items() if (root / place(path)).is_file()}
    if by_other:
        signs = "".join(dict.fromkeys(sign for signs in by_other.values() for sign in signs))
        what = f"本机的仿宋没有「{signs}」，{len(by_other)}份 PDF 里这些字是用别的字体印的"
        yield Problem("W-PDF-FONT", min(by_other), what, "请看一看这些文书里的姓名；装上字符齐全的仿宋就不再代替")


def _known(private: Path) -> dict[str, dict[str, str]]:
    """{"failed": {path: why}, "replaced": {path: characters}}; nothing where none was ever printed."""
    read: Json = {}
    with contextlib.suppress(OSError, ValueError):
        read = json.loads((private / TOLD).read_text("utf-8"))
    return {name: {**read.get(name, {})} if isinstance(read, dict) else {} for name in ("failed", "replaced")}


class Printouts:
    """Makes the PDFs that an office owes, one at a time, as long as nothing else waits."""

    def __init__(self, office: Office, engine: Callable[[Path], pdf.Engine] = pdf.Engine) -> None:
        self._office, self._make = office, engine
        self._engine: pdf.Engine | None = None
        self._owed: deque[Document] | None = None
        self.failed: dict[str, str] = {}  # path of the Word file → why; not tried again before the next start

    @property
    def wanted(self) -> bool:
        return self._office.catalogue.settings.pdf

    def look_again(self, office: Office) -> None:
        """Something was filed meanwhile, or the office's settings changed."""
        self._office, self._owed = office, None

    def one(self) -> bool:
        """Make one PDF; False when none is owed. What fails is written down and stops nothing."""
        if not self.wanted:
            return False
        document = self._next()
        if document is None:
            return False
        try:
            by_other = self._print(document)
        except Exception as error:  # whatever it is, forms are taken and filed as before
            self.failed[document.path] = str(error)
            self._office.log.note("pdf_failed", matter=document.matter, document=document.code)
            self._tell(document, "failed", str(error))
            return True
        if by_other:
            found = {"document": document.code, "characters": len(by_other)}
            self._office.log.note("pdf_font_replaced", "", matter=document.matter, **found)
        self._tell(document, "replaced", by_other)
        return True

    def _tell(self, document: Document, name: str, what: str) -> None:
        """Remember it for whoever asks: another process, another day."""
        before = _known(self._office.private)
        after = {key: {p: w for p, w in said.items() if p != document.path} for key, said in before.items()}
        after[name] |= {document.path: what} if what else {}
        if after != before:
            with contextlib.suppress(OSError):
                written = json.dumps(after, ensure_ascii=False, sort_keys=True).encode()
                durable.replace_soon(self._office.private / TOLD, written)

    def _next(self) -> Document | None:
        if self._owed is None:
            try:
                self._owed = deque(d for d in owed(self._office) if d.path not in self.failed)
            except Exception:  # the ledger is away: the daemon says so itself
                return None
        return self._owed.popleft() if self._owed else None

    def all(self) -> None:
        """Make every PDF that is owed."""
        while self.one():
            pass

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _print(self, document: Document) -> str:
        """The PDF into its place; the characters that another font than the template's had to print."""
        word = (self._office.root / document.path).read_bytes()
        if hashlib.sha256(word).hexdigest() != document.sha256:
            raise MachineError("Word 文件被改动过，不制作 PDF")
        if self._engine is None:
            self._engine = self._make(self._office.private / SPOOL)
        filing.put(filing.inside(self._office.root, place(document.path)), self._engine.convert(word))
        return pdf.replaced(pdf.words(word))
