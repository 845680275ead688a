"""The units and the periods that figures may be asked of."""

from __future__ import annotations

import datetime as dt
import difflib

from paperwork.errors import UsageError
from paperwork.ledger import Figures
from paperwork.model import printed_date
from paperwork.office import Office
from paperwork.spans import Span


def require(office: Office, look: Figures, unit: str) -> None:
    """UsageError for a unit that no matter, officer or setting names; "" is the whole bureau."""
    if not unit:
        return
    settled = {officer.unit for officer in office.catalogue.officers} | set(office.catalogue.settings.units)
    known = sorted({*look.units()} | settled)
    if unit not in known:
        near = difflib.get_close_matches(unit, known, 1)
        advice = f"是不是「{near[0]}」" if near else f"有：{'、'.join(name for name in known if name)}"
        raise UsageError(f"没有「{unit}」这个机构", advice=advice)


def require_days(look: Figures, span: Span, today: dt.date) -> None:
    """UsageError for a period that has not begun, and for one that was over before anything was recorded here."""
    if span.since > today:
        when = printed_date(span.since)
        raise UsageError(f"{span.label}还没有开始", advice=f"{when}以后才有数可统计，请核对报告期")
    first = look.first_day()
    begun = (first or today).replace(day=1)
    if span.until < begun:
        told = f"最早的一项是{printed_date(first)}的" if first else "还没有登记过要统计的事项"
        raise UsageError(f"{span.label}没有账册：{told}", advice="以前的事项补录以后才能统计，没有记录不等于没有发生")
