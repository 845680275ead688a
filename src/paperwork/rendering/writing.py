"""One document being written: what was printed, what was missing, and how a value becomes part of the XML.

The environment and the compiled templates hold no state; all that one rendering gathers is here, found by what runs
inside Jinja through `NOW`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Undefined

from paperwork.rendering.package import Parts
from paperwork.rendering.pictures import Picture, Pictures
from paperwork.rendering.values import carried, walked
from paperwork.rendering.wording import BEGIN, END

_NO_ANSWER = re.compile(r"(?<![A-Za-z])(None|True|False|nan)(?![A-Za-z])")
_ENDS = "。；，：、;, 　\n\t"
_LATER = ("doc.", "approvals", "matter.", "case.no", "served.number")
"""What a paper has only when it is issued: a draft prints its place empty."""
BLANK = re.compile("_{3,}|＿{2,}|(?<!\\d)[ 　_]+年[ 　_]*月[ 　_]*日")
"""A value with a blank in it is no answer: somebody has typed the line of a form and not what belongs on it."""
# Whatever makes a value more than its own bytes.
special = re.compile('[&<>"\\n\\r\\t]').search


class Unprintable(ValueError):
    """A value that no document prints: None, a flag, a list, a group, not-a-number."""


class Writing:
    """Gathers for one document; `put` is what Jinja calls with each value that is printed."""

    def __init__(self, context: Mapping[str, Any], parts: Parts) -> None:
        """`parts` are the template's."""
        self.context = context
        self.pictures = Pictures(parts)
        self.missing: list[str] = []
        self.printed: list[str] = []
        doc: Any = context.get("doc")
        told = type(doc) is dict or isinstance(doc, Mapping)
        self.office = told and "draft" in doc
        self._later = _LATER if told and doc.get("draft") else ()
        self._told = 0  # how many names were missing when one was last looked for
        self._asked: tuple[Any, str] | None = None  # a group and its field: what is being printed
        self.put: Callable[[Any], Any] = self.marked

    def shower(self, field: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
        """How a group's field is printed; `field` gets it where the short way does not."""

        def show(group: Any, name: str) -> Any:
            self._asked = group, name
            try:
                return self.put(field(group, name))
            finally:
                self._asked = None

        return show

    def path_of(self, group: Any) -> str:
        """Where in the context this very group or list stands; nothing for whatever is computed."""
        if not isinstance(group, Mapping | list | tuple):
            return ""
        return next((path for path, value in walked(self.context) if value is group), "")

    def marked(self, value: Any) -> str:
        """Noted, escaped, and marked for the proof."""
        if isinstance(value, Undefined):
            return str(value)
        if isinstance(value, Picture):
            return self.pictures.drawn(value)
        text = self.noted(value)
        return f"{BEGIN}{escaped(text)}{END}"

    def noted(self, value: Any) -> str:
        """The value as it is printed, line ends made one kind."""
        text = self.text(value).replace("\r\n", "\n").replace("\r", "\n")
        if self.office and not text.strip():
            self._blank()
        if BLANK.search(text):
            self.missing.append(next((path for path, one in walked(self.context) if one == value), text))
        self.printed.append(text)
        return text

    def _blank(self) -> None:
        """Note what is printed as nothing, unless it is what an absent name came to on its way through a filter."""
        if len(self.missing) == self._told:
            nothing = self._nothing()
            if not any(name.startswith(self._later) for name in nothing):
                self.missing += [name for name in nothing if not name.startswith(_LATER)] or ["（空白）"]
        self._told = len(self.missing)

    def _nothing(self) -> list[str]:
        """The name of what a paper of the office prints as nothing: it should have been struck out.

        What came through a filter has lost its name: then all that it may have been.
        """
        if self._asked is not None:
            group, name = self._asked
            return [f"{self.path_of(group)}.{name}".lstrip(".")]
        texts = ((path, one) for path, one in walked(self.context) if isinstance(one, str))
        return [path for path, one in texts if not one.strip(_ENDS)]

    def text(self, value: Any) -> str:
        """The value as text. Raises `Unprintable` for what no document prints."""
        if isinstance(value, bool) or value is None or not isinstance(value, str | int | float):
            raise Unprintable(f"要打印的值是 {_told(value)}，不能打印")
        if isinstance(value, float) and not math.isfinite(value):
            raise Unprintable(f"要打印的值是 {value}，不是数")
        text = str(value)
        word = _NO_ANSWER.search(text)
        if word and not _is_said(text, self._said()):
            raise Unprintable(f"要打印的文字里出现了 {word[0]}")
        if not carried(text):
            raise Unprintable("要打印的文字里有文书不能容纳的字符")
        return text

    def _said(self) -> list[str]:
        """The values that hold such a word because somebody wrote it."""
        return [v for _, v in walked(self.context) if isinstance(v, str) and _NO_ANSWER.search(v)]


class SwiftWriting(Writing):
    """The same for compiled templates: values become bytes, unmarked; most are nothing but their own bytes."""

    def __init__(self, context: Mapping[str, Any], parts: Parts) -> None:
        super().__init__(context, parts)
        self.listing = False  # a value holds a line break or a tab, which Word writes as elements
        self.put = self._putter()

    def _putter(self) -> Callable[[Any], bytes]:
        note, other = self.printed.append, self._other

        def put(value: Any) -> bytes:
            if type(value) is str and (value.isalnum() or (value and not special(value))):
                note(value)
                return value.encode()
            return other(value)

        return put

    def shower(self, field: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
        note, put = self.printed.append, self.put

        def show(group: Any, name: str) -> Any:
            if type(group) is not dict or name not in group:
                return put(field(group, name))
            value = group[name]  # from here on as `put`, which is a call more
            if type(value) is str and (value.isalnum() or (value and not special(value))):
                note(value)
                return value.encode()
            self._asked = group, name
            try:
                return put(value)
            finally:
                self._asked = None

        return show

    def _other(self, value: Any) -> bytes:
        if isinstance(value, Undefined):
            return str(value).encode()
        if isinstance(value, Picture):
            return self.pictures.drawn(value).encode()
        text = self.noted(value)
        self.listing |= "\n" in text or "\t" in text
        return escaped(text).encode()

    def sound(self) -> bool:
        """Whether no printed value is a blank or a word of no answer; one look at everything together."""
        told = "\n".join(self.printed)
        if "___" in told or "＿＿" in told or " 年" in told or "　年" in told or "_年" in told:  # BLANK needs one
            return False
        if "None" in told or "True" in told or "False" in told or "nan" in told:
            said = self._said()
            return all(not _NO_ANSWER.search(text) or _is_said(text, said) for text in self.printed)
        return True


class MarkedWriting(SwiftWriting):
    """A compiled template once more, its values between marks: the complete proof reads them back."""

    def shower(self, field: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
        return Writing.shower(self, field)

    def _putter(self) -> Callable[[Any], bytes]:
        return lambda value: self.marked(value).encode()


NOW: ContextVar[Writing] = ContextVar("NOW")


def escaped(text: str) -> str:
    """As character data or within an attribute; the way back is part of the proof."""
    made = escape(text, {'"': "&quot;"})
    back = made.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if back != text or "<" in made:
        raise Unprintable("要打印的文字不能原样写入文书")
    return made


def _is_said(text: str, said: list[str]) -> bool:
    """Whether a word of no answer in a printed text comes from what somebody wrote."""
    return any(text in known or known in text for known in said)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return f"{value}（是否一类的事实只能用于判断）"
    if isinstance(value, Mapping):
        return "一组值"
    return "一个列表" if isinstance(value, list | tuple) else str(value)
