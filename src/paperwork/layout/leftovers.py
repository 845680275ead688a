"""What a template carries of the people who made it: author, company, custom properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from paperwork.model import Problem
from paperwork.wordform import Package, Unreadable

_PEOPLE = {
    "docProps/core.xml": {"creator": "作者", "lastModifiedBy": "最后保存者"},
    "docProps/app.xml": {"Company": "单位", "Manager": "经理"},
}
_CUSTOM = ("docProps/custom.xml", "word/people.xml")


@lru_cache(maxsize=256)
def leftovers(template: bytes) -> tuple[Problem, ...]:
    """Hints for what the issued documents do not carry; an error for what would travel with each of them."""
    return tuple(_leftovers(template))


def _leftovers(template: bytes) -> Iterator[Problem]:
    try:
        package = Package(template)
        for name, told in _PEOPLE.items():
            for element in package.xml(name) if name in package.names else ():
                word = told.get(re.sub(r"\{.*\}", "", str(element.tag)))
                if word and (element.text or "").strip():
                    what = f"模板的属性里有{word}「{(element.text or '').strip()}」（签发的文书不带）"
                    yield Problem("W-TEMPLATE-PERSON", name, what, "在 Word 的「检查文档」里删除个人信息")
        for name in _CUSTOM:
            if name in package.names and len(package.xml(name)):
                what = "模板带有自定义属性或者人员名单，会随每一份文书带出去"
                yield Problem("E-TEMPLATE-PERSON", name, what, "在 Word 的「检查文档」里删除个人信息")
    except Unreadable:
        return
