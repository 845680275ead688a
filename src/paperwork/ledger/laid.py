"""What the program laid into the inbox for clerks: forms that went back, and the blank forms that come next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork import codec
from paperwork.ledger import connection as db
from paperwork.ledger import quick
from paperwork.ledger import tables as t
from paperwork.model import GivenBack


def write(connection: Connection, bureau: str, given: GivenBack) -> None:
    """Write it down. Again is once: the first telling stands, for its files are the ones that lie there."""
    row = {
        "bureau": bureau,
        "drop": given.drop,
        "form": given.form,
        "about": codec.canonical(dict(given.about)),
        "follows": given.follows,
        "files": codec.canonical([list(file) for file in given.files]),
        "corrected_by": "",
    }
    db.insert_missing(connection, t.given_back, row)


def find(connection: Connection, bureau: str, drop_id: str) -> GivenBack | None:
    g = t.given_back.c
    query = sa.select(t.given_back).where(g.bureau == bureau, g.drop == drop_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else _given(row)


def listed(connection: Connection, bureau: str, corrected_by: str, form: str = "") -> tuple[GivenBack, ...]:
    """Those that this drop made good, oldest first; with "" those that still wait, of this form if one is named."""
    found = quick.ask(connection, _corrected, bureau=bureau, by=corrected_by)
    return tuple(_given(row) for row in found if form in ("", row["form"]))


def _corrected() -> sa.Select[Any]:
    g = t.given_back.c
    query = sa.select(t.given_back).where(g.bureau == quick.here, g.corrected_by == quick.named("by"))
    return query.order_by(g.drop)


def correct(connection: Connection, bureau: str, drops: Iterable[str], by: str) -> None:
    """These were made good by that drop; one that another has made good already stays with it."""
    g = t.given_back.c
    for drop_id in drops:
        here = (g.bureau == bureau) & (g.drop == drop_id) & (g.corrected_by == "")
        connection.execute(sa.update(t.given_back).where(here).values(corrected_by=by))


def _given(row: quick.Row) -> GivenBack:
    files = tuple((path, sha256) for path, sha256 in json.loads(row["files"]))
    return GivenBack(row["drop"], row["form"], json.loads(row["about"]), row["follows"], files, row["corrected_by"])


# ── blank forms ───────────────────────────────────────────────────────────────────────────────────────


def laid_out(connection: Connection, bureau: str, matter: str) -> dict[str, tuple[str, str]]:
    """Path in the inbox → (what it was made of, sha256) of the blank forms of a matter."""
    found = quick.ask(connection, _lying, bureau=bureau, matter=matter)
    return {row["path"]: (row["made_of"], row["sha256"]) for row in found}


def _lying() -> sa.Select[Any]:
    o = t.laid_out.c
    query = sa.select(o.path, o.made_of, o.sha256).where(o.bureau == quick.here, o.matter == quick.named("matter"))
    return query.order_by(o.path)


def lay_out(connection: Connection, bureau: str, matter: str, files: Mapping[str, tuple[str, str]]) -> None:
    """These lie there now, and no others."""
    o = t.laid_out.c
    connection.execute(sa.delete(t.laid_out).where(o.bureau == bureau, o.matter == matter))
    whose = {"bureau": bureau, "matter": matter}
    lying = ({**whose, "path": path, "made_of": made, "sha256": sha256} for path, (made, sha256) in files.items())
    quick.insert_all(connection, t.laid_out, lying)
