"""Proof-reading: the words of a form against each other and against the case. Findings only; nothing is corrected.

One name, one amount (with its capitals), one date and one article per fact; common mistakes and former names of organs
are data (`proofreading.toml`). Everything found is a warning: the clerk reads it on the slip, and the form is taken.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperwork import law
from paperwork.facts import rows_of
from paperwork.model import Beside, Catalogue, Fact, Facts, Finding, Scalar, Slip, Value, printed_date

_DATE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_MONEY = r"(?:人民币)?([\d,]+(?:\.\d{1,2})?)(万?)元(?!以[上下]|至|—)"
_CAPITALS = re.compile(r"([\d,]+(?:\.\d{1,2})?)元[（(]大写[:：]?\s*([^（）()]+)[)）]")
_ARTICLE = re.compile(r"《([^《》]+)》第([一二三四五六七八九十百零]+)条")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》")
_ALIKE = 0.75  # from here on two names are taken for one that was mistyped
_COMPARED = ("party.name", "law.violated", "law.penalty")
_SPREAD = 3  # by so many characters may the mistyped name be longer or shorter
_SHORTEST = 5  # a shorter name is a person's, or too short to be told from chance


@dataclass(frozen=True)
class Text:
    """One answer in words, and where it stands."""

    place: str
    fact: Fact
    words: str
    name: str  # full name, of a column `list.column`


def findings(catalogue: Catalogue, facts: Facts, given: Facts) -> Iterator[Finding]:
    """What is odd in the texts `given`, and in all others where `given` changes what they are compared with.

    `facts` are those of the matter as it would stand. To read a whole matter give the same twice.
    """
    against = {*_COMPARED, *(one.fact for one in (*catalogue.proofs.dates, *catalogue.proofs.amounts))}
    for text in texts(catalogue.facts, given):
        yield from _alone(catalogue, text)
        yield from _compared(catalogue, facts, text)
    if against & set(given):
        others = {name: value for name, value in facts.items() if name not in given}
        for text in texts(catalogue.facts, others):
            yield from _compared(catalogue, facts, text)


def texts(defs: Mapping[str, Fact], given: Facts) -> Iterator[Text]:
    """Every answer in words, columns of lists included; nothing derived."""
    for name, value in given.items():
        fact = defs.get(name)
        if fact is None or fact.derived:
            continue
        if fact.type == "list":
            for row, item in enumerate(rows_of(value), 1):
                for short, answer in item.items():
                    column = fact.items.get(short)
                    if column and (words := _words(column, answer)):
                        place = f"「{fact.label}」第{row}行「{column.label}」"
                        yield Text(place, column, words, f"{name}.{short}")
        elif words := _words(fact, value):
            yield Text(f"「{fact.label}」一栏", fact, words, name)


def _words(fact: Fact, value: Value | Scalar) -> str:
    if fact.type not in ("text", "set") or fact.choices or fact.check or fact.number:
        return ""
    return "；".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _finding(code: str, text: Text, message: str, found: str, wanted: str = "") -> Finding:
    return Finding(code, f"{text.place}：{message}", text.fact.name, text.place, found, wanted, severity="warning")


# ── by itself ─────────────────────────────────────────────────────────────────────────────────────────


def _alone(catalogue: Catalogue, text: Text) -> Iterator[Finding]:
    proofs = catalogue.proofs
    if text.name not in proofs.verbatim:
        bare = _QUOTED.sub("", text.words)
        for slip, found in _slips(proofs.mistakes, text.words):
            yield _finding("W-PROOF-WORD", text, f"「{found}」疑为「{slip.right}」", found, slip.right)
        for slip, found in _slips(proofs.organs, bare):
            yield _finding("W-PROOF-ORGAN", text, f"「{found}」是机关的旧称，现为{slip.right}", found, slip.right)
    for figures, capitals in _CAPITALS.findall(text.words):
        right = law.capitals(_fen(figures, ""))
        if capitals.strip().removesuffix("整") != right.removesuffix("整"):
            yield _finding("W-PROOF-AMOUNT", text, f"{figures}元的大写是{right}，写成了{capitals}", capitals, right)
    for year, month, day in re.findall(_DATE, text.words):
        if _date(year, month, day) is None:
            written = f"{year}年{month}月{day}日"
            yield _finding("W-PROOF-DATE", text, f"没有{written}这一天", written)


def _slips(slips: Sequence[Slip], words: str) -> Iterator[tuple[Slip, str]]:
    for slip in slips:
        bare = functools.reduce(lambda rest, spare: rest.replace(spare, "\n"), slip.spare, words)
        yield from ((slip, wrong) for wrong in slip.wrong if wrong in bare)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _fen(figures: str, wan: str) -> int:
    whole, _, rest = figures.replace(",", "").partition(".")
    fen = int(whole or 0) * 100 + int((rest + "00")[:2])
    return fen * 10_000 if wan else fen


# ── against the case ──────────────────────────────────────────────────────────────────────────────────


def _compared(catalogue: Catalogue, facts: Facts, text: Text) -> Iterator[Finding]:
    yield from _names(facts, text)
    for beside in catalogue.proofs.dates:
        yield from _dates(catalogue, facts, text, beside)
    for beside in catalogue.proofs.amounts:
        yield from _amounts(catalogue, facts, text, beside)
    yield from _articles(catalogue, facts, text)


def _names(facts: Facts, text: Text) -> Iterator[Finding]:
    """A name that is almost the party's. Only what begins like it is looked at: a text may name others."""
    name = facts.get("party.name")
    if not isinstance(name, str) or len(name) < _SHORTEST or text.name == "party.name":
        return
    rest = text.words.replace(name, "\n")
    starts = (found.start() for found in re.finditer(re.escape(name[:2]), rest))
    for start in starts:
        window = re.split(r"[\n，。；：、（）\s]", rest[start : start + len(name) + _SPREAD])[0]
        near = [window[:size] for size in range(len(name) + _SPREAD, len(name) - _SPREAD, -1) if len(window) >= size]
        best = max(near, key=lambda part: difflib.SequenceMatcher(None, part, name).ratio(), default="")
        if best and difflib.SequenceMatcher(None, best, name).ratio() >= _ALIKE:
            message = f"「{best}」与当事人「{name}」相近而不同，请核对"
            yield _finding("W-PROOF-NAME", text, message, best, name)
            return


def _dates(catalogue: Catalogue, facts: Facts, text: Text, beside: Beside) -> Iterator[Finding]:
    known = facts.get(beside.fact)
    if not isinstance(known, dt.date):
        return
    words = "|".join(map(re.escape, sorted(beside.words, key=len, reverse=True)))
    for year, month, day in re.findall(rf"{_DATE}(?:，|起|经批准|本机关|依法)*(?:{words})", text.words):
        written = _date(year, month, day)
        if written and written != known:
            label, right = catalogue.facts[beside.fact].label, printed_date(known)
            message = f"写的是{printed_date(written)}，「{label}」是{right}"
            yield _finding("W-PROOF-DATE", text, message, printed_date(written), right)


def _amounts(catalogue: Catalogue, facts: Facts, text: Text, beside: Beside) -> Iterator[Finding]:
    known = facts.get(beside.fact)
    if not isinstance(known, int) or isinstance(known, bool) or text.name.startswith("law."):
        return
    words = "|".join(map(re.escape, beside.words))
    for figures, wan in re.findall(rf"(?:{words}){_MONEY}", text.words):
        if _fen(figures, wan) != known:
            label, right = catalogue.facts[beside.fact].label, f"{known // 100}.{known % 100:02d}元"
            message = f"写的是{figures}{wan}元，「{label}」是{right}"
            yield _finding("W-PROOF-AMOUNT", text, message, f"{figures}{wan}元", right)


def _articles(catalogue: Catalogue, facts: Facts, text: Text) -> Iterator[Finding]:
    """An article that the law on file has not; or another one of the very law that the case rests on."""
    cited = [item for name in ("law.violated", "law.penalty") for item in rows_of(facts.get(name))]
    for title, number in _ARTICLE.findall(text.words):
        law_id, article = law.by_name(catalogue.laws, title), _numbers().get(number, 0)
        if law_id is None:
            continue
        written, ours = f"《{title}》第{number}条", [i.get("article") for i in cited if i.get("law") == law_id]
        if not any(article in text_.articles for text_ in catalogue.laws[law_id]):
            yield _finding("W-PROOF-ARTICLE", text, f"{written}不在入库的文本中", written)
        elif ours and article not in ours:
            listed = "、".join(f"第{law.chinese_number(n)}条" for n in dict.fromkeys(ours) if isinstance(n, int))
            yield _finding("W-PROOF-ARTICLE", text, f"写的是{written}，本案引用的是{listed}", written, listed)


@functools.cache
def _numbers() -> Mapping[str, int]:
    return {law.chinese_number(n): n for n in range(1, 1000)}

