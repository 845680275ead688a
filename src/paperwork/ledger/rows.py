"""Rows to dataclasses and back, and the light rows of listings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from paperwork import codec
from paperwork.errors import Bug
from paperwork.model import Document, Drop, Event, Json, Recipe, Submission

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class DropRow:
    """A drop as `status` lists it. `state`: received, registered, returned, duplicate.

    The outcome is an entry of `file --json`, of a sheet the list of its rows' entries.
    """

    drop: Drop
    state: str
    outcome: Json  # None until known
    concluded_at: dt.datetime | None


@dataclass(frozen=True)
class MatterRow:
    """A matter as `cases` lists it. `case` is "" for all types but case."""

    id: str
    type: str
    case: str
    party: str
    unit: str
    state: str
    opened_on: dt.date
    folder: str
    attention: Json
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class NumberRow:
    """One number of the register. `document` is (kind, occurrence, version), None for a matter's own id or 案号."""

    series: str
    year: int
    n: int
    text: str
    matter: str
    document: tuple[str, str, int] | None
    dated: dt.date
    given_at: dt.datetime
    state: str  # given | void
    why: str
    by: str


@dataclass(frozen=True)
class SeriesRow:
    """How far a series has come in a year: numbers `start`+1 … `last` were given here, the earlier by hand."""

    series: str
    year: int
    start: int
    last: int


def instant(time: dt.datetime) -> str:
    """An aware time as the ledger writes it. Bug for a naive one: nobody could say which day it was."""
    if time.tzinfo is None:
        raise Bug(f"没有时区的时间：{time}")
    return time.astimezone(SHANGHAI).isoformat()


def time_of(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(SHANGHAI)


def day(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def drop_row(drop: Drop) -> dict[str, Any]:
    return {
        "id": drop.id,
        "name": drop.name,
        "place": drop.place,
        "by": drop.by,
        "received_at": instant(drop.received_at),
        "sha256": drop.sha256,
        "staged": drop.staged,
    }


def drop_of(row: Mapping[Any, Any]) -> Drop:
    return Drop(
        id=row["id"],
        name=row["name"],
        place=row["place"],
        by=row["by"],
        received_at=time_of(row["received_at"]),
        sha256=row["sha256"],
        staged=row["staged"],
    )


def listed_drop(row: Mapping[Any, Any]) -> DropRow:
    concluded = row["concluded_at"]
    return DropRow(drop_of(row), row["state"], json.loads(row["outcome"]), time_of(concluded) if concluded else None)


def submission_row(submission: Submission) -> dict[str, Any]:
    """All but `matter` (the id), `seq` and `recorded_at`, which registering gives."""
    return {
        "drop": submission.drop,
        "row": submission.row,
        "named": submission.matter,
        "form": submission.form,
        "facts": codec.canonical(codec.dump(submission.facts)),
        "adds": codec.canonical(sorted(submission.adds)),
        "corrects": submission.corrects,
        "submitted_at": submission.submitted_at.isoformat() if submission.submitted_at else None,
        "submitted_by": submission.submitted_by,
        "content_key": submission.content_key or None,
    }


def submission_of(row: Mapping[Any, Any]) -> Submission:
    submitted = row["submitted_at"]
    return Submission(
        drop=row["drop"],
        row=row["row"],
        form=row["form"],
        matter=row["named"],
        facts=codec.load(json.loads(row["facts"])),
        adds=frozenset(json.loads(row["adds"])),
        corrects=row["corrects"],
        submitted_at=dt.datetime.fromisoformat(submitted) if submitted else None,
        submitted_by=row["submitted_by"],
        content_key=row["content_key"] or "",
    )


_PLAIN = (
    *("matter", "kind", "code", "title", "occurrence", "version", "state", "draft_code", "measure", "rule"),
    *("number", "seq", "path", "sha256", "draft_path", "draft_sha256", "replaces", "drop"),
)


def document_row(document: Document) -> dict[str, Any]:
    """All but `made`, `work_drop` and `work_row`."""
    row = {name: getattr(document, name) for name in _PLAIN}
    return {**row, "dated": day(document.dated), "recipe": recipe_text(document.recipe)}


def document_of(row: Mapping[Any, Any]) -> Document:
    plain: Mapping[str, Any] = {name: row[name] for name in _PLAIN}
    return Document(**plain, dated=day_of(row["dated"]), recipe=recipe_of(row["recipe"]))


def recipe_text(recipe: Recipe) -> str:
    return codec.canonical(vars(recipe))


def recipe_of(text: str) -> Recipe:
    parts = json.loads(text)
    return Recipe(**{**parts, "names": tuple(parts["names"]), "because": frozen(parts["because"])})


def event_of(row: Mapping[Any, Any]) -> Event:
    return Event(
        kind=row["kind"],
        happened_on=dt.date.fromisoformat(row["happened_on"]),
        data=json.loads(row["data"]),
        by=row["by"],
        seq=row["seq"],
        recorded_at=time_of(row["recorded_at"]),
    )


def matter_row_of(row: Mapping[Any, Any]) -> MatterRow:
    return MatterRow(
        id=row["id"],
        type=row["type"],
        case=row["case_no"] or "",
        party=row["party"],
        unit=row["unit"],
        state=row["state"],
        opened_on=dt.date.fromisoformat(row["opened_on"]),
        folder=row["folder"],
        attention=frozen(json.loads(row["attention"])),
        closed_on=day_of(row["closed_on"]),
    )


def frozen(value: Json) -> Json:
    """JSON knows no tuples: the outermost array becomes one again."""
    return tuple(value) if isinstance(value, list) else value


def number_of(row: Mapping[Any, Any]) -> NumberRow:
    document = json.loads(row["document"])
    return NumberRow(
        series=row["series"],
        year=row["year"],
        n=row["n"],
        text=row["text"],
        matter=row["matter"],
        document=(document[0], document[1], document[2]) if document else None,
        dated=dt.date.fromisoformat(row["dated"]),
        given_at=time_of(row["given_at"]),
        state=row["state"],
        why=row["why"],
        by=row["by"],
    )
