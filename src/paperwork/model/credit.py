"""What the bureau says of credit information: terms, classes, columns of the export, and what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """One column of an export: its code, its heading, and the answer under it."""

    code: str
    title: str
    source: str = ""  # a fact, or doc.number, doc.date, org.name …; "" = the words of `text`
    text: str = ""
    as_: str = ""  # wan: fen as 万元; date: 2026-05-06


@dataclass(frozen=True)
class Watch:
    """A free text that may tell of children or other third persons: a person words anew what is published."""

    source: str  # the fact whose text is looked at
    instead: str  # the fact with the text for the public
    patterns: tuple[str, ...]  # regular expressions: what they find holds the text back


@dataclass(frozen=True)
class Credit:
    """`templates/credit.toml` and `templates/masking.toml`."""

    months: Mapping[str, int] = field(default_factory=dict)  # class → least months on display before repair
    longest: Mapping[str, int] = field(default_factory=dict)  # class → most months on display
    bar_years: int = 0  # no repair for so long after a false statement
    serious: frozenset[str] = frozenset()  # kinds of penalty that make an item 严重
    ordinary: frozenset[str] = frozenset()  # … 一般, unless one is serious
    large_fine: int = 0  # fen: a fine from here on makes an item 一般; 0 = left to a person
    huge_fine: int = 0  # fen: … 严重
    documents: frozenset[str] = frozenset()  # codes of the papers that impose a penalty
    columns: tuple[Column, ...] = ()
    reviewed: bool = True  # nothing is shown to the public before its 保密审查 (D-55)
    watches: tuple[Watch, ...] = ()
    permits: tuple[Column, ...] = ()  # columns of the export of permits
    masks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # rendition → (class or fact → how)
