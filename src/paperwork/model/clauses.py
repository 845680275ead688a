"""The rows of the plan, typed: what each must have in the product, and why it may need less."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """One row of clauses.toml. `needs` and `lacks` name form, rule, document, deadline, report."""

    id: str
    place: str  # where it stands in the plan: 四（三）2
    text: str
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()  # needed, and nothing carries it yet
    why: str = ""  # why the rest is not needed
    where: str = ""  # templates/clauses.toml:12
