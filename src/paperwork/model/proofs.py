"""What is proof-read, typed: common mistakes, former names, and which words stand beside which date or amount."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slip:
    """Words that are probably wrong, what is meant, and longer words in which they are right."""

    wrong: tuple[str, ...]
    right: str
    spare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A date before, or an amount behind, one of these words should be this fact."""

    fact: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Proofs:
    """`proofreading.toml`. Empty: only what is always compared."""

    mistakes: tuple[Slip, ...] = ()
    organs: tuple[Slip, ...] = ()
    dates: tuple[Beside, ...] = ()
    amounts: tuple[Beside, ...] = ()
    verbatim: frozenset[str] = field(default_factory=frozenset)
