"""What holds a row back from the public: no 保密审查, or a text that may tell of children and that nobody worded anew.

政府信息公开条例 art 17; 未成年人保护法 art 103 (no name, dwelling or school of a minor in a case); domain/06 §6.3.
The mask knows the names that stand in the answers of the matter; of those that stand only in a text a person takes
care.
"""

from __future__ import annotations

import re
import unicodedata

from paperwork.facts import rows_of
from paperwork.model import Credit, Facts, Watch
from paperwork.publicity.masking import HIDDEN


def held(credit: Credit, facts: Facts) -> str:
    """Why the row waits, with the form that helps; "" where nothing holds it."""
    reviews = rows_of(facts.get("secrecy_reviews"))
    if credit.reviewed and not any(item.get("content") == "public" and item.get("on") for item in reviews):
        return "公开以前没有保密审查：请填《保密审查表》，审查为「主动公开」以后再导出（政府信息公开条例第十七条）"
    words = [word for watch in credit.watches if not facts.get(watch.instead) for word in _found(watch, facts)]
    if not words:
        return ""
    named = "、".join(f"「{word}」" for word in dict.fromkeys(words))
    return (
        f"文字中有{named}，可能涉及未成年人或者其他人的个人信息：请在《信用公示情况表》填写供公开的文字"
        "（不写姓名、住址、就读学校，未成年人保护法第一百零三条）"
    )


def watched(credit: Credit, source: str) -> Watch | None:
    """The watch over the text of a fact."""
    return next((watch for watch in credit.watches if watch.source == source), None)


def public(watch: Watch, facts: Facts) -> str:
    """The text for the public where one was worded; the text itself where nothing in it is watched for."""
    worded = str(facts.get(watch.instead, ""))
    return worded or (HIDDEN if _found(watch, facts) else str(facts.get(watch.source, "")))


def _found(watch: Watch, facts: Facts) -> list[str]:
    said = "".join(unicodedata.normalize("NFKC", str(facts.get(watch.source, ""))).split())
    return [found[0] for pattern in watch.patterns for found in re.finditer(pattern, said)]
