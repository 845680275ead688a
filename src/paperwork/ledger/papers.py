"""Documents inside transaction B: made, superseded, issued; and afterwards, where each was filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from paperwork.errors import Bug
from paperwork.ledger import numbers, quick, rows
from paperwork.ledger import tables as t
from paperwork.ledger.work import Work
from paperwork.model import Document, DocumentKey, Issue, Slot, Wanted


def supersede(work: Work) -> None:
    """Drafts that fall. Bug if one of them is no draft any more: issued means frozen."""
    for key in work.plan.superseded:
        draft = _draft(work, key)
        _update(work, key, state="superseded")
        work.note("document_superseded", None, _about(draft))


def make(work: Work, several: Sequence[Wanted]) -> None:
    """New documents, in this order: drafts, and those that are issued as they are registered."""
    quick.insert_all(work.connection, t.documents, [_made(work, wanted) for wanted in several])


def _made(work: Work, wanted: Wanted) -> dict[str, Any]:
    """A document's row; what it means for others, and its events, are written."""
    issued = wanted.state == "issued"
    number = _number(work, wanted.slot, (wanted.kind, wanted.occurrence, wanted.version), wanted.dated)
    document = Document(
        matter=work.matter,
        kind=wanted.kind,
        code=wanted.code,
        title=wanted.title,
        occurrence=wanted.occurrence,
        version=wanted.version,
        state=wanted.state,
        recipe=wanted.bound(work.matter, work.case, number, work.issued),
        draft_code=wanted.draft_code,
        measure=wanted.measure,
        rule=wanted.rule,
        number=number,
        dated=wanted.dated,
        seq=_next(work, "seq") if issued and wanted.code and wanted.dated else 0,  # undated: a living file
        replaces=wanted.replaces,
        drop=work.plan.drop.id,
    )
    _replace(work, wanted.replaces)
    work.note("document_issued" if issued else "document_drafted", document.dated, _about(document))
    return dict(
        **rows.document_row(document),
        bureau=work.bureau,
        made=_next(work, "made"),
        work_drop=work.plan.submission.drop,
        work_row=work.plan.submission.row,
    )


def issue(work: Work, issue: Issue) -> None:
    """A draft becomes the issued document: its recipe letter for letter, plus number, date and approvals."""
    draft = _draft(work, issue.key)
    number = work.issued[issue.key] = issue.number or _number(work, issue.slot, issue.key, issue.dated)
    if issue.number:
        grant = numbers.Grant(work.matter, issue.key, issue.dated, work.now, work.by)
        numbers.record_given(work.connection, work.bureau, number, grant)
    _replace(work, issue.replaces)
    _update(
        work,
        issue.key,
        state="issued",
        number=number,
        dated=rows.day(issue.dated),
        recipe=rows.recipe_text(draft.recipe.issued(number, issue.dated, issue.approvals)),
        seq=_next(work, "seq") if draft.code else 0,
        draft_path=draft.path,
        draft_sha256=draft.sha256,
        path="",
        sha256="",
        replaces=issue.replaces or draft.replaces,
        work_drop=work.plan.submission.drop,
        work_row=work.plan.submission.row,
    )
    work.note("document_issued", issue.dated, {**_about(draft), "number": number})


def of_work(connection: Connection, bureau: str, drop: str, row: int) -> tuple[DocumentKey, ...]:
    """Documents that this drop and row last made or issued, in the order in which they were made."""
    found = quick.ask(connection, _of_work, bureau=bureau, drop=drop, row=row)
    return tuple((one["kind"], one["occurrence"], one["version"]) for one in found)


def _of_work() -> sa.Select[Any]:
    d = t.documents.c
    mine = (d.work_drop == quick.named("drop")) & (d.work_row == quick.named("row"))
    return sa.select(d.kind, d.occurrence, d.version).where(d.bureau == quick.here, mine).order_by(d.matter, d.made)


Files = Mapping[tuple[str, str, str, int], tuple[str, str]]


def filed(connection: Connection, bureau: str, work: tuple[str, int], files: Files) -> None:
    """Record where documents lie: (matter, kind, occurrence, version) → (path, sha256). Twice is once.

    If later work (drop and row) has issued the draft meanwhile, what this one filed was the draft, and is recorded so.
    Bug if another place was recorded before.
    """
    places: dict[str, list[dict[str, str | int]]] = {"": [], "draft_": []}
    for (matter, kind, occurrence, version), (path, sha256) in files.items():
        here: dict[str, str | int] = {"bureau": bureau, "matter": matter, "kind": kind}
        here |= {"occurrence": occurrence, "version": version}
        row = next(iter(quick.ask(connection, _lies, **here)), None)
        if row is None:
            raise Bug(f"账册里没有这份文书：{matter} {kind} {occurrence} v{version}")
        prefix = "" if (row["work_drop"], row["work_row"]) == work else "draft_"
        before = (row[f"{prefix}path"], row[f"{prefix}sha256"])
        if before == (path, sha256):
            continue
        if before != ("", ""):
            raise Bug(f"{matter} 的「{row['title']}」已经归档于 {before[0]}，不能改为 {path}")
        places[prefix].append({**here, "place": path, "hash": sha256})
    for prefix, build in (("", _filed), ("draft_", _draft_filed)):
        if places[prefix]:
            quick.run(connection, build, *places[prefix])


def _lies() -> sa.Select[Any]:
    d = t.documents.c
    told = (d.title, d.work_drop, d.work_row, d.path, d.sha256, d.draft_path, d.draft_sha256)
    return sa.select(*told).where(_named()).with_for_update()


def _filed() -> sa.Update:
    return sa.update(t.documents).where(_named()).values(path=quick.named("place"), sha256=quick.named("hash"))


def _draft_filed() -> sa.Update:
    here = sa.update(t.documents).where(_named())
    return here.values(draft_path=quick.named("place"), draft_sha256=quick.named("hash"))


def _named() -> sa.ColumnElement[bool]:
    d = t.documents.c
    key = (d[name] == quick.named(name) for name in ("matter", "kind", "occurrence", "version"))
    return sa.and_(d.bureau == quick.here, *key)


def _draft(work: Work, key: DocumentKey) -> Document:
    row = work.connection.execute(sa.select(t.documents).where(_at(work, key)).with_for_update()).mappings().first()
    if row is None or row["state"] != "draft":
        state = row["state"] if row is not None else "missing"
        raise Bug(f"{work.matter} 的 {key} 不是草稿（{state}）")
    return rows.document_of(row)


def _replace(work: Work, number: str) -> None:
    """Mark the issued document that bears this number as replaced; "" replaces nothing."""
    if not number:
        return
    d = t.documents.c
    here = (d.bureau == work.bureau) & (d.matter == work.matter) & (d.number == number) & (d.state == "issued")
    row = work.connection.execute(sa.select(t.documents).where(here).with_for_update()).mappings().first()
    if row is None:
        raise Bug(f"{work.matter} 没有可以替换的文书 {number}")
    work.connection.execute(sa.update(t.documents).where(here).values(state="replaced"))
    work.note("document_replaced", None, _about(rows.document_of(row)))


def _number(work: Work, slot: Slot | None, key: DocumentKey, dated: dt.date | None) -> str:
    if slot is None:
        return ""
    if dated is None:
        raise Bug(f"{work.matter} 的 {key} 有文号而没有成文日期")
    given = numbers.take(work.connection, work.bureau, slot, work.patterns)
    numbers.record(work.connection, work.bureau, given, numbers.Grant(work.matter, key, dated, work.now, work.by))
    work.note("number_given", dated, {"number": given.text, "series": given.series, "document": list(key)})
    return given.text


def _next(work: Work, column: str) -> int:
    if not work.last:  # they are counted on from here: the matter is locked
        (found,) = quick.ask(work.connection, _last, bureau=work.bureau, matter=work.matter)
        work.last = {name: int(found[name] or 0) for name in ("made", "seq")}
    work.last[column] += 1
    return work.last[column]


def _last() -> sa.Select[Any]:
    d = t.documents.c
    highest = (sa.func.max(d[name]).label(name) for name in ("made", "seq"))
    return sa.select(*highest).where(d.bureau == quick.here, d.matter == quick.named("matter"))


def _update(work: Work, key: DocumentKey, **values: object) -> None:
    work.connection.execute(sa.update(t.documents).where(_at(work, key)).values(**values))


def _at(work: Work, key: DocumentKey) -> sa.ColumnElement[bool]:
    d = t.documents.c
    kind, occurrence, version = key
    return (
        (d.bureau == work.bureau)
        & (d.matter == work.matter)
        & (d.kind == kind)
        & (d.occurrence == occurrence)
        & (d.version == version)
    )


def _about(document: Document) -> dict[str, object]:
    names = ("kind", "code", "title", "occurrence", "version", "number", "measure")
    return {name: getattr(document, name) for name in names}
