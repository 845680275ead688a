"""Statutes word for word: name a provision, find the text in force on a day, quote it, print the citation.

A provision is written `行政处罚法#57.1.2` (law, article, paragraph, item). A law may have several texts; which one may
be cited is decided by the day alone. Nothing here guesses: a provision that is not on file is a `LawError`.
The files under `templates/law/` are read by `paperwork.law.book`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise

import cn2an

from paperwork.model import Citation, Law, printed_date

Laws = Mapping[str, tuple[Law, ...]]
"""Law id → its texts, oldest first."""

_CITATION = re.compile(r"([^#\s]+)#([0-9]{1,3})(?:\.([0-9]{1,2})(?:\.([0-9]{1,2}))?)?")
# An item opens after the introducing colon or the end of the item before it; 第（一）项 inside a sentence does not.
_ITEM = re.compile(r"(?<=[：；。])（([一二三四五六七八九十]{1,3})）")
_NATION = "中华人民共和国"


class LawError(ValueError):
    """A citation that cannot be honoured. The message is Chinese and names law, provision and day."""


class UnknownLaw(LawError):
    """No law of that id is on file."""


class NoTextForDay(LawError):
    """The law is on file, but no text that may be cited for that day."""


class UnknownProvision(LawError):
    """The text has no such article, paragraph or item."""


# ── numerals ──────────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def chinese_number(n: int) -> str:
    """1–999 as articles are numbered: 十, 十一, 二十, 一百零一, 一百一十. ValueError outside the range."""
    if not 1 <= n <= 999:
        raise ValueError(f"条款序号应在1至999之间：{n}")
    text = str(cn2an.an2cn(n))
    return text.removeprefix("一") if 9 < n < 20 else text  # 第十条, not 第一十条


@functools.cache
def _numbers() -> Mapping[str, int]:
    return {chinese_number(n): n for n in range(1, 100)}


# ── naming a provision ────────────────────────────────────────────────────────────────────────────────


def parse(text: str) -> Citation:
    """`行政处罚法#57.1.2` → Citation; the inverse of `str`. ValueError (Chinese) for anything else."""
    wanted = "应写作“行政处罚法#57”“行政处罚法#57.1”或者“行政处罚法#57.1.2”（条.款.项，从1起数）"
    found = _CITATION.fullmatch(text.strip())
    if not found:
        raise LawError(f"“{text}”不是法条引用，{wanted}")
    law, article, para, item = found.groups(default="0")
    citation = Citation(law, int(article), int(para), int(item))
    # One provision, one spelling: zeros in front and a lone zero at the end would make a second one.
    if not citation.article or str(citation) != text.strip():
        raise LawError(f"“{text}”的条、款、项写法不对，{wanted}")
    return citation


def by_name(laws: Laws, name: str) -> str | None:
    """The id of the law called so by id, title, 《title》 or alias; of two with one title, the one still in force."""
    bare = name.strip().removeprefix("《").removesuffix("》")
    for guess in (bare, bare.removeprefix(_NATION)):
        if guess in laws:
            return guess
    bearers = [
        (law.until is None, law.starts, law_id)
        for law_id, texts in laws.items()
        for law in texts
        if bare == law.title or bare in law.aliases or name.strip() == law.cited_as
    ]
    return max(bearers)[2] if bearers else None


def _texts(laws: Laws, law_id: str) -> tuple[Law, ...]:
    texts = laws.get(law_id, ())
    if texts:
        return texts
    near = by_name(laws, law_id) or next(iter(difflib.get_close_matches(law_id, [*laws], n=1)), "")
    raise UnknownLaw(f"法律库（templates/law/）没有“{law_id}”" + (f"，是不是“{near}”？" if near else ""))


def text_on(laws: Laws, law_id: str, day: dt.date) -> Law | None:
    """The text that may be cited for `day` (`starts` ≤ day ≤ `until`, the latest of them), or None."""
    fit = [law for law in laws.get(law_id, ()) if law.starts <= day and (law.until is None or day <= law.until)]
    return max(fit, key=lambda law: law.starts, default=None)


def _text(laws: Laws, citation: Citation, day: dt.date | None) -> Law:
    """The text for `day`, or the newest text when no day is asked."""
    texts = _texts(laws, citation.law)
    if day is None:
        return texts[-1]
    law = text_on(laws, citation.law, day)
    if law is not None:
        return law
    spans = "、".join(
        f"{printed_date(text.starts)}起" + (f"至{printed_date(text.until)}止" if text.until else "") for text in texts
    )
    same = (other for other in laws if other != citation.law and laws[other][-1].title == texts[-1].title)
    hint = next((other for other in same if text_on(laws, other, day)), "")
    raise NoTextForDay(
        f"{texts[-1].cited_as}（{citation}）没有{printed_date(day)}可以引用的文本；在册文本：{spans}"
        + (f"。该日的文本是不是“{hint}”？" if hint else "")
    )


# ── quoting ───────────────────────────────────────────────────────────────────────────────────────────


def resolve(laws: Laws, citation: Citation, day: dt.date | None) -> str:
    """The exact words cited, from the text for `day` (None: the newest text).

    An article is its paragraphs joined by newlines; an item runs from its （五） to before the next item, without its
    closing ；or 。. An item with paragraph 0 is the item of the article's only paragraph that has items.
    Raises UnknownLaw, NoTextForDay or UnknownProvision.
    """
    return _words(_text(laws, citation, day), citation)


def _words(law: Law, citation: Citation) -> str:
    article = law.articles.get(citation.article)
    if article is None:
        raise UnknownProvision(f"{law.cited_as}（{printed_date(law.version)}文本）在册条文没有{_article(citation)}")
    if citation.para > len(article):
        raise UnknownProvision(f"{law.cited_as}{_article(citation)}只有{len(article)}款，没有第{citation.para}款")
    if not citation.item:
        return article[citation.para - 1] if citation.para else "\n".join(article)
    if citation.para:
        items = _items(article[citation.para - 1])
    else:
        with_items = [found for paragraph in article if (found := _items(paragraph))]
        if len(with_items) > 1:
            raise UnknownProvision(f"{law.cited_as}{_article(citation)}有几款都分项，请写明是第几款")
        items = with_items[0] if with_items else {}
    if citation.item not in items:
        raise UnknownProvision(f"{law.cited_as}没有{provision(citation)}（该处共{len(items)}项）")
    return items[citation.item]


def _items(paragraph: str) -> Mapping[int, str]:
    marks = list(_ITEM.finditer(paragraph))
    bounds = [mark.start() for mark in marks] + [len(paragraph)]
    return {
        _numbers()[mark[1]]: paragraph[start:end].removesuffix("；").removesuffix("。")
        for mark, (start, end) in zip(marks, pairwise(bounds), strict=True)
        if mark[1] in _numbers()
    }


# ── printing ──────────────────────────────────────────────────────────────────────────────────────────


def _article(citation: Citation) -> str:
    return f"第{chinese_number(citation.article)}条"


def provision(citation: Citation) -> str:
    """第五十七条第一款第二项: the provision without the law's name."""
    para = f"第{chinese_number(citation.para)}款" if citation.para else ""
    item = f"第{chinese_number(citation.item)}项" if citation.item else ""
    return _article(citation) + para + item


def cite(laws: Laws, citations: Iterable[Citation], day: dt.date | None = None) -> str:
    """《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项: as a document names its law.

    Consecutive provisions of one law share its name; everything is joined by 、, also after another law's article
    (GB/T 15834 drops the 、 only between bare 《》《》). Each provision must stand in the text for `day` (None: the
    newest text), else LawError; a provision named twice is printed once.
    """
    parts: list[str] = []
    for law_id, group in groupby(dict.fromkeys(citations), key=lambda citation: citation.law):
        own = list(group)
        law = _text(laws, own[0], day)
        for citation in own:
            _words(law, citation)
        name = law.cited_as or f"《{law_id}》"
        parts.append(name + "、".join(map(provision, own)))
    return "、".join(parts)
