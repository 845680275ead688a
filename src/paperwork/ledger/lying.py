"""The part of the ledger that knows what lies in the inbox by the program's own hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.engine import Engine

from paperwork.ledger import connection as db
from paperwork.ledger import laid
from paperwork.model import GivenBack


class Laid:
    """Forms that went back, and blank forms that come next. Mixed into `Ledger`."""

    def __init__(self, engine: Engine, bureau: str) -> None:
        self._engine = engine
        self.bureau = bureau

    def gave_back(self, given: GivenBack) -> None:
        """What was laid into 退回 for a returned drop. Idempotent: the first telling stands."""
        with db.writing(self._engine) as connection:
            laid.write(connection, self.bureau, given)

    def given_back(self, drop_id: str) -> GivenBack | None:
        """What was laid into 退回 for this drop."""
        with db.reading(self._engine) as connection:
            return laid.find(connection, self.bureau, drop_id)

    def made_good(self, corrected_by: str, form: str = "") -> tuple[GivenBack, ...]:
        """The returned forms that this accepted drop made good; with "" those that still wait for it."""
        with db.reading(self._engine) as connection:
            return laid.listed(connection, self.bureau, corrected_by, form)

    def make_good(self, drops_: Iterable[str], by: str) -> None:
        """These returned drops were made good by that accepted one; what another made good before stays with it."""
        with db.writing(self._engine) as connection:
            laid.correct(connection, self.bureau, drops_, by)

    def laid_out(self, matter_id: str) -> dict[str, tuple[str, str]]:
        """The blank forms that lie ready for a matter: path in the inbox → (what it was made of, sha256)."""
        with db.reading(self._engine) as connection:
            return laid.laid_out(connection, self.bureau, matter_id)

    def lay_out(self, matter_id: str, files: Mapping[str, tuple[str, str]]) -> None:
        """These blank forms lie ready for the matter now, and no others."""
        with db.writing(self._engine) as connection:
            laid.lay_out(connection, self.bureau, matter_id, files)
