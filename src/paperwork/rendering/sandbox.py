"""Jinja as a document may use it: nothing but the context, nothing missing unnoticed, every printed value noted."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Undefined, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from paperwork.rendering.names import GLOBALS
from paperwork.rendering.values import printable, walked
from paperwork.rendering.wording import BEGIN, END

_FILTERS = (
    "abs", "count", "d", "default", "first", "float", "int", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "sum", "trim",
    "unique", "upper",
)  # fmt: skip
_NO_ANSWER = re.compile(r"(?<![A-Za-z])(None|True|False|nan)(?![A-Za-z])")


class Unprintable(ValueError):
    """A value that no document prints: None, a flag, a list, a group, not-a-number."""


class Absent(Undefined):
    """A name that the context does not give: false when tested; printed, looped over or reckoned with, it is noted."""

    note: Callable[[str], None] = staticmethod(lambda name: None)

    def _noted(self, *_: Any) -> Absent:
        self.note(self._undefined_name or self._undefined_hint or "（空列表的首项或者末项）")
        return self

    def __str__(self) -> str:
        self._noted()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def __len__(self) -> int:
        self._noted()
        return 0

    def __contains__(self, _: object) -> bool:
        return False

    def _compared(self, _: object) -> bool:
        self._noted()
        return False

    def _number(self) -> int:
        self._noted()
        return 0

    __int__ = _number  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = _compared  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _noted  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __floordiv__ = _noted  # type: ignore[assignment]


class Sandbox(ImmutableSandboxedEnvironment):
    """One environment for one rendering: what is missing and what was printed gather in it.

    Escaping is done where a value is printed, and only there, so that a value stands in the document letter for
    letter whatever filters it went through; filters that make markup are left out.
    """

    def __init__(self, context: Mapping[str, Any] | None = None) -> None:
        self.missing: list[str] = []
        self.printed: list[str] = []
        self._paths: dict[int, str] = {}
        self._words: list[str] = []
        for path, value in walked(context or {}):
            if isinstance(value, Mapping | list | tuple):
                self._paths[id(value)] = path
            elif isinstance(value, str) and _NO_ANSWER.search(value):
                self._words.append(value)
        absent = type("Absent", (Absent,), {"note": staticmethod(self.missing.append)})
        super().__init__(undefined=absent, finalize=self._finalised, autoescape=False)
        self.globals = {name: self.globals[name] for name in GLOBALS}
        self.filters = {name: FILTERS[name] for name in _FILTERS} | {"join": self._joined}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, LoopContext | Namespace) and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Groups give their fields and nothing else: a field called `items` is no method."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self._absent(obj, attribute)
        if isinstance(obj, LoopContext | Namespace):
            return super().getattr(obj, attribute)
        return self._absent(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                pass
        return self._absent(obj, f"[{argument + 1}]" if isinstance(argument, int) else str(argument))

    def _absent(self, obj: Any, name: str) -> Undefined:
        path = obj._undefined_name if isinstance(obj, Undefined) else self._paths.get(id(obj), "")
        return self.undefined(name=f"{path}{name}" if name.startswith("[") else f"{path}.{name}".lstrip("."))

    @pass_context
    def _finalised(self, _: Context, value: Any) -> str:
        """What is printed: noted, escaped, and marked for the proof.

        That Jinja hands over its context keeps constants from being printed while the template is compiled.
        """
        if isinstance(value, Undefined):
            return str(value)
        text = self._text(value).replace("\r\n", "\n").replace("\r", "\n")
        self.printed.append(text)
        return f"{BEGIN}{escape(text, {chr(34): '&quot;'})}{END}"

    def _joined(self, values: Any, between: str = "", attribute: str | None = None) -> str:
        """The filter `join`: every item must be printable by itself."""
        items = [self.getattr(item, attribute) for item in values] if attribute else list(values)
        return between.join(str(item) if isinstance(item, Undefined) else self._text(item) for item in items)

    def _text(self, value: Any) -> str:
        if isinstance(value, bool) or value is None or not isinstance(value, str | int | float):
            raise Unprintable(f"要打印的值是 {_told(value)}，不能打印")
        if isinstance(value, float) and not math.isfinite(value):
            raise Unprintable(f"要打印的值是 {value}，不是数")
        text = str(value)
        word = _NO_ANSWER.search(text)
        if word and not any(text in known or known in text for known in self._words):
            raise Unprintable(f"要打印的文字里出现了 {word[0]}")
        if not all(map(printable, text)):
            raise Unprintable("要打印的文字里有文书不能容纳的字符")
        return text


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return f"{value}（是否一类的事实只能用于判断）"
    if isinstance(value, Mapping):
        return "一组值"
    return "一个列表" if isinstance(value, list | tuple) else str(value)
