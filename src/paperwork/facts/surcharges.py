"""Derived facts of money that does not come: the last day to pay, the surcharge, when the court may be asked.

行政处罚法 arts 67, 72, 73; 行政强制法 art 53. A function answers None when its inputs do not suffice.
"""

from __future__ import annotations

import datetime as dt

from paperwork import periods
from paperwork.facts.penalties import fen
from paperwork.facts.procedure import issued
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.facts.serving import day_of, served_on
from paperwork.model import Facts, Value

PAY_DAYS, REMEDY_MONTHS = 15, 6  # 行政处罚法 art 67 para 3; 行政诉讼法 art 46 para 1
DEMAND_DAYS = 10  # workdays, 行政强制法 arts 54, 69
DEMAND = "D-48"
DAILY = 3  # percent of the fine, 行政处罚法 art 72 para 1 item 1


@derives("payment.due_on", "缴款期限届满日", "date", "services", "deferral.granted", "deferral.until")
def _due_on(facts: Facts, around: Around) -> Value | None:
    """Fifteen days from the receipt of the decision, moved by a rest day; what was granted instead."""
    if facts.get("deferral.granted") is True and (until := answer_of(facts, "deferral.until", dt.date)):
        return until
    served = answer_of(facts, "service.on", dt.date)
    if served is None:
        return None
    return periods.deadline(served, PAY_DAYS, "days", "party", around.catalogue.calendars).due


@derives("surcharge.most", "加处罚款最多", "money", "penalty.fine", "demand.on", "surcharge.stopped_days")
def _most(facts: Facts, around: Around) -> Value | None:
    """Art 72 para 1 item 1 until the day of the demand, never more than the fine; art 73 para 3: days that stop."""
    fine, due, asked = fen(facts, "penalty.fine"), answer_of(facts, "payment.due_on", dt.date), facts.get("demand.on")
    if fine is None or due is None or not isinstance(asked, dt.date):
        return None
    stopped = answer_of(facts, "surcharge.stopped_days", int) or 0
    days = max((asked - due).days - stopped, 0)
    return min(fine * DAILY * days // 100, fine)


@derives("remedies.over_on", "复议和诉讼期限届满日", "date", "services", "deferral.granted", "deferral.until")
def _over_on(facts: Facts, around: Around) -> Value | None:
    """行政强制法 art 53: neither review nor suit in time; 行政处罚法 art 72 para 2: from the end of a deferral."""
    served = answer_of(facts, "service.on", dt.date)
    if served is None:
        return None
    over = periods.deadline(served, REMEDY_MONTHS, "months", "party", around.catalogue.calendars).due
    deferred = answer_of(facts, "deferral.until", dt.date) if facts.get("deferral.granted") is True else None
    return None if over is None else max(over, deferred or over)


@derives("demand.served_on", "催告书送达日期", "date", "services")
def _demand_served(facts: Facts, around: Around) -> Value | None:
    """From the service of the last standing 催告书, or of one of this code made elsewhere: its receipt."""
    if found := issued(around, DEMAND):
        return served_on(facts, found[-1], around)
    days = [day_of(item, around) for item in items_of(facts, "services") if item.get("document") == DEMAND]
    return max((day for day in days if day is not None), default=None)


@derives("demand.until", "催告履行期限届满日", "date", "demand.served_on")
def _demand_until(facts: Facts, around: Around) -> Value | None:
    """行政强制法 arts 54, 69: ten workdays after the demand was served."""
    served = answer_of(facts, "demand.served_on", dt.date)
    if served is None:
        return None
    return periods.deadline(served, DEMAND_DAYS, "workdays", "party", around.catalogue.calendars).due
