"""One matter as one PDF: cover, 卷内目录 with page numbers, its papers in filing order, and what is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from paperwork import rendering, views
from paperwork.dossier.binding import Section, bound, pages
from paperwork.dossier.papers import BY_HAND, Convert, Refused, Sheet, collected
from paperwork.model import Json, Matter, printed_date
from paperwork.names import safe_name
from paperwork.office import Office

__all__ = ["BY_HAND", "Dossier", "Entry", "Refused", "closed_in", "file_name", "make"]

COVER_CODE = "D-35"  # 卷宗封面: the paper's own where it was made
COVER, INDEX, MISSING = "dossier/cover.docx", "documents/file_index/template.docx", "dossier/missing.docx"


@dataclass(frozen=True)
class Entry:
    """A paper with its place: the numbers of its first and last page."""

    sheet: Sheet
    first: int
    last: int

    @property
    def shown(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Dossier:
    """The PDF and what stands in it. `missing`: the papers that `explain` wants and nobody added by hand either."""

    pdf: bytes
    entries: tuple[Entry, ...]
    missing: Json
    refused: tuple[Refused, ...]


def make(office: Office, matter: Matter, convert: Convert) -> Dossier:
    """`convert` makes the PDF of a Word file. Raises MachineError and TemplateError for the dossier's own pages."""
    sheets, refused = collected(office, matter, convert)
    covers = [sheet.pdf for sheet in sheets if sheet.code == COVER_CODE]
    entries = tuple(_numbered([sheet for sheet in sheets if sheet.code != COVER_CODE]))
    there = {sheet.code for sheet in sheets}
    wanted = views.explain(office, matter)["missing"]
    missing = [one for one in wanted if one["kind"] == "document" and one["code"] not in there]

    def page(template: str, context: dict[str, Json]) -> bytes:
        return convert(rendering.render((office.root / "templates" / template).read_bytes(), context))

    sections = [
        Section("封面", covers[-1] if covers else page(COVER, _cover(office, matter, entries)), False),
        Section("卷内目录", page(INDEX, _index(office, matter, entries)), False),
        *(Section(entry.sheet.title, entry.sheet.pdf, True) for entry in entries),
    ]
    if missing or refused:
        sections.append(Section("尚缺材料", page(MISSING, _lacks(office, matter, missing, refused)), False))
    return Dossier(bound(sections, _title(office, matter)), entries, missing, tuple(refused))


def closed_in(office: Office, year: int) -> list[str]:
    """The ids of all matters closed in a year, in the order of the ledger."""
    return [row.id for row in office.ledger.matters() if row.closed_on and row.closed_on.year == year]


def file_name(matter: Matter) -> str:
    """`朔区文旅立字〔2026〕7号_某某公司_案卷.pdf`: the party as the matter's folder has it."""
    return safe_name(f"{matter.folder.rpartition('/')[2]}_案卷") + ".pdf"


def _numbered(sheets: list[Sheet]) -> Iterator[Entry]:
    first = 1
    for sheet in sheets:
        last = first + pages(sheet.pdf) - 1
        yield Entry(sheet, first, last)
        first = last + 1


def _title(office: Office, matter: Matter) -> str:
    return str(office.sight(matter).folded.get("case.title", "") or matter.party)


def _cover(office: Office, matter: Matter, entries: tuple[Entry, ...]) -> dict[str, Json]:
    known = office.catalogue.matters[matter.type]
    retention = {k.retention for k in office.catalogue.kinds.values() if k.code in {e.sheet.code for e in entries}}
    return {
        "doc": {"title": "案卷封面"},
        "org": {"name": office.catalogue.settings.organ.name},
        "dossier": {
            "type": known.label,
            "title": _title(office, matter),
            "reference": matter.case or matter.id,
            "party": matter.party,
            "unit": matter.unit,
            "opened_on": printed_date(matter.opened_on),
            "closed_on": _day(matter.closed_on),
            "papers": str(len(entries)),
            "pages": str(entries[-1].last if entries else 0),
            "retention": max(retention, key=_years, default=""),
        },
    }


def _day(day: dt.date | None) -> str:
    return printed_date(day) if day else "尚未结案"


def _years(retention: str) -> int:
    digits = "".join(c for c in retention if c.isdigit())
    return int(digits) if digits else 1000  # 永久


def _index(office: Office, matter: Matter, entries: tuple[Entry, ...]) -> dict[str, Json]:
    index = views.index(office, matter)
    rows = [
        {
            "no": str(at),
            "number": entry.sheet.number,
            "organ": entry.sheet.organ,
            "title": entry.sheet.title,
            "date": entry.sheet.date,
            "page": entry.shown,
            "remark": entry.sheet.remark,
        }
        for at, entry in enumerate(entries, 1)
    ]
    return {
        "doc": {"title": "卷内目录"},
        "org": {"name": office.catalogue.settings.organ.name},
        "index": {**index, "rows": rows},
    }


def _lacks(office: Office, matter: Matter, missing: Json, refused: list[Refused]) -> dict[str, Json]:
    return {
        "doc": {"title": "尚缺材料"},
        "org": {"name": office.catalogue.settings.organ.name},
        "dossier": {"title": _title(office, matter), "reference": matter.case or matter.id},
        "missing": [{"code": one["code"], "name": one["name"], "why": one["why"]} for one in missing],
        "refused": [{"path": one.path.removeprefix(f"{matter.folder}/"), "why": one.why} for one in refused],
    }
