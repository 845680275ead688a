"""Where in a TOML file a table, a key or an element of an array stands. tomllib tells values, not places.

The scanner is for texts that tomllib has already accepted: it follows the shape and checks nothing.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Keys and indices from the top: ("measure", 3, "when", 0) is the first condition of the fourth [[measure]]."""

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]*")


class Lines:
    """Path → line (from 1) over one TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._offsets: dict[Path, int] = {(): 0}
        self._lengths: dict[Path, int] = {}  # arrays of tables so far
        self._scan()

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing above it that stands in the text (a missing key: its table)."""
        while path not in self._offsets:
            path = path[:-1]
        return self._text.count("\n", 0, self._offsets[path]) + 1

    def _scan(self) -> None:
        table: Path = ()
        while self._skip():
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self) -> bool:
        """Go over blanks and comments; False at the end of the text."""
        found = _GAP.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _header(self) -> Path:
        start, many = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        keys = self._keys()
        self._at += 2 if many else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._newest((*path, key))
            self._offsets.setdefault(path, start)
        path = (*path, keys[-1])
        self._offsets.setdefault(path, start)
        if many:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = self._newest(path)
        # The header itself wins over a mention in an earlier `[a.b]`, which only implied `[a]`.
        self._offsets[path] = start
        return path

    def _newest(self, path: Path) -> Path:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip()
            quoted = _STRING.match(self._text, self._at)
            found = quoted or _BARE.match(self._text, self._at)
            if found is None:  # not TOML; tomllib has refused it before
                raise ValueError(f"no key at {self._at}")
            keys.append(found[0][1:-1] if quoted else found[0])
            self._at = found.end()
            self._skip()
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._keys():
            path = (*path, key)
            self._offsets.setdefault(path, start)
        self._at += 1  # =
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip()
        self._offsets.setdefault(path, self._at)
        if self._text[self._at] in "[{":
            self._inside(path, "]" if self._text[self._at] == "[" else "}")
            return
        found = _STRING.match(self._text, self._at) or _PLAIN.match(self._text, self._at)
        self._at = found.end() if found else len(self._text)

    def _inside(self, path: Path, end: str) -> None:
        self._at += 1
        index = 0
        while self._skip() and self._text[self._at] != end:
            if end == "]":
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
            self._skip()
            if self._text.startswith(",", self._at):
                self._at += 1
        self._at += 1
