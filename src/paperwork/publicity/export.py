"""双公示: every penalty of a period for collection, those that pass the gate for the public, both masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from paperwork import facts as fact_room
from paperwork import filing, law, periods, printing, sheetform, showing
from paperwork.law.grounds import citation
from paperwork.model import Column, Credit, Document, Facts, Json, Matter, Value
from paperwork.office import Office
from paperwork.publicity import permits, texts
from paperwork.publicity.masking import Mask, masked_row
from paperwork.spans import Span

FOLDER = "信用公示"
COLLECTED, SHOWN = "上报归集_行政处罚.xlsx", "对外公示_行政处罚.xlsx"


@dataclass(frozen=True)
class Entry:
    """One penalty of the period, and what becomes of its data."""

    matter: Matter
    document: Document
    facts: Facts
    shown: bool
    reason: str  # why it is not shown to the public
    young: bool  # a minor: in neither file

    @property
    def of_class(self) -> str:
        return str(self.facts.get("credit.class", ""))


def publish(office: Office, span: Span, folder: Path | None = None) -> tuple[list[Entry], list[Path]]:
    """The penalties decided in the period and the two files, in `folder` or in the outbox. Again writes them anew.

    A third file holds the permits of the period, where this organ issued any.

    Bug rather than a file that would hold an identity number, a telephone or a minor's name.
    """
    entries = list(_entries(office, span))
    where = folder or office.root / "outbox" / str(span.until.year) / FOLDER / span.code
    files = {
        COLLECTED: [e for e in entries if not e.young],
        SHOWN: [e for e in entries if e.shown],
    }
    columns = office.catalogue.credit.columns
    made = []
    for name, told in files.items():
        rows = [_row(office, columns, one) for one in told]
        title = f"{office.catalogue.settings.organ.name}{span.label}{name.removesuffix('.xlsx').replace('_', '：')}"
        heads = [(column.title, column.code) for column in columns]
        filing.replace(where / name, sheetform.listing(title, heads, rows))
        made.append(where / name)
    return entries, made + _permits(office, span, where)


def _permits(office: Office, span: Span, where: Path) -> list[Path]:
    columns, found = office.catalogue.credit.permits, permits.permits(office, span)
    if not columns or not found:
        return []
    title = f"{office.catalogue.settings.organ.name}{span.label}上报归集：行政许可"
    heads = [(column.title, column.code) for column in columns]
    filing.replace(where / permits.FILE, sheetform.listing(title, heads, list(permits.rows(office, found))))
    return [where / permits.FILE]


def entry(told: Entry, office: Office) -> Json:
    """As `publish --json` shows it, masked like the files."""
    mask = Mask(office.catalogue.credit.masks.get("published", {}), office.catalogue.facts, told.facts)
    least, most = _terms(office, told)
    return {
        "id": told.matter.id,
        "case": told.matter.case or None,
        "number": told.document.number,
        "party": "" if told.young else mask.shown("party.name", told.matter.party),
        "decided_on": told.document.dated.isoformat() if told.document.dated else None,
        "class": told.of_class or None,
        "collected": not told.young,
        "shown": told.shown,
        "reason": told.reason or None,
        "until_least": least.isoformat() if least and told.shown else None,
        "until_most": most.isoformat() if most and told.shown else None,
    }


def _entries(office: Office, span: Span) -> Iterator[Entry]:
    codes = office.catalogue.credit.documents
    named = {d.matter for d, _ in office.ledger.documents() if d.code in codes and _within(d, span)}
    for matter_id in sorted(named):
        matter = office.ledger.matter(matter_id)
        if matter is None:
            continue
        facts = office.sight(matter).facts(matter.documents)
        for document in matter.documents:
            if document.code in codes and _within(document, span):
                yield _entry(office.catalogue.credit, matter, document, facts)


def _within(document: Document, span: Span) -> bool:
    dated = document.dated
    return document.state == "issued" and dated is not None and span.since <= dated <= span.until


def _entry(credit: Credit, matter: Matter, document: Document, facts: Facts) -> Entry:
    reason, young = str(facts.get("credit.reason", "")), fact_room.is_young(facts)
    if not reason and facts.get("credit.revoked_on"):
        reason = "处罚决定已经变更或者撤销，应当撤回（行政处罚法第四十八条第二款）"
    shown = facts.get("credit.wanted") is True and not reason and not young
    if not shown and not reason:
        reason = "分类没有确定，先由本局认定"
    if shown and (held := texts.held(credit, facts)):
        shown, reason = False, held
    return Entry(matter, document, facts, shown, reason, young)


def _terms(office: Office, told: Entry) -> tuple[dt.date | None, dt.date | None]:
    """From and to when the display may end: months from the day of the document (信用修复管理办法 art 7)."""
    credit, dated = office.catalogue.credit, told.document.dated
    if dated is None:
        return None, None
    ends = (months.get(told.of_class) for months in (credit.months, credit.longest))
    least, most = (periods.add_months(dated, n) if n is not None else None for n in ends)
    return least, most


# ── one row ───────────────────────────────────────────────────────────────────────────────────────────


def _row(office: Office, columns: Sequence[Column], told: Entry) -> list[str]:
    return masked_row(columns, office.catalogue, told.facts, partial(_text, office, told), told.document.number)


def _text(office: Office, told: Entry, column: Column) -> str:
    root, _, name = column.source.partition(".")
    if root == "doc":
        return _of_document(office, name, told)
    if root == "org":
        return str(getattr(office.catalogue.settings.organ, name, ""))
    if column.source == "party.class":
        return permits.KINDS.get(str(told.facts.get("party.kind", "")), "法人及非法人组织")
    watch = texts.watched(office.catalogue.credit, column.source)
    if watch is not None:
        return texts.public(watch, told.facts)
    value = told.facts.get(column.source)
    if column.as_ == "wan":
        return _wan(value)
    if isinstance(value, dt.date) and column.as_ == "date":
        return value.isoformat()
    shown = showing.show(value, office.catalogue.facts.get(column.source))
    return "、".join(shown) if isinstance(shown, list) else str(shown or "")


def _of_document(office: Office, name: str, told: Entry) -> str:
    document = told.document
    if name == "number":
        return document.number
    if name == "date":
        return document.dated.isoformat() if document.dated else ""
    if name == "end":
        end = _terms(office, told)[1]
        return end.isoformat() if end else ""
    if name == "basis":
        return _basis(office, told.facts)
    return "；".join(_content(office, told)) if name == "content" else ""


def _basis(office: Office, facts: Facts) -> str:
    """《…》第四十九条第三项、…, as the law of the act reads; "" where it is not on file."""
    act = facts.get("act.date")
    cited = [citation(item) for item in printing.provisions(facts, "law.penalty")]
    try:
        return law.cite(office.catalogue.laws, cited, act if isinstance(act, dt.date) else None)
    except law.LawError:
        return ""


def _content(office: Office, told: Entry) -> Iterator[str]:
    """What was imposed, in words: 警告；罚款2000.00元."""
    defs = office.catalogue.facts
    kinds = showing.show(told.facts.get("penalty.kinds"), defs.get("penalty.kinds"))
    amounts = {"罚款": "penalty.fine", "没收违法所得": "penalty.gains"}
    for kind in kinds if isinstance(kinds, list) else ():
        value = told.facts.get(amounts.get(kind, ""))
        yield f"{kind}{value // 100}.{value % 100:02d}元" if isinstance(value, int) else kind


def _wan(value: Value | None) -> str:
    """Fen as 万元: 2000元 is 0.2."""
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    whole, rest = divmod(value, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
