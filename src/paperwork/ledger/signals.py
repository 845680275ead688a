"""Why a plan was not registered. None of these is an error: the caller knows what to do with each."""

from __future__ import annotations

from paperwork.errors import PaperworkError


class Refused(PaperworkError):
    """这份材料已经退回或者办结，不再登记。"""


class Duplicate(PaperworkError):
    """同样的内容已经登记过。"""

    def __init__(self, matter: str, key: str) -> None:
        super().__init__(f"同样的内容已经登记在 {matter}")
        self.matter = matter  # id of the matter that has it
        self.key = key  # drop/row of the earlier submission


class Moved(PaperworkError):
    """事项在此期间有了变化，需要重新判断。"""
