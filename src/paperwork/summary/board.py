"""outbox/看板.html: one page to look at, opened from the share by double click: no server, no script.

It names no party and quotes no form: file names, places, reasons, days and numbers. Everything is escaped, and the page
itself forbids whatever is not its own style.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass
from html import escape

from paperwork import durable, slips, spans, views
from paperwork.errors import PaperworkError
from paperwork.ledger import DropRow
from paperwork.model import Json
from paperwork.office import Office
from paperwork.summary import drawing, rebuilding
from paperwork.summary.reckoning import Reckoned, reckon

NAME = "看板.html"
_WORDS = {"registered": "已登记", "returned": "已退回", "duplicate": "重复件", "received": "办理中"}
_PACE, _STILL, _SHARE = 30.0, 600.0, 20.0  # seconds between pages, without news, and of rest for each second of work
_PAGES = 10  # of matters, counted anew for one page of the board: the daemon has other work
_RECOUNTING = "统计指标改过了，正在把以前的案件重新计数，完成以后再显示。"
_PLACES = 6  # of a form that went back; its marked copy shows all
_MOST = 60  # rows of a table; what is more is told as a number
_QUOTED = re.compile(r"「([^「」]*)」")
_LONG = re.compile(r"[0-9A-Z]{6,}")  # numbers of persons, codes, phones


@dataclass
class Board:
    """Writes the page when there is news, never more often than it costs; for the daemon's loop."""

    clock: Callable[[], float] = time.monotonic
    _news: bool = True
    _next: float = float("-inf")
    _written: float = float("-inf")

    def refresh(self, office: Office, news: bool) -> bool:
        """Write the page if it is time; True if it was written. What goes wrong leaves the last page as it is."""
        self._news = self._news or news
        now = self.clock()
        if now < self._next or not (self._news or now - self._written > _STILL):
            return False
        with contextlib.suppress(PaperworkError, OSError):
            write(office)
            self._news = False
        self._written = self.clock()
        self._next = self._written + max(_PACE, _SHARE * (self._written - now))
        return not self._news


def write(office: Office) -> None:
    """The page as of now, in the place of the last one. Raises MachineError and OSError."""
    durable.replace_soon(office.root / "outbox" / NAME, page(office).encode())


def page(office: Office) -> str:
    """The page."""
    span = spans.parse(f"{office.today.year}Q{(office.today.month + 2) // 3}")
    week = dt.datetime.combine(office.today - dt.timedelta(days=6), dt.time(), office.now.tzinfo)
    counted = rebuilding.ensure(office, most=_PAGES)
    with office.ledger.figures() as look:
        now, states = reckon(look, office.catalogue, span, today=office.today), look.states()
        drops = look.arrived(week)
    today = [row for row in drops if row.drop.received_at.date() == office.today]
    due = [row for row in views.due(office, 14) if row["met_on"] is None]
    late = [row for row in due if (row["days_left"] or 0) < 0]
    own = {owed.id for owed in office.catalogue.yearly}
    labels = {fact.label for fact in office.catalogue.facts.values()}
    body = (
        _section("今天收到", _arrived(today)),
        _section("一周内退回、还没有改正的表", _returned(drops, labels)),
        *([_section("已过期限、还没有办的", _due(late, own))] if late else ()),
        _section("十四天内到期", _due([row for row in due if row not in late], own)),
        _section(f"{span.label}到目前", _quarter(now) if counted else f"<p>{_RECOUNTING}</p>"),
        _section("各机构在办", _units(states)),
    )
    title = f"{escape(office.catalogue.settings.organ.name)}　看板"
    told = f"{office.now:%Y-%m-%d %H:%M} 更新"
    return drawing.PAGE.format(title=title, told=told, body="\n".join(body))


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]], nothing: str, looks: str = "wide cards") -> str:
    if not rows:
        return f"<p>{escape(nothing)}</p>"
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    lines = "".join(
        f"<tr>{''.join(_cell(head, cell) for head, cell in zip(heads, row, strict=True))}</tr>" for row in rows[:_MOST]
    )
    more = f"<p>另有 {len(rows) - _MOST} 项</p>" if len(rows) > _MOST else ""
    return f'<div class="{looks}"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>{more}'


def _cell(head: str, cell: object) -> str:
    """A cell that bears its head: on a phone each row is a card."""
    return f'<td data-head="{escape(head)}">{escape(str(cell))}</td>'


def _arrived(drops: Sequence[DropRow]) -> str:
    counts = {word: sum(_WORDS.get(row.state) == word for row in drops) for word in _WORDS.values()}
    told = "　".join(f"{word} {count}" for word, count in counts.items() if count) or "还没有"
    rows = [
        (f"{row.drop.received_at:%H:%M}", row.drop.name, _WORDS.get(row.state, row.state), _matter(row.outcome))
        for row in reversed(drops)
    ]
    table = _table(("时间", "文件", "结果", "案件或事项"), rows, "今天还没有收到表格。")
    return f'<p class="big">{escape(told)}</p>{table}'


def _matter(outcome: Json) -> str:
    found = outcome if isinstance(outcome, dict) else {}
    return str(found.get("case") or found.get("id") or "")


def _returned(drops: Sequence[DropRow], labels: Collection[str]) -> str:
    rows = []
    for row in reversed(drops):
        if row.state == "returned":
            rows.append((f"{row.drop.received_at:%m-%d %H:%M}", row.drop.name, _places(row.outcome, labels)))
    return _table(("时间", "文件", "哪里要改"), rows, "没有。")


def _places(outcome: Json, labels: Collection[str]) -> str:
    """Where and why a form, or the rows of a sheet, must be mended: the first places, and how many there are."""
    told = outcome if isinstance(outcome, list) else [outcome or {}]
    found = (f for entry in told for f in entry.get("findings", ()) if f["severity"] == "error")
    places = [*dict.fromkeys(f"{f['place'] or '全表'}：{_why(f, labels)}" for f in found)]
    more = f"；……共{len(places)}处" if len(places) > _PLACES else ""
    return "；".join(places[:_PLACES]) + more


def _why(found: Json, labels: Collection[str]) -> str:
    """What is wrong, without what the form said: only names of its fields stay in quotation marks."""
    plain = found["message"].replace(found.get("found") or "\0", "…")
    return _LONG.sub("…", _QUOTED.sub(lambda said: said[0] if said[1] in labels else "「…」", plain))


def _left(days: int) -> str:
    return f"{days}天" if days > 0 else "今天" if days == 0 else f"已过{-days}天"


def _due(due: Sequence[Json], own: Container[str]) -> str:
    """`own`: ids of what the bureau owes itself, which are no matter's."""
    rows = [
        (
            row["due_on"] or "—",
            row["unknown"] or _left(row["days_left"]),
            row["what"].rpartition("：")[2].partition("（paperwork")[0],  # what stands before it may name somebody
            row["case"] or ("本局" if row["id"] in own else row["id"]),
        )
        for row in due
    ]
    return _table(("到期", "还剩", "事项", "案件或事项"), rows, "没有。")


def _quarter(now: Reckoned) -> str:
    figures = [figure for figure in now.catalogue.figures.values() if not figure.quiet and now.number(figure.id)]
    rows = [(figure.id, figure.name, now.told(figure.id) + (figure.unit or "")) for figure in figures]
    shown = now.measures
    months = [f"{int(month[5:])}月" for month in now.span.months]
    series = [(figure.column, [now.by(figure.id, "month").get(m, 0) for m in now.span.months]) for figure in shown]
    industries = now.by("R-03", "industry")
    named = ((name or "未填行业", count) for name, count in industries.items())
    bars = sorted(named, key=lambda one: (-one[1], one[0]))
    charts = drawing.columns("各项措施分月情况", months, series) + drawing.bars("分行业立案", bars)
    return f'<div class="charts">{charts}</div>' + _table(("编号", "指标", "数值"), rows, "还没有可以统计的。", "wide")


def _units(states: Sequence[tuple[str, str, int]]) -> str:
    words = list(dict.fromkeys(slips.STATES.get(state, state) for _, state, _ in states))
    units: dict[str, dict[str, int]] = {}
    for unit, state, count in states:
        of = units.setdefault(unit or "未填机构", {})
        word = slips.STATES.get(state, state)
        of[word] = of.get(word, 0) + count
    rows = [(unit, sum(of.values()), *(of.get(word, 0) for word in words)) for unit, of in sorted(units.items())]
    return _table(("机构", "在办", *words), rows, "没有在办的案件和事项。")
