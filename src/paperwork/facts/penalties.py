"""Derived facts of a penalty: its words, its range, whether a hearing must be offered, its money.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from paperwork import law, periods
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.model import Facts, Value

HEAVY = frozenset(("suspend_licence", "downgrade", "revoke", "restrict", "suspend_business", "close", "ban_practice"))
"""行政处罚法 art 63 para 1 items 3 and 4 (and 暂扣, told as 其他较重的行政处罚): a hearing must be offered."""
MUST_MITIGATE = frozenset(("32-1", "32-2", "32-3", "32-4", "32-5", "30"))
LIGHTER = MUST_MITIGATE | {"31"}
HEAVIER = frozenset(("heavier", "123"))


# ── what is proposed ──────────────────────────────────────────────────────────────────────────────────


@derives(
    "penalty.told", "处罚内容", "text",
    "penalty.kinds", "penalty.fine", "penalty.gains", "penalty.goods", "penalty.suspension", "penalty.licence",
)  # fmt: skip
def _told(facts: Facts, around: Around) -> Value | None:
    """The penalty in one sentence, in the order of 行政处罚法 art 9; amounts in figures and capitals."""
    parts = list(_parts(facts))
    if not parts or None in parts:
        return None
    return "；".join(f"{number}.{part}" for number, part in enumerate(parts, 1)) if len(parts) > 1 else str(parts[0])


def _parts(facts: Facts) -> Iterator[str | None]:
    kinds = facts.get("penalty.kinds")
    for kind, label in LABELS.items():
        if not isinstance(kinds, tuple) or kind not in kinds:
            continue
        amount = {"fine": "penalty.fine", "confiscate_gains": "penalty.gains"}.get(kind)
        detail = {
            "confiscate_goods": "penalty.goods", "suspend_business": "penalty.suspension",
            "suspend_licence": "penalty.licence", "revoke": "penalty.licence", "downgrade": "penalty.licence",
            "restrict": "penalty.suspension", "ban_practice": "penalty.suspension",
        }.get(kind)  # fmt: skip
        if amount:
            sum_ = fen(facts, amount)
            yield None if sum_ is None else f"{label}{law.spelled(sum_)}"
        elif detail:
            words = answer_of(facts, detail, str)
            yield None if words is None else f"{label}：{words}"
        else:
            yield label


LABELS = {
    "warning": "警告",
    "criticism": "通报批评",
    "fine": "罚款",
    "confiscate_gains": "没收违法所得",
    "confiscate_goods": "没收非法财物",
    "suspend_licence": "暂扣许可证件",
    "downgrade": "降低资质等级",
    "revoke": "吊销许可证件",
    "restrict": "限制开展生产经营活动",
    "suspend_business": "责令停产停业",
    "close": "责令关闭",
    "ban_practice": "限制从业",
}


def fen(facts: Facts, name: str) -> int | None:
    value = facts.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@derives("law.fine_ceiling", "法定最高罚款", "money", "law.penalty")
def _ceiling(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 29: of several provisions the one with the higher fine; unknown while one is open."""
    ranges = [str(i.get("range", "")) for i in items_of(facts, "law.penalty")]
    ceilings = [law.maximum_fine(words) for words in ranges if "罚款" in words]
    known = [ceiling for ceiling in ceilings if ceiling is not None]
    return max(known) if known and len(known) == len(ceilings) else None


@derives("law.fine_floor", "法定最低罚款", "money", "law.penalty")
def _floor(facts: Facts, around: Around) -> Value | None:
    """The lowest statutory minimum of the provisions cited; absent where one of them only may impose a fine.

    Which provision governs is for 法制审核 to say (a statute may stand above a regulation that fines higher): below the
    lowest of the floors a fine is 减轻 whoever is right.
    """
    ranges = [str(i.get("range", "")) for i in items_of(facts, "law.penalty")]
    floors = [law.minimum_fine(words) for words in ranges if "罚款" in words]
    known = [floor for floor in floors if floor is not None]
    return min(known) if known and len(known) == len(floors) else None


@derives("law.can_reduce", "有减轻的余地", "flag", "law.penalty", "law.fine_floor")
def _can_reduce(facts: Facts, around: Around) -> Value | None:
    """国市监法规〔2022〕2号 [K]: below a floor, or without what 应当并处; what only 可以 has no floor."""
    ranges = [str(i.get("range", "")) for i in items_of(facts, "law.penalty") if i.get("range")]
    if not ranges:
        return None
    must = any("并处" in words.replace("可以并处", "") for words in ranges)
    return "law.fine_floor" in facts or must


@derives("penalty.below_floor", "低于法定最低罚款", "flag", "penalty.fine", "law.fine_floor")
def _below(facts: Facts, around: Around) -> Value | None:
    fine, floor = fen(facts, "penalty.fine"), fen(facts, "law.fine_floor")
    return None if fine is None or floor is None else fine < floor


@derives("penalty.fine_dropped", "应当并处罚款而没有并处", "flag", "penalty.kinds", "law.penalty")
def _fine_dropped(facts: Facts, around: Around) -> Value | None:
    """国市监法规〔2022〕2号 [K]: 应当并处 and not imposed is 减轻; 可以并处 and not imposed is 从轻.

    Only the first tier of a provision counts: what 情节严重 or 拒不改正 brings is another.
    """
    kinds = facts.get("penalty.kinds")
    ranges = [str(i.get("range", "")) for i in items_of(facts, "law.penalty") if i.get("range")]
    if not isinstance(kinds, tuple) or not kinds or not ranges:
        return None
    first = [re.split("；|情节严重|拒不改正", words)[0].replace("可以并处", "") for words in ranges]
    return "fine" not in kinds and all("并处" in words for words in first)


@derives("circumstances.mixed", "从轻、减轻和从重的情节并存", "flag", "circumstances", "penalty.kinds")
def _mixed(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.3: verified grounds that pull both ways are weighed together, not one of them picked."""
    if "penalty.kinds" not in facts:
        return None
    grounds = {str(i.get("ground")) for i in items_of(facts, "circumstances") if i.get("verified") is True}
    return bool(grounds & LIGHTER and grounds & HEAVIER)


@derives("mitigation.must", "有应当从轻或者减轻的情节", "flag", "circumstances", "party.age_at_act")
def _must_mitigate(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 30, 32: verified circumstances, and the age of the party at the act."""
    age = facts.get("party.age_at_act")
    young = facts.get("party.kind") == "person" and isinstance(age, int) and 14 <= age < 18
    if "circumstances" not in facts:
        return True if young else None
    told = items_of(facts, "circumstances")
    return young or any(i.get("ground") in MUST_MITIGATE and i.get("verified") is True for i in told)


# ── the hearing ───────────────────────────────────────────────────────────────────────────────────────


def counts_as_person(facts: Facts, around: Around) -> bool | None:
    """Whether the limits for 公民 hold: a natural person; a 个体工商户 by setting (行政处罚法 arts 51, 63)."""
    kind = facts.get("party.kind")
    if kind is None:
        return None
    limits = around.catalogue.settings.thresholds
    return kind == "person" or (kind == "individual_business" and bool(limits["individual_business_as_person"]))


@derives("hearing.required", "是否应当告知听证", "flag", "penalty.kinds", "penalty.fine", "penalty.gains", "party.kind")
def _hearing_required(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 63: heavy kinds, or amounts from the threshold of the bureau's settings on."""
    kinds, person = facts.get("penalty.kinds"), counts_as_person(facts, around)
    if not isinstance(kinds, tuple) or person is None:
        return None
    limits = around.catalogue.settings.thresholds
    limit = limits["hearing_person" if person else "hearing_unit"]
    amounts = [fen(facts, name) or 0 for name in ("penalty.fine", "penalty.gains")]
    return bool(HEAVY & set(kinds)) or max(amounts) >= limit


@derives("hearings.chairs_of_case", "办案人员主持听证", "set", "hearings", "officers")
def _chairs(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 64 para 1 item 4: who investigated the case does not preside."""
    if "hearings" not in facts:
        return None
    handlers = {str(i.get("name")) for i in items_of(facts, "officers")}
    return tuple(str(i["chair"]) for i in items_of(facts, "hearings") if i.get("chair") in handlers)


@derives("hearings.short_notice", "通知不足七个工作日的听证", "set", "hearings")
def _short(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 64 para 1 item 2, 85: seven workdays before the hearing."""
    if "hearings" not in facts:
        return None
    found = []
    for item in items_of(facts, "hearings"):
        when, told = item.get("when"), item.get("notified_on")
        if isinstance(when, dt.datetime) and isinstance(told, dt.date):
            try:
                last = periods.add_workdays(when.date(), -7, around.catalogue.calendars)
            except periods.MissingCalendar:
                return None
            found += [str(item.get("no"))] if told > last else []
    return tuple(found)


@derives("penalty.major", "情节复杂或者重大违法行为", "flag", "penalty.complex", "penalty.depth", "harm.flag")
def _major(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.4: hearing items, a confirmed grave class, 减轻, mixed grounds, or what is called complex."""
    if "penalty.kinds" not in facts:
        return None
    grave = facts.get("harm.flag") == "confirmed" or facts.get("penalty.depth") == "reduced"
    grave = grave or facts.get("circumstances.mixed") is True
    return grave or facts.get("hearing.required") is True or facts.get("penalty.complex") is True


# ── money ─────────────────────────────────────────────────────────────────────────────────────────────


@derives("payment.paid", "已缴罚没款", "money", "payments")
def _paid(facts: Facts, around: Around) -> Value | None:
    """What came in, less what was surcharge (行政处罚法 art 72)."""
    if "payments" not in facts:
        return None
    rows = items_of(facts, "payments")
    return sum(_int(i.get("amount")) - _int(i.get("surcharge")) for i in rows)


def _int(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


@derives("payment.owed", "尚欠罚没款", "money", "payments", "penalty.fine", "penalty.gains")
def _owed(facts: Facts, around: Around) -> Value | None:
    if "penalty.kinds" not in facts:
        return None
    owed = sum(fen(facts, name) or 0 for name in ("penalty.fine", "penalty.gains"))
    return max(owed - (fen(facts, "payment.paid") or 0), 0)


@derives("payment.settled_on", "罚没款缴清日期", "date", "payments")
def _settled(facts: Facts, around: Around) -> Value | None:
    if facts.get("payment.owed") != 0:
        return None
    days = [i["on"] for i in items_of(facts, "payments") if isinstance(i.get("on"), dt.date)]
    return max((day for day in days if isinstance(day, dt.date)), default=None)


@derives("payment.must", "是否有罚没款", "flag", "penalty.fine", "penalty.gains")
def _must_pay(facts: Facts, around: Around) -> Value | None:
    """Whether the decision asks for money at all."""
    amounts = [fen(facts, name) for name in ("penalty.fine", "penalty.gains")]
    return None if "penalty.kinds" not in facts else any(amounts)


# ── on the spot ───────────────────────────────────────────────────────────────────────────────────────


@derives("spot.allowed", "可以当场处罚", "flag", "penalty.kinds", "penalty.fine", "party.kind")
def _spot(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 51: a warning, or a fine up to 200 元 (公民) or 3000 元 (法人或者其他组织), and nothing else."""
    kinds, person = facts.get("penalty.kinds"), counts_as_person(facts, around)
    if not isinstance(kinds, tuple) or person is None:
        return None
    limits = around.catalogue.settings.thresholds
    limit = limits["spot_person" if person else "spot_unit"]
    return set(kinds) <= {"warning", "fine"} and bool(kinds) and (fen(facts, "penalty.fine") or 0) <= limit
