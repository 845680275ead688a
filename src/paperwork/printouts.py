"""A PDF beside every issued document: a second durable step, after the Word file is filed and never in its way.

What is owed is seen on the disk: an issued document whose PDF does not lie in `PDF/`. So a kill at any point, or an
engine installed later, needs no bookkeeping: whoever looks next makes what is not there yet.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from paperwork import filing, pdf
from paperwork.errors import MachineError
from paperwork.model import Document
from paperwork.office import Office

FOLDER = "PDF"
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
            self._print(document)
        except Exception as error:  # whatever it is, forms are taken and filed as before
            self.failed[document.path] = str(error)
            self._office.log.note("pdf_failed", matter=document.matter, document=document.code)
        return True

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

    def _print(self, document: Document) -> None:
        word = (self._office.root / document.path).read_bytes()
        if hashlib.sha256(word).hexdigest() != document.sha256:
            raise MachineError("Word 文件被改动过，不制作 PDF")
        if self._engine is None:
            self._engine = self._make(self._office.private / SPOOL)
        filing.put(filing.inside(self._office.root, place(document.path)), self._engine.convert(word))
