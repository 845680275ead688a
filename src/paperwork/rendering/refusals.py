"""What the facts may lack: answers that a document prints, and characters that no document can carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from paperwork.errors import PaperworkError


class MissingFacts(PaperworkError):
    """文书要打印的事实没有填写。

    `names` are context names in the order of the document, items counted from one: `party.phone`, `evidence[2].name`.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        super().__init__("文书要打印的事实没有填写：" + "、".join(self.names))


class BadCharacters(PaperworkError):
    """事实中有文书不能容纳的字符。

    `places` holds the context name of each value and its offending characters: `{"party.name": ("U+0001",)}`.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, places: Mapping[str, tuple[str, ...]]) -> None:
        self.places = dict(places)
        told = "；".join(f"{name} 中的 {'、'.join(characters)}" for name, characters in self.places.items())
        super().__init__(f"事实中有文书不能容纳的字符：{told}")
