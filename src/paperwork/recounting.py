"""Whether the figures that a draft prints are still what the ledger counts.

A report prints the hash of its record; the record names, by their hashes, the rows that were counted. The rows of the
same period written down anew are the same bytes as long as nothing has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from paperwork import spans
from paperwork.ledger import Scope
from paperwork.model import Document
from paperwork.office import Office
from paperwork.planning import Sight

ROW = ("figure", "matter", "item", "unit", "industry", "ground", "amount", "on")
"""What is kept of a row that was counted, in this order: the first columns of `Counted`."""

Row = Sequence[Any]

_CHUNK = 20_000  # rows to an object: memory does not grow with the period


def chunks(rows: Iterator[Row], see: Callable[[Sequence[Row]], None] | None = None) -> Iterator[bytes]:
    """Rows that count, as arrays of arrays; the same rows are the same bytes. `see` is shown each chunk."""
    written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for chunk in iter(lambda: tuple(islice(rows, _CHUNK)), ()):
        if see:
            see(chunk)
        yield written([row[: len(ROW)] for row in chunk]).encode()


def outdated(office: Office, sight: Sight) -> Mapping[str, str]:
    """Approval code → the day of counting, of drafts whose figures the ledger no longer gives."""
    records = {d.draft_code: sha256 for d in sight.documents if d.state == "draft" and (sha256 := _record(d))}
    found = {}
    for code, sha256 in records.items():
        record = json.loads(office.objects.get(sha256))
        if not _is_current(office, record):
            found[code] = str(record["as_of"])
    return found


def _record(document: Document) -> str:
    """The hash of the record that the paper prints; "" of a paper that prints none."""
    return str(document.recipe.context.get("report", {}).get("sha256", ""))


def _is_current(office: Office, record: Mapping[str, object]) -> bool:
    span = spans.parse(str(record["period"]))
    with office.ledger.figures() as look:
        now = [hashlib.sha256(chunk).hexdigest() for chunk in chunks(look.counted(_scope(span, record)))]
    return now == record["counted"]


def _scope(span: spans.Span, record: Mapping[str, object]) -> Scope:
    """The days that the record counted: none that had not come by then."""
    until = min(span.until, dt.date.fromisoformat(str(record["as_of"])))
    return Scope(span.since, until, str(record["unit"]))
