"""The condition language: `fact op value`, parsed once against `facts.toml`, answered true, false or unknown.

A side may be a constant or another fact. All conditions of a rule must hold; an alternative is a second rule; the
wish for `or`, brackets or `+` is the wish for a derived fact (DESIGN §3, Conditions).
"""

from __future__ import annotations

import datetime as dt
import difflib
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from paperwork.model import Because, Condition, Fact, Facts, Scalar, Value

_PHRASE = re.compile(
    r"^(?P<fact>\S+)\s+(?P<op>is not|is|in|has|count|between|given|empty|>=|<=|<|>)(?:\s+(?P<rest>.+))?$"
)
_ABOUT_MEASURES = re.compile(r"^(?P<op>measure|refused)\s+(?P<rest>\S+)$")
_COUNT = re.compile(r"^(>=|<=|<|>|is)\s*(\d+)$")
_YES_NO = {"yes": True, "no": False, "是": True, "否": False}


class ConditionError(ValueError):
    """条件写错了。"""


@dataclass(frozen=True)
class Situation:
    """What conditions are asked of: the facts (derived ones included) and what has been decided so far."""

    facts: Facts
    defs: Mapping[str, Fact]
    fired: frozenset[str] = field(default_factory=frozenset)
    refused: frozenset[str] = field(default_factory=frozenset)


# ── parse ─────────────────────────────────────────────────────────────────────────────────────────────


def parse(text: str, facts: Mapping[str, Fact], per: str = "") -> Condition:
    """Parse one condition. With `per`, short names mean fields of that list's item at hand (`talk.kind` → `kind`).

    Raises ConditionError with a Chinese sentence that names what is wrong and, where near, what was meant.
    """
    text = " ".join(text.split())
    if about := _ABOUT_MEASURES.match(text):
        return Condition(text, "", about["op"], (about["rest"],))
    phrase = _PHRASE.match(text)
    if not phrase:
        raise ConditionError(f"看不懂条件「{text}」：应写成「事实 比较词 值」，例如「harm.level is none」")
    scope = _Scope(facts, per)
    fact = scope.known(phrase["fact"])
    op, rest = phrase["op"], (phrase["rest"] or "").strip()
    if op in ("given", "empty"):
        if rest:
            raise ConditionError(f"「{text}」：{op} 之后不应再写值")
        return Condition(text, fact.name, op)
    if not rest:
        raise ConditionError(f"「{text}」：{op} 之后缺少值")
    return _with_values(text, fact, op, rest, scope)


def _with_values(text: str, fact: Fact, op: str, rest: str, scope: _Scope) -> Condition:
    if op == "count":
        counted = _COUNT.match(rest)
        if not counted:
            raise ConditionError(f"「{text}」：count 之后应写比较和整数，例如「count >= 2」")
        return Condition(text, fact.name, f"count {counted[1]}", (int(counted[2]),))
    if op == "has" and fact.type != "set":
        raise ConditionError(f"「{text}」：has 只用于多选（set）的事实，「{fact.name}」不是")
    if fact.type in ("list", "set") and op not in ("has",):
        raise ConditionError(f"「{text}」：「{fact.name}」有多个值，请用 has、count、given 或者 empty")
    if op in _ORDER and fact.type not in _ORDERED:
        raise ConditionError(f"「{text}」：「{fact.name}」不是日期或者数，不能比较大小")
    # An answer of its own comes first: 「kind is statement」 means the choice, though a fact bears the name too.
    own = _choice(fact, rest) or (fact.type == "flag" and rest in _YES_NO)
    other = None if own else scope.find(rest)
    if other:
        if op != "has" and _family(other) != _family(fact):
            raise ConditionError(f"「{text}」：「{fact.name}」和「{other.name}」的类型不同，不能比较")
        return Condition(text, fact.name, op, other=other.name)
    parts = rest.split(" and ") if op == "between" else _listed(rest, fact) if op == "in" else [rest]
    if op == "between" and len(parts) != 2:
        raise ConditionError(f"「{text}」：between 应写成「between 甲 and 乙」")
    return Condition(text, fact.name, op, tuple(_constant(text, fact, part.strip()) for part in parts))


_ORDER = ("between", ">=", "<=", "<", ">")
_ORDERED = ("date", "datetime", "integer", "money")


def _family(fact: Fact) -> str:
    return "date" if fact.type == "datetime" else fact.type


def _listed(rest: str, fact: Fact) -> list[str]:
    """Answers joined by commas; by 、 only where no comma stands, for a label may hold it (勘验笔录、现场笔录)."""
    if _choice(fact, rest):
        return [rest]
    return re.split(r"\s*[,，]\s*" if re.search("[,，]", rest) else r"\s*、\s*", rest)


@dataclass(frozen=True)
class _Scope:
    """The facts that a condition may name; `per` a list, also the fields of its item at hand by short name."""

    facts: Mapping[str, Fact]
    per: str

    def find(self, name: str) -> Fact | None:
        if self.per:
            items = self.facts[self.per].items
            short = name.removeprefix(self.per.rpartition(".")[2].removesuffix("s") + ".")
            if short in items:
                return items[short]
        return self.facts.get(name)

    def known(self, name: str) -> Fact:
        if fact := self.find(name):
            return fact
        near = difflib.get_close_matches(name, list(self.facts), 1)
        raise ConditionError(f"没有「{name}」这项事实" + (f"，是不是「{near[0]}」" if near else ""))


def _constant(text: str, fact: Fact, word: str) -> Scalar:
    if fact.choices:
        if code := _choice(fact, word):
            return code
        codes = [c.code for c in fact.choices]
        near = difflib.get_close_matches(word, [*codes, *(c.label for c in fact.choices)], 1, 0.5)
        hint = f"是不是「{near[0]}」" if near else f"只有 {'、'.join(codes)}"
        raise ConditionError(f"「{text}」：「{fact.name}」没有「{word}」这个选项，{hint}")
    try:
        return _READ[fact.type](word)
    except (KeyError, ValueError):
        raise ConditionError(f"「{text}」：「{word}」不是「{fact.name}」的值（类型 {fact.type}）") from None


def _choice(fact: Fact, word: str) -> str:
    """The code of the choice written by code or label; "" when it is none."""
    return next((c.code for c in fact.choices if word in (c.code, c.label)), "")


def _fen(word: str) -> int:
    """Amounts are written in 元, as everywhere in templates/, and compared in fen."""
    yuan, _, fen = word.removesuffix("元").partition(".")
    if not (yuan.isdecimal() and len(fen) <= 2):
        raise ValueError(word)
    return int(yuan) * 100 + int((fen + "00")[:2])


_READ: dict[str, Callable[[str], Scalar]] = {
    "flag": lambda word: _YES_NO[word],
    "date": dt.date.fromisoformat,
    "datetime": dt.date.fromisoformat,
    "integer": int,
    "money": _fen,
    "text": lambda word: word.strip("\"'“”"),
    "set": lambda word: word.strip("\"'“”"),
}


# ── ask ───────────────────────────────────────────────────────────────────────────────────────────────


def ask(condition: Condition, situation: Situation) -> bool | None:
    """True, false, or None = unknown: nobody gave the fact (未填). Kleene's third value."""
    if condition.op == "measure":
        return condition.values[0] in situation.fired
    if condition.op == "refused":
        return condition.values[0] in situation.refused
    value = answer(condition.fact, situation)
    if condition.op == "given":
        return value not in (None, "", ())
    if condition.op.startswith("count"):
        return _compare(condition.op.split()[1], _count(value, situation.defs.get(condition.fact)), condition.values[0])
    if value is None:
        return None
    if condition.op == "empty":
        return value in ("", ())
    if not condition.other:
        return _holds(condition.op, value, condition.values)
    other = answer(condition.other, situation)
    return None if other is None else _holds(condition.op, value, (other,))


def answer(name: str, situation: Situation) -> Value | None:
    """The answer to a fact; what only a party can raise (`silence = false`) counts as no when nobody raised it."""
    if name in situation.facts:
        return situation.facts[name]
    fact = situation.defs.get(name)
    if fact is not None and not fact.silence:
        return False if fact.type == "flag" else ""
    return None


def all_of(conditions: Iterable[Condition], situation: Situation) -> tuple[bool | None, tuple[Because, ...]]:
    """All must hold: false beats unknown, unknown beats true. With the reason of each."""
    because = tuple(reason(c, situation) for c in conditions)
    answers = [b.holds for b in because]
    return (False if False in answers else None if None in answers else True), because


def reason(condition: Condition, situation: Situation) -> Because:
    """One condition with the value that it met, as `explain` shows it."""
    value = answer(condition.fact, situation) if condition.fact else None
    return Because(condition.text, _plain(value), ask(condition, situation))


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(scalar) for name, scalar in value.items()}
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _count(value: Value | None, fact: Fact | None) -> int:
    """Items that differ in their key: one officer written twice is one officer. 未填 is none."""
    if not isinstance(value, tuple):
        return 0
    if fact is None or not fact.key:
        return len({str(v) for v in value})
    return len({tuple(item.get(k) for k in fact.key) for item in value if not isinstance(item, str)})


def _holds(op: str, value: Value, wanted: tuple[Value, ...]) -> bool | None:
    if op == "has":
        return isinstance(value, tuple) and wanted[0] in value
    if op == "is":
        return _same(value, wanted[0])
    if op == "is not":
        return not _same(value, wanted[0])
    if op == "in":
        return any(_same(value, one) for one in wanted)
    if op == "between":
        after, before = _compare(">=", value, wanted[0]), _compare("<=", value, wanted[1])
        return None if after is None or before is None else after and before
    return _compare(op, value, wanted[0])


def _same(left: Any, right: Any) -> bool:
    left, right = _alike(left, right)
    return bool(left == right)


def _compare(op: str, left: Any, right: Any) -> bool | None:
    """Greater and less are not asked of the answer 无: unknown."""
    if "" in (left, right):
        return None
    return bool(_OPERATORS[op](*_alike(left, right)))


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """A time held against a day counts as its day."""
    if isinstance(left, dt.datetime) and not isinstance(right, dt.datetime):
        left = left.date()
    if isinstance(right, dt.datetime) and not isinstance(left, dt.datetime):
        right = right.date()
    return left, right


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
    ">": operator.gt,
    "is": operator.eq,
}
