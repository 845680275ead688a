"""Derived facts: what must be computed, so that conditions stay plain. Each has its type, inputs and source.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
import difflib

from paperwork import identifiers, law, periods
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.facts.serving import served_on
from paperwork.law.grounds import citation
from paperwork.model import FALSE_REPAIR, Choice, Citation, Competence, Document, Facts, Item, Value

# ── time and place ────────────────────────────────────────────────────────────────────────────────────


@derives("act.date", "违法行为日", "date", "case.act_began_on", "case.act_ended_on")
def _act_date(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 36 para 2, art 37: a lasting act is dated by its end."""
    return answer_of(facts, "case.act_ended_on", dt.date) or answer_of(facts, "case.act_began_on", dt.date)


@derives("fact.narrative", "查明的事实", "text", "fact.time", "fact.place", "fact.summary")
def _narrative(facts: Facts, around: Around) -> Value | None:
    """domain/03 §3.3.3: time + 「，当事人在」+ place + 「，」+ summary."""
    time, place = answer_of(facts, "fact.time", dt.datetime), answer_of(facts, "fact.place", str)
    summary = answer_of(facts, "fact.summary", str)
    if time is None or place is None or summary is None:
        return None
    return f"{time.year}年{time.month}月{time.day}日{time.hour}时{time.minute}分，当事人在{place}，{summary}"


@derives("time_barred", "是否超过追责期限", "flag", "act.date", "case.discovered_on", "harm.classes", "harm.level")
def _time_barred(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 36: two years, five where life, health or finance and harm; from the act or its end."""
    act, found = answer_of(facts, "act.date", dt.date), answer_of(facts, "case.discovered_on", dt.date)
    if act is None or found is None:
        return None
    limits = around.catalogue.settings.thresholds
    if found <= periods.add_years(act, limits["time_bar_years"]):
        return False
    if found > periods.add_years(act, limits["time_bar_years_grave"]):
        return True
    classes, level = facts.get("harm.classes"), facts.get("harm.level")
    if level == "none" or (isinstance(classes, tuple) and "health" not in classes):
        return True
    return None if classes is None or level is None else False  # between the two, only harm to health keeps it open


# ── who ───────────────────────────────────────────────────────────────────────────────────────────────

_POWERS = (Choice("own", "本局"), Choice("transfer", "移送"), Choice("remind_only", "只能提示"))


_ELSEWHERE = ("duty", "area", "level")
"""The grounds of a 移送情况表 that say: another organ has the power. 安全问题 is passed on beside our own business."""


@derives("transfer.elsewhere", "移送情况表写明由其他机关管辖", "flag", "transfer.to", "transfer.ground")
def _elsewhere(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 17, 22, 23: nothing of the kind is said until a form of transfer says it."""
    return bool(facts.get("transfer.to")) and facts.get("transfer.ground") in _ELSEWHERE


@derives("competence", "职权", "choice", "case.industry", "law.penalty", choices=_POWERS)
def _competence(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 17, 22, 23: by `competence.toml`; an industry that is not listed stays unknown.

    Where every provision on the penalty names another organ, the matter is that organ's, whatever the industry. And so
    it is where the officers say so on a form of transfer (another district, another level): who approves it decides.
    """
    if facts.get("transfer.elsewhere") is True:
        return "transfer"
    cited = [citation(item) for item in items_of(facts, "law.penalty") if item.get("law") and item.get("article")]
    others = [_of_another(cited_one, around) for cited_one in cited]
    if others and all(others):
        return next(entry.power for entry in others if entry)
    entry = around.catalogue.competence.get(answer_of(facts, "case.industry", str) or "")
    return entry.power if entry else None


def _of_another(cited: Citation, around: Around) -> Competence | None:
    """A provision of the list, or a part of a whole article of it."""
    others = around.catalogue.others
    return others.get(cited) or others.get(Citation(cited.law, cited.article))


@derives("industry.listed", "行业是否列入职权划分", "flag", "case.industry")
def _industry_listed(facts: Facts, around: Around) -> Value | None:
    industry = answer_of(facts, "case.industry", str)
    return None if industry is None else industry in around.catalogue.competence


@derives("industry.near", "相近的行业", "text", "case.industry")
def _industry_near(facts: Facts, around: Around) -> Value | None:
    """What an unlisted industry was probably meant to be, else the whole list, as the end of a sentence."""
    known, industry = [*around.catalogue.competence], answer_of(facts, "case.industry", str)
    if industry is None:
        return None
    near = difflib.get_close_matches(industry, known, 1, 0.4)
    return f"，是不是「{near[0]}」" if near else f"（已列：{'、'.join(known)}）"


@derives("party.birth_agrees", "出生日期与身份号码一致", "flag", "party.birth", "party.id_no")
def _birth_agrees(facts: Facts, around: Around) -> Value | None:
    """GB 11643—1999: digits 7 to 14 of a 公民身份号码 are the day of birth."""
    birth, number = answer_of(facts, "party.birth", dt.date), answer_of(facts, "party.id_no", str)
    told = identifiers.birth_date(number) if number else None
    return None if birth is None or told is None else birth == told


_IN_PERSON = ("advices", "talks", "rechecks", "commitments")


@derives("guidance.in_person", "有建议、约谈、复查或者承诺", "flag", *_IN_PERSON)
def _in_person(facts: Facts, around: Around) -> Value | None:
    """Whether officers deal with the party: a matter that only keeps 台账 and reminds of dates names none."""
    return any(facts.get(name) for name in _IN_PERSON) or None


@derives("evidence.kinds", "证据的种类", "set", "evidence")
def _evidence_kinds(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 46: which kinds of evidence the file holds."""
    if "evidence" not in facts:
        return None
    return tuple(dict.fromkeys(str(i["kind"]) for i in items_of(facts, "evidence") if i.get("kind")))


@derives("officers.unregistered", "未登记的执法证号", "set", "officers", "fact.time")
def _unregistered(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 42, 76(1)(5): cards unknown, of another person, or not valid on the day of the inspection."""
    day = answer_of(facts, "fact.time", dt.date) or answer_of(facts, "case.filed_on", dt.date) or _guided_on(facts)
    day = day or around.today
    if "officers" not in facts or day is None:
        return None
    valid = {(o.cert_no, o.name) for o in around.catalogue.officers if o.valid_from <= day <= o.valid_to}
    return tuple(
        f"{i.get('name', '')}（{i.get('cert_no', '')}）"
        for i in items_of(facts, "officers")
        if (i.get("cert_no"), i.get("name")) not in valid
    )


def _guided_on(facts: Facts) -> dt.date | None:
    """Of a guidance the day of its latest step: a card that ended afterwards was valid then."""
    steps = (("advices", "proposed_on"), ("talks", "start"), ("rechecks", "dt"))
    days = [item.get(column) for name, column in steps for item in items_of(facts, name)]
    return max((d.date() if isinstance(d, dt.datetime) else d for d in days if isinstance(d, dt.date)), default=None)


@derives("party.age_at_act", "行为时年龄", "integer", "party.birth", "act.date")
def _age(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 30: whole years on the day of the act."""
    birth, act = answer_of(facts, "party.birth", dt.date), answer_of(facts, "act.date", dt.date)
    if birth is None or act is None:
        return None
    return act.year - birth.year - ((act.month, act.day) < (birth.month, birth.day))


# ── harm, correction, earlier offences ────────────────────────────────────────────────────────────────

_FLAG = (Choice("none", "无"), Choice("confirmed", "已确认"), Choice("cleared", "已排除"))


@derives("harm.flag", "严重情形", "choice", "harm.classes", "harm.confirmed_by", "harm.cleared_reason", choices=_FLAG)
def _harm_flag(facts: Facts, around: Around) -> Value | None:
    """domain/02 Q5: a ticked class suspends leniency until it is confirmed by named persons or cleared with reasons."""
    classes = facts.get("harm.classes")
    if classes is None:
        return None
    if classes == ():
        return "none"
    if facts.get("harm.confirmed_by"):
        return "confirmed"
    return "cleared" if facts.get("harm.cleared_reason") else None


@derives("correct.limit", "应当改正之日", "date", "correct.mode", "correct.deadline", "correct.required_on")
def _limit(facts: Facts, around: Around) -> Value | None:
    """The last day of the order's period, the day of an order to correct at once; 无 where nothing was ordered."""
    if deadline := answer_of(facts, "correct.deadline", dt.date):
        return deadline
    if facts.get("correct.mode") == "at_once":
        return answer_of(facts, "correct.required_on", dt.date)
    ordered = facts.get("correct.mode") or facts.get("correct.required_on") or facts.get("correct.how") == "ordered"
    return None if ordered else ""


@derives(
    "corrected_in_time", "是否及时改正", "flag",
    "correct.done_on", "correct.rechecked_on", "correct.remaining", "correct.limit",
)  # fmt: skip
def _corrected(facts: Facts, around: Around) -> Value | None:
    """domain/02 §2.4: at once or within the order's period, complete, and verified by a recheck."""
    if facts.get("correct.remaining") or facts.get("correct.done_on") == "":
        return False
    done, checked = answer_of(facts, "correct.done_on", dt.date), answer_of(facts, "correct.rechecked_on", dt.date)
    if done is None or checked is None or "correct.remaining" not in facts:
        return None
    if "correct.limit" not in facts:
        return None
    limit = answer_of(facts, "correct.limit", dt.date)
    return limit is None or done <= limit


@derives(
    "first_offence", "初次违法", "flag",
    "no_penalty.first_offence", "act.date",
    "no_penalty.query.system", "no_penalty.query.on", "no_penalty.query.result",
)  # fmt: skip
def _first_offence(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 33 para 1: the claim, a query of the public system, and nothing in our own ledger."""
    claim, act = facts.get("no_penalty.first_offence"), answer_of(facts, "act.date", dt.date)
    if claim is False:
        return False
    if act is None:
        return None
    since = periods.add_years(act, -around.catalogue.settings.thresholds["lookback_years"])
    if any(past.decided_on >= since and past.measure != FALSE_REPAIR for past in around.history.past):
        return False
    queried = all(facts.get(f"no_penalty.query.{part}") for part in ("system", "on", "result"))
    return True if claim is True and queried else None


# ── law of the case ───────────────────────────────────────────────────────────────────────────────────


@derives("law.refusal_only", "只罚拒不改正", "flag", "law.penalty")
def _refusal_only(facts: Facts, around: Around) -> Value | None:
    """旅行社条例 arts 48–50 and the like: the act is punishable only when the order to correct is refused."""
    if "law.penalty" not in facts:
        return None
    provisions = items_of(facts, "law.penalty")
    return bool(provisions) and all(_punishes_refusal(item, around) for item in provisions)


def _punishes_refusal(item: Item, around: Around) -> bool:
    texts = around.catalogue.laws.get(str(item.get("law", "")), ())
    return any(c.article == item.get("article") for text in texts for c in text.refusal_only)


@derives("law.high_fine_floor", "法定最低罚款较高", "flag", "law.penalty", "law.statutory_range")
def _high_floor(facts: Facts, around: Around) -> Value | None:
    """domain/02 DR-10: collective discussion from the configured statutory minimum on; 可以并处 has none."""
    if "law.penalty" not in facts and "law.statutory_range" not in facts:
        return None
    words = [str(i.get("range", "")) for i in items_of(facts, "law.penalty")]
    words.append(str(facts.get("law.statutory_range", "")))
    limit = around.catalogue.settings.thresholds["collective_fine_floor"]
    return max((law.minimum_fine(word) or 0 for word in words), default=0) >= limit


# ── what has been issued and served ───────────────────────────────────────────────────────────────────


@derives("decision.on", "决定日期", "date")
def _decision_on(facts: Facts, around: Around) -> Value | None:
    decision = decision_of(around)
    return decision.dated if decision else None


@derives("service.on", "决定书送达日期", "date", "services")
def _service_on(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 61: the day on which the decision reached the party."""
    decision = decision_of(around)
    return served_on(facts, decision, around) if decision else None


def decision_of(around: Around) -> Document | None:
    """The issued paper that ends the case: of a kind that `decides`."""
    kinds = around.catalogue.kinds
    issued = [d for d in around.documents if d.state == "issued" and d.kind in kinds and kinds[d.kind].decides]
    return issued[-1] if issued else None
