"""How cells look: kinds of values, heads, help, and what must be mended."""

from __future__ import annotations

from typing import Any

from paperwork.sheetform.columns import Column

_FONT = {"font_name": "宋体", "font_size": 11}
_WIDTHS = {"date": 15, "datetime": 20, "integer": 9, "money": 13, "flag": 9}
_BRIEF = ("号", "码", "人", "话", "型", "员")  # how labels end whose answers are short
_WRONG, _NEEDED, _PLAIN = "#FFC7CE", "#FCE4D6", "#E7E6E6"


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._wrong: dict[int, Any] = {}
        self._keep: dict[int, dict[str, Any]] = {}
        wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.bare = self._made({})
        self.line = self._made({"text_wrap": True, "valign": "top"})
        self.loud = self._made({"text_wrap": True, "font_color": "#C00000"})
        self.title = self._made({"bold": True, "font_size": 18, "font_name": "黑体"})
        self.intro = self._made({"font_color": "#595959"})
        self.section = self._made({"bold": True, "align": "center", "bg_color": "#D9E2F3", "border": 1})
        head = {**wrapped, "bold": True, "align": "center", "valign": "vcenter"}
        self.head = self._made({**head, "bg_color": _PLAIN})
        self.needed = self._made({**head, "bg_color": _NEEDED, "font_color": "#C00000"})
        self.ours = self._made({**head, "bg_color": "#FFFFFF", "font_color": "#7F7F7F"})
        note = {**wrapped, "font_size": 9, "font_color": "#7F7F7F"}
        self.help = self._made({**note, "bg_color": "#F7F7F7"})
        self.example = self._made({**note, "italic": True, "bg_color": "#F7F7F7", "num_format": "@"})
        # 「@」: a text. Excel then leaves codes, 3-5 and leading zeros as they are typed
        self.text = self._made({**wrapped, "num_format": "@"})
        self.date = self._made({**wrapped, "num_format": 'yyyy"年"m"月"d"日"'})
        self.moment = self._made({**wrapped, "num_format": 'yyyy"年"m"月"d"日"h"时"mm"分"'})
        self.number = self._made({**wrapped, "num_format": "0"})
        self.money = self._made({**wrapped, "num_format": "0.00"})
        self.why = self._made({**wrapped, "font_color": "#C00000"})

    def of(self, column: Column) -> Any:
        """The format of a column's answers."""
        kind = column.fact.type if column.fact and column.kind != "list" else "text"
        by_type = {"date": self.date, "datetime": self.moment, "integer": self.number, "money": self.money}
        return by_type.get(kind, self.text)

    def wrong(self, look: Any) -> Any:
        """The same, coloured as what must be mended."""
        if id(look) not in self._wrong:
            self._wrong[id(look)] = self._made({**self._keep[id(look)], "bg_color": _WRONG})
        return self._wrong[id(look)]

    def _made(self, wanted: dict[str, Any]) -> Any:
        made = self._book.add_format({**_FONT, **wanted})
        self._keep[id(made)] = wanted
        return made


def width_of(column: Column) -> int:
    """Of a column, in digits."""
    if column.kind == "list":
        return 42
    fact = column.fact
    if fact is None:
        return 22 if column.name in ("matter", "party", "corrects") else 12
    if fact.type in _WIDTHS:
        return max(_WIDTHS[fact.type], _head(column))
    if fact.choices and fact.type == "choice":
        return max(min(4 + 2 * max(len(c.label) for c in fact.choices), 26), _head(column))
    if fact.check in ("uscc", "id_no"):
        return 23
    return max(18 if column.label.endswith(_BRIEF) or fact.personal else 30, _head(column))


def _head(column: Column) -> int:
    return min(2 + 2 * len(column.label), 18)
