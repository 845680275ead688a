"""What an audit looks at: the whole ledger, read once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from paperwork import filing, living, slips
from paperwork.ledger import DropRow, NumberRow, SeriesRow
from paperwork.model import Document, Json, Kind, Matter
from paperwork.office import Office


@dataclass(frozen=True)
class View:
    """One office as its ledger tells it."""

    office: Office
    matters: tuple[Matter, ...]
    numbers: tuple[NumberRow, ...]
    series: tuple[SeriesRow, ...]
    drops: tuple[DropRow, ...]

    @cached_property
    def by_drop(self) -> dict[str, DropRow]:
        return {row.drop.id: row for row in self.drops}

    def documents(self) -> Iterator[tuple[Matter, Document]]:
        """Every document with its matter."""
        for matter in self.matters:
            for document in matter.documents:
                yield matter, document

    def kind(self, document: Document) -> Kind | None:
        """The document's kind as the catalogue has it today; None for a form, or a kind that was taken out."""
        return self.office.catalogue.kinds.get(document.kind)

    def manifest(self, matter: Matter) -> Json | None:
        """The manifest of the matter's folder as it lies there; None when it is missing or torn."""
        try:
            return json.loads((self.folder(matter) / living.MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None

    def living(self, matter: Matter) -> set[str]:
        """The names of the files that are rewritten in place."""
        return {slips.file_name(d) for d in matter.documents if d.living} | {living.MANIFEST}

    def folder(self, matter: Matter) -> Path:
        return filing.inside(self.office.root, matter.folder)


def view(office: Office) -> View:
    """Read the ledger. Matters that open meanwhile are of the next audit."""
    ledger = office.ledger
    matters = (ledger.matter(row.id) for row in ledger.matters())
    return View(
        office,
        tuple(matter for matter in matters if matter),
        ledger.number_rows(),
        ledger.series(),
        ledger.drops(),
    )
