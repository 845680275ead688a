"""Derived facts of why a penalty is lighter: the grounds that were verified, and the articles that stand for them.

A function answers None when its inputs do not suffice: the fact is then unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork import law
from paperwork.facts.penalties import LIGHTER
from paperwork.facts.registry import Around, answer_of, derives, items_of
from paperwork.law.grounds import citation, number_of
from paperwork.model import Citation, Facts, Rule, Value


def _grounds(facts: Facts) -> tuple[str, ...]:
    """The codes of the verified circumstances, in the order of the form."""
    told = (str(i.get("ground")) for i in items_of(facts, "circumstances") if i.get("verified") is True)
    return tuple(dict.fromkeys(told))


@derives("mitigation.young", "行为时已满十四周岁不满十八周岁", "flag", "party.kind", "party.age_at_act")
def _young(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 art 30: by the birth of the party and the day of the act, not by what somebody ticked."""
    age = answer_of(facts, "party.age_at_act", int)
    if facts.get("party.kind") != "person":
        return False if "party.kind" in facts else None
    return None if age is None else 14 <= age < 18


@derives("mitigation.grounded", "有法定的从轻或者减轻情节", "flag", "circumstances", "party.age_at_act")
def _grounded(facts: Facts, around: Around) -> Value | None:
    """行政处罚法 arts 30 to 32: below the law's range nobody goes without one of them."""
    if facts.get("mitigation.young") is True:
        return True
    return None if "circumstances" not in facts else any(ground in LIGHTER for ground in _grounds(facts))


@derives("mitigation.cited", "从轻、减轻的依据", "text", "circumstances", "party.age_at_act", "act.date")
def _cited(facts: Facts, around: Around) -> Value | None:
    """The articles of the rules of mitigation that hold for the act, and what else a verified circumstance names."""
    act = answer_of(facts, "act.date", dt.date)
    named = tuple(dict.fromkeys((*_of_rules(facts, around, act), *_of_others(facts))))
    if not named:
        return None
    for day in (act, None):  # a newer text that favours the party is cited as it stands today
        try:
            return law.cite(around.catalogue.laws, named, day)
        except ValueError:
            continue
    return None


def _of_rules(facts: Facts, around: Around, act: dt.date | None) -> Iterator[Citation]:
    grounds = set(_grounds(facts))
    for rule in around.catalogue.rules:
        if rule.measure != "mitigation" or not _in_force(rule, act):
            continue
        asked = {str(v) for c in rule.when if c.fact.endswith("circumstances.ground") for v in c.values}
        by_age = any(c.fact == "party.age_at_act" for c in rule.when)
        if asked & grounds or (by_age and facts.get("mitigation.young") is True):
            yield from (_plain(cited, around) for cited in rule.basis)


def _plain(cited: Citation, around: Around) -> Citation:
    """第三十二条第三项: an article of one paragraph is cited without it."""
    texts = around.catalogue.laws.get(cited.law, ())
    single = all(len(text.articles.get(cited.article, ())) <= 1 for text in texts)
    return Citation(cited.law, cited.article, 0, cited.item) if single else cited


def _in_force(rule: Rule, act: dt.date | None) -> bool:
    """By the day of the act (行政处罚法 art 37); a rule that favours the party also for earlier acts."""
    if act is None:
        return rule.until is None
    return (rule.until is None or act <= rule.until) and (rule.favourable or rule.since is None or rule.since <= act)


def _of_others(facts: Facts) -> Iterator[Citation]:
    """行政处罚法 art 32 item 5: 法律、法规、规章规定的其他情形, as the form names them."""
    for item in items_of(facts, "circumstances"):
        named = item.get("law") and number_of(item.get("article"))
        if named and item.get("verified") is True and item.get("ground") == "32-5":
            yield citation(item)
