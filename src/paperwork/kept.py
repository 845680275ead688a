"""What is made of things that never change is made once, and kept as long as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, TypeVarTuple

MOST, FEW = 256, 8
"""So many results of one function are kept; one more, and all are made anew as they are asked for."""

T = TypeVar("T")
Given = TypeVarTuple("Given")


def per_object(make: Callable[[*Given], T], most: int = MOST) -> Callable[[*Given], T]:
    """`make`, done once for the very same objects: for what is never changed and too large to be compared.

    `most`: how many results are kept; few of what is asked for again only while one form is at hand.
    """
    known: dict[tuple[int, ...], tuple[object, T]] = {}

    def kept(*given: *Given) -> T:
        key = tuple(map(id, given))
        found = known.get(key)
        if found is None:
            if len(known) >= most:
                known.clear()
            found = known[key] = given, make(*given)  # with what it is made of, so that no other gets its identity
        return found[1]

    return kept


class Alike(Generic[T]):
    """What is read from equal bytes is read once. Bounded: long pieces are read each time."""

    def __init__(self, most: int, longest: int = 64 * 1024) -> None:
        self._known: dict[bytes, T] = {}
        self._most = most
        self._longest = longest

    def read(self, written: bytes, read: Callable[[], T]) -> T:
        """What `read` makes of it, or made of the same bytes before."""
        found = self._known.get(written)
        if found is None:
            found = read()
            if len(written) <= self._longest:
                if len(self._known) >= self._most:
                    self._known.clear()
                self._known[written] = found
        return found
