"""What belongs into a matter's dossier, in filing order: its issued papers, and the PDFs that clerks added."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from paperwork import filing, printouts, views
from paperwork.dossier import binding
from paperwork.errors import MachineError
from paperwork.model import Document, Matter, printed_date
from paperwork.office import Office

BY_HAND = "手工文书"
_CODE = re.compile(r"D-\d+[a-z]?")

Convert = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sheet:
    """One paper as it is bound; `path` relative to the office."""

    code: str  # "" for a clerk's PDF that names none
    title: str
    path: str
    pdf: bytes
    number: str = ""
    organ: str = ""
    date: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Refused:
    """A file that could not be bound, and why, in words for people."""

    path: str
    why: str


def collected(office: Office, matter: Matter, convert: Convert) -> tuple[list[Sheet], list[Refused]]:
    """The papers in filing order (domain/03 §3.5) and what could not be opened; one never stops the rest."""
    order = views.filing_order(office, matter)
    found: list[tuple[tuple[int, ...], Document | Path]] = [
        (_rank(order, d.code, d.seq), d) for d in matter.documents if _bound(office, d)
    ]
    found += [
        (_rank(order, code.group() if (code := _CODE.search(path.name)) else "", 999, at), path)
        for at, path in enumerate(_attachments(office, matter))
    ]
    sheets: list[Sheet] = []
    refused: list[Refused] = []
    for _, one in sorted(found, key=lambda ranked: ranked[0]):
        relative = one.path if isinstance(one, Document) else office.relative(one)
        try:
            sheets.append(_paper(office, one, convert) if isinstance(one, Document) else _attachment(relative, one))
        except (binding.Unbindable, MachineError) as error:
            refused.append(Refused(relative, str(error)))
        except OSError:
            refused.append(Refused(relative, "文件不见了，或者读不出来"))
    return sheets, refused


def _bound(office: Office, document: Document) -> bool:
    """Whether it is bound with the file; what lies in the sealed annex is only named in the index."""
    kind = office.catalogue.kinds.get(document.kind)
    made = document.state in printouts.KEPT and bool(document.code and document.seq and document.path)
    return made and not (kind and kind.sealed)


def _rank(order: Mapping[str, int], code: str, *then: int) -> tuple[int, ...]:
    return (order.get(code, len(order)), *then)


def _attachments(office: Office, matter: Matter) -> Iterator[Path]:
    folder = filing.inside(office.root, matter.folder) / BY_HAND
    files = sorted(folder.rglob("*")) if folder.is_dir() else ()
    return (path for path in files if path.suffix.lower() == ".pdf" and path.is_file())


def _paper(office: Office, document: Document, convert: Convert) -> Sheet:
    """The PDF that lies beside the Word file, else one made now; never of a file that somebody changed."""
    word = (office.root / document.path).read_bytes()
    if hashlib.sha256(word).hexdigest() != document.sha256:
        raise binding.Unbindable("Word 文件被改动过，与账册不一致")
    made = office.root / printouts.place(document.path)
    pdf = binding.sound(made.read_bytes() if made.is_file() else convert(word))
    return Sheet(
        code=document.code,
        title=document.title,
        path=document.path,
        pdf=pdf,
        number=document.number,
        organ=office.catalogue.settings.organ.name,
        date=printed_date(document.dated) if document.dated else "",
        remark="已被替换" if document.state == "replaced" else "",
    )


def _attachment(relative: str, path: Path) -> Sheet:
    code = _CODE.search(path.name)
    title = re.sub(r"^[\d_\s.-]*(D-\d+[a-z]?)?[_\s-]*", "", path.stem) or path.stem
    return Sheet(code.group() if code else "", title, relative, binding.sound(path.read_bytes()), remark=BY_HAND)
