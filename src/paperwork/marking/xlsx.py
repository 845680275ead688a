"""The copy of a spreadsheet that goes back: the bad rows alone, their wrong cells coloured and commented.

Written anew with the form's own columns, drop-downs and formats: what Excel had spoilt can be mended in cells that keep
texts as they are typed, and the copy is a form that may be dropped again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from paperwork.model import Fact, Finding, Form, Outcome
from paperwork.sheetform import FILED_SHEET, Column, Found, Line, Mark, Pen, grids, look
from paperwork.wordform import RETURNED, Package, Unreadable

_BECAME = {"filed": "已登记", "duplicate": "以前登记过"}


def mark_rows(
    data: bytes,
    forms: Mapping[str, Form],
    facts: Mapping[str, Fact],
    outcomes: Sequence[tuple[Outcome, str]],
    drop: str = "",
) -> bytes | None:
    """The workbook with the returned rows of `outcomes` (each with the name of its party), and a sheet of the others.

    The copy says of itself as which `drop` it went back. The same bytes for the same arguments. None for what is no
    such sheet any more: there the note must do.
    """
    try:
        package = Package(data)
        found = look(package, grids(data, package), forms, facts)
    except Unreadable:
        return None
    pen = Pen(found.form, facts, returned=True)
    if drop:
        pen.stamp(RETURNED, drop)
    pen.write([_line(found, outcome) for outcome, _ in outcomes if outcome.outcome == "returned" and outcome.row])
    others = [
        (str(outcome.row), _BECAME[outcome.outcome], outcome.case or outcome.id, party)
        for outcome, party in outcomes
        if outcome.outcome in _BECAME
    ]
    if others:
        pen.listing(FILED_SHEET, ("原表行号", "结果", "案号或编号", "当事人"), others)
    return pen.packed()


def _line(found: Found, outcome: Outcome) -> Line:
    row = outcome.row - 1
    marks: dict[str, list[str]] = {}
    columns = {column.tag: column for column in found.columns}
    for finding in outcome.findings:
        marks.setdefault(_tag(finding, columns, found), []).extend(_said(finding))
    why = "\n".join(dict.fromkeys(finding.message for finding in outcome.findings if finding.severity == "error"))
    return Line(
        number=f"原第{outcome.row}行",
        cells=found.table.cells(row),
        extras=found.table.extras(row),
        marks={tag: Mark(tuple(dict.fromkeys(lines))) for tag, lines in marks.items()},
        why=why,
    )


def _tag(finding: Finding, columns: Mapping[str, Column], found: Found) -> str:
    """The column that a finding speaks of; the head of one that the form does not have; "" for the row."""
    name = "party" if finding.field == "party.name" and "party.name" not in columns else finding.field
    while name and name not in columns:  # officers.cert_no stands in the cell of officers
        name = name.rpartition(".")[0]
    if name:
        return name
    labels = (column.tag for column in columns.values() if column.label and f"「{column.label}」" in finding.place)
    heads = (head for head in found.table.strays.values() if f"「{head}」" in finding.place)
    return next(heads, "") or next(labels, "")


def _said(finding: Finding) -> Iterator[str]:
    yield f"{'提醒：' if finding.severity == 'warning' else ''}{finding.message}"
    if finding.wanted:
        yield f"应为：{finding.wanted}"
