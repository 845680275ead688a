"""Papers that a form names by their numbers: ours stand in the register, of the right kind, party and day.

Which answers name papers is data (`paper` of facts.toml). Another body's number is free text; so is a number of the
years before the register, and one up to the last that was given by hand (`start` of bureau.toml).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperwork import facts as fact_room
from paperwork import numbering
from paperwork.model import Document, Fact, Finding, Item, Quoted, Quotes, Register, Scalar, Value
from paperwork.planning.opening import party_key
from paperwork.planning.sight import Sight


@dataclass(frozen=True)
class _Named:
    """One number that the form at hand names, or to which it adds a day."""

    sight: Sight
    register: Register
    fact: Fact
    quotes: Quotes
    row: Mapping[str, Value]  # all that the matter knows of the item, the form's answers included
    columns: Mapping[str, Fact]
    where: str  # 「整改复查」第1行, "" of a fact that is none of a list

    @property
    def number(self) -> str:
        return str(self.row.get(_short(self.fact, self.where), "") or "")

    def place(self, name: str) -> str:
        label = self.columns[name].label
        return f"{self.where}「{label}」" if self.where else f"「{label}」一栏"

    def day(self, name: str) -> dt.date | None:
        value = self.row.get(name) if name else None
        return value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None

    def finding(self, code: str, message: str, name: str = "", wanted: str = "") -> Finding:
        """A finding at the number, or at another column of the row."""
        short = name or _short(self.fact, self.where)
        field, place = self.columns[short], self.place(short)
        found = self.day(short) or self.row.get(short, "")
        return Finding(code, f"{place}：{message}", field.name, place, str(found), wanted)


def numbers_named(sight: Sight) -> tuple[str, ...]:
    """Every number that the form at hand names as an earlier paper's, or that the items which it completes name."""
    if sight.incoming is None:
        return ()
    named = (one.number for one in _named(sight, Register()))
    return tuple(dict.fromkeys(number for number in named if number))


def misquoted(sight: Sight) -> Iterator[Finding]:
    """What is wrong with the papers that the form at hand names. Nothing while nobody has looked into the register."""
    if sight.register is None:
        return
    for one in _named(sight, sight.register):
        paper = one.register.papers.get(one.number)
        if paper is not None:
            yield from _of_paper(one, paper)
        elif one.number and not one.quotes.by_hand:
            yield from _unknown(one)


def _named(sight: Sight, register: Register) -> Iterator[_Named]:
    defs, given = sight.catalogue.facts, sight.submission.facts
    for name, fact in defs.items():
        if fact.paper and _touched(fact.paper, name, given):
            yield _Named(sight, register, fact, fact.paper, sight.folded, defs, "")
        quoting = [(short, column) for short, column in fact.items.items() if column.paper] if name in given else ()
        for short, column in quoting:
            for row, item in enumerate(fact_room.rows_of(given[name]), 1):
                if column.paper and _touched(column.paper, short, item):
                    known = _whole(sight, fact, item)
                    yield _Named(sight, register, column, column.paper, known, fact.items, f"「{fact.label}」第{row}行")


def _touched(quotes: Quotes, name: str, given: Mapping[str, Value] | Mapping[str, Scalar]) -> bool:
    asked = {name, quotes.title, quotes.dated, quotes.served, *quotes.before}
    return any(given.get(one) not in (None, "", ()) for one in asked if one)


def _whole(sight: Sight, fact: Fact, item: Item) -> Item:
    """The item with what earlier forms have said of it: a talk's plan names the paper, its record the day."""
    key = [item.get(short) for short in fact.key]
    standing = (i for i in sight.items(fact.name) if [i.get(short) for short in fact.key] == key)
    return next(standing, item)


def _short(fact: Fact, where: str) -> str:
    return fact.name.rpartition(".")[2] if where else fact.name


# ── a number that the register lacks ──────────────────────────────────────────────────────────────────


def _unknown(one: _Named) -> Iterator[Finding]:
    """A number of one of our own series that nobody was given. Another body's number is free text."""
    settings, number = one.sight.catalogue.settings, one.number
    read = {name: numbering.read_by(series.pattern, number) for name, series in settings.series.items()}
    series, at = next(((name, at) for name, at in read.items() if at), ("", None))
    if at is None:
        return
    year, n = at
    written = numbering.format_number(settings.series[series].pattern, year, n)
    if written != number:
        yield one.finding("E-PAPER-UNKNOWN", f"「{number}」应当照原文书写作「{written}」", wanted=written)
        return
    since = one.register.since or one.sight.today.year
    begun = one.register.reach.get((series, year))
    by_hand = begun[0] if begun else settings.series[series].start.get(year, 0)
    if year < since or n <= by_hand:
        return
    near = _candidates(one)
    hint = f"，本事项有{'、'.join(f'「{d.number}」（{d.title}）' for d in near)}" if near else ""
    message = f"账册里没有文号为「{number}」的文书{hint}；请核对文号"
    if begun is None and year <= one.sight.today.year:
        told = f'[numbers."{series}"] 写明 start = {{ {year} = 已编到的号 }}'
        message += f"；启用系统以前手工编号的，请办公室先在 templates/bureau.toml 的 {told}"
    yield one.finding("E-PAPER-UNKNOWN", message, wanted="、".join(d.number for d in near))


def _candidates(one: _Named) -> list[Document]:
    """The matter's own papers that could be meant."""
    known = (d for d in one.sight.documents if d.state == "issued" and d.number)
    return [d for d in known if d.code in one.quotes.kinds]


# ── a number that it has ──────────────────────────────────────────────────────────────────────────────


def _of_paper(one: _Named, paper: Quoted) -> Iterator[Finding]:
    """A paper of the register must be what the row says of it; it may stand in another matter of the same party."""
    called = f"「{paper.number}」是{paper.matter}的《{paper.title}》"
    if paper.state == "void":
        yield one.finding("E-PAPER-VOID", f"「{paper.number}」已经作废，不能再写")
        return
    if _of_another(one, paper):
        yield one.finding("E-PAPER-PARTY", f"{called}，不是本事项当事人的文书，请核对文号")
        return
    if paper.code not in one.quotes.kinds:
        wanted = "、".join(_titles(one))
        yield one.finding("E-PAPER-KIND", f"{called}，这一栏应当写下列文书的文号：{wanted}", wanted=wanted)
        return
    yield from _told_of(one, paper)


def _titles(one: _Named) -> list[str]:
    titles = {kind.code: kind.title for kind in one.sight.catalogue.kinds.values()}
    return list(dict.fromkeys(titles[code] for code in one.quotes.kinds if code in titles))


def _of_another(one: _Named, paper: Quoted) -> bool:
    matter = one.sight.matter
    own = matter.party_key if matter else party_key(one.sight.folded)
    return bool(own and paper.party_key) and own != paper.party_key and paper.matter != (matter.id if matter else "")


def _told_of(one: _Named, paper: Quoted) -> Iterator[Finding]:
    """Name, day, day of service, and the days that come after it."""
    quotes, called = one.quotes, f"「{paper.number}」"
    title = _bare(one.row.get(quotes.title, "")) if quotes.title else ""
    if title and title not in _bare(paper.title) and _bare(paper.title) not in title:
        message = f"{called}是《{paper.title}》，表上写的是「{title}」，名称和文号不一致"
        yield one.finding("E-PAPER-KIND", message, quotes.title, paper.title)
    if paper.dated is None:
        return
    dated = one.day(quotes.dated)
    if dated and dated != paper.dated:
        message = f"{called}的日期是{paper.dated.isoformat()}，与表上的日期不一致"
        yield one.finding("E-PAPER-DATE", message, quotes.dated, paper.dated.isoformat())
    served = _served(one, paper)
    told = one.day(quotes.served)
    if told and served and told not in served:
        days = "、".join(sorted(day.isoformat() for day in served))
        message = f"{called}登记的送达日期是{days}，与表上的日期不一致"
        yield one.finding("E-PAPER-DATE", message, quotes.served, days)
    for name in dict.fromkeys((*([quotes.served] if quotes.served else ()), *quotes.before)):
        day = one.day(name)
        if day and day < paper.dated:
            message = f"{day.isoformat()}早于{called}的日期{paper.dated.isoformat()}"
            yield one.finding("E-DATE-ORDER", message, name, f"不早于{paper.dated.isoformat()}")


def _served(one: _Named, paper: Quoted) -> set[dt.date]:
    """The days of service that the matter knows of a paper of its own."""
    if one.sight.matter is None or paper.matter != one.sight.matter.id:
        return set()
    items = [i for i in one.sight.items("services") if i.get("document") in (paper.code, paper.number, paper.title)]
    return {day for item in items if isinstance(day := item.get("on"), dt.date)}


def _bare(value: object) -> str:
    return "".join(str(value or "").split()).strip("《》")
