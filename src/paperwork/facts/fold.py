"""Facts are the fold of a matter's submissions in ledger order; a correction stands where the corrected one stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from paperwork.model import Fact, Facts, Item, Submission, Value


def fold(submissions: Iterable[Submission], defs: Mapping[str, Fact]) -> Facts:
    """Dotted name → answer. `sets` sections lay over, `adds` sections add or complete items of a keyed list."""
    facts: dict[str, Value] = {}
    for submission in in_force(submissions):
        for name, value in submission.facts.items():
            if name in submission.adds:
                facts[name] = merge_items(rows_of(facts.get(name)), rows_of(value), defs[name].key)
            else:
                facts[name] = value
    return facts


def in_force(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """The submissions that count, each correction in the place of what it replaces (also of an earlier correction)."""
    standing: list[Submission] = []
    place: dict[str, int] = {}
    for submission in submissions:
        if submission.corrects in place:
            at = place[submission.corrects]
            standing[at] = submission
        else:
            at = len(standing)
            standing.append(submission)
        place[submission.key] = at
    return tuple(standing)


def merge_items(old: Sequence[Item], new: Sequence[Item], key: Sequence[str]) -> tuple[Item, ...]:
    """Items of the same key are one item; the newer answers complete it. Order of first appearance."""
    merged: dict[tuple[object, ...], Item] = {}
    for item in (*old, *new):
        identity = tuple(item.get(k, "") for k in key)
        merged[identity] = {**merged.get(identity, {}), **item}
    return tuple(merged.values())


def conflicts(old: Sequence[Item], new: Sequence[Item], key: Sequence[str]) -> tuple[tuple[Item, str], ...]:
    """Where a new item would change an answer that an item of the same key already holds: (new item, field).

    Two new items of one key are held against each other too: neither may overwrite the other.
    """
    known: dict[tuple[object, ...], Item] = {tuple(item.get(k, "") for k in key): item for item in old}
    found = []
    for item in new:
        identity = tuple(item.get(k, "") for k in key)
        standing = known.get(identity, {})
        found += [(item, name) for name, value in item.items() if name in standing and standing[name] != value]
        known[identity] = {**item, **standing}
    return tuple(found)


def rows_of(value: Value | None) -> tuple[Item, ...]:
    """The items of a list fact; of anything else, 未填 among it, none."""
    return tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, tuple) else ()
