"""Provisions that somebody typed into a text, held against the texts on file: 《行政处罚法》第三十三条第一款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperwork.law.citing import LawError, Laws, by_name, chinese_number, resolve
from paperwork.model import Citation

_NUMBER = "[一二三四五六七八九十百零]+"
_ONE = f"第({_NUMBER})条(?:第({_NUMBER})款)?(?:第({_NUMBER})项)?"
_PROVISIONS = re.compile(f"《([^《》]+)》((?:(?:[、和或]|或者|以及)?{_ONE})+)")
_NUMBERS = {chinese_number(n): n for n in range(1, 1000)}


def wrongly_typed(laws: Laws, text: str) -> Iterator[tuple[str, str]]:
    """(what was typed, what is wrong with it) for every provision of a text that does not stand in the newest text on
    file. A law named without an article is no provision."""
    for found in _PROVISIONS.finditer(text):
        name = found[1]
        law = by_name(laws, name)
        for one in re.finditer(_ONE, found[2]):
            typed = f"《{name}》{one[0]}"
            if law is None:
                yield typed, f"法律库（templates/law/）没有《{name}》"
                continue
            article, paragraph, item = (_NUMBERS.get(number or "", 0) for number in one.groups())
            try:
                resolve(laws, Citation(law, article, paragraph, item), None)
            except LawError as wrong:
                yield typed, str(wrong)
