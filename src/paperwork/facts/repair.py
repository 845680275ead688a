"""Credit repair (domain/06 §6.4): the least term is over, the duties are met, the promise is public, nothing bars.

信用修复管理办法 arts 14 and 25; the months of each class are the bureau's data (`templates/credit.toml`).
"""

from __future__ import annotations

import datetime as dt

from paperwork import periods
from paperwork.facts.derived import decision_of
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.model import FALSE_REPAIR, Facts, Value


@derives("repair.eligible_on", "可以申请修复的日期", "date", "repair.item_on", "repair.item_class")
def _eligible_on(facts: Facts, around: Around) -> Value | None:
    """Art 7: the term runs from the date of the official document; arts 8–12: the least months of its class."""
    found, of_class = answer_of(facts, "repair.item_on", dt.date), facts.get("repair.item_class")
    months = around.catalogue.credit.months.get(str(of_class))
    return None if found is None or months is None else periods.add_months(found, months)


@derives("repair.term_over", "是否达到最短公示期限", "flag", "repair.pushed_on", "repair.item_on", "repair.item_class")
def _term_over(facts: Facts, around: Around) -> Value | None:
    """Art 14(1), on the day on which the application reached the bureau."""
    pushed, eligible = answer_of(facts, "repair.pushed_on", dt.date), answer_of(facts, "repair.eligible_on", dt.date)
    return None if pushed is None or eligible is None else pushed >= eligible


@derives("repair.duties_met", "义务是否履行完毕", "flag", "repair.duties_done_on")
def _duties_met(facts: Facts, around: Around) -> Value | None:
    """Art 14(2); 无 says that they are not."""
    if "repair.duties_done_on" not in facts:
        return None
    return bool(facts["repair.duties_done_on"])


@derives("repair.committed", "是否公开作出信用承诺", "flag", "commitments")
def _committed(facts: Facts, around: Around) -> Value | None:
    """Art 14(3): a promise with both statements, and published. Unknown until the party has said whether it agrees."""
    promises = [item for item in items_of(facts, "commitments") if item.get("kind") == "repair"]
    answers = [item.get("publicity") for item in promises if item.get("publicity")]
    if not answers:
        return None
    whole = all(item.get("truthful") is not False and item.get("liable") is not False for item in promises)
    return whole and answers[-1] == "agree"


@derives(
    "repair.known_false_on", "以前因不实被记入信用记录的日期（查询或者本局账册）", "date", "repair.earlier_false_on"
)
def _known_false(facts: Facts, around: Around) -> Value | None:
    """What a query of the site told, or what the bureau itself found in another application of the party: the later."""
    told = answer_of(facts, "repair.earlier_false_on", dt.date)
    found = [past.decided_on for past in around.history.past if past.measure == FALSE_REPAIR]
    return max((*found, *filter(None, (told,))), default=None)


@derives("repair.barred_until", "不得申请修复的期限届满", "date", "repair.earlier_false_on", "repair.false_found_on")
def _barred_until(facts: Facts, around: Around) -> Value | None:
    """Art 25: no repair for three years after a falsehood was put on record."""
    years = around.catalogue.credit.bar_years
    days = [answer_of(facts, f"repair.{name}", dt.date) for name in ("known_false_on", "false_found_on")]
    return max((periods.add_years(day, years) for day in days if day is not None), default=None)


@derives("repair.barred", "是否在不得修复的期限内", "flag", "repair.earlier_false_on", "repair.pushed_on")
def _barred(facts: Facts, around: Around) -> Value | None:
    """On the day of the application, by what was on record before it; unknown until somebody has looked."""
    earlier = answer_of(facts, "repair.known_false_on", dt.date)
    pushed = answer_of(facts, "repair.pushed_on", dt.date)
    if pushed is None or (earlier is None and "repair.earlier_false_on" not in facts):
        return None
    return earlier is not None and pushed < periods.add_years(earlier, around.catalogue.credit.bar_years)


@derives("repair.answered_on", "答复修复申请的日期", "date", "repair.accepted_on", "repair.supplement_on")
def _answered_on(facts: Facts, around: Around) -> Value | None:
    """Accepted, asked to supplement, or declined: whichever came first ends the three working days."""
    decision = decision_of(around)
    days = [answer_of(facts, f"repair.{name}", dt.date) for name in ("accepted_on", "supplement_on")]
    days.append(decision.dated if decision else None)
    return min((day for day in days if day is not None), default=None)


@derives("repair.is_complex", "修复决定是否延长", "flag", "repair.complex")
def _is_complex(facts: Facts, around: Around) -> Value | None:
    return facts.get("repair.complex") is True if "repair.accepted_on" in facts else None
