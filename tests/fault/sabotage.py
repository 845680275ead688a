"""Variants of the program with one promise broken each: the suite must catch every one of them."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from paperwork import delivery, durable, faults, intake, process
from paperwork.ledger import Ledger, numbers


def number_apart() -> None:
    """The number is committed apart from its document."""
    record = numbers.record

    def apart(connection: Any, *rest: Any) -> None:
        record(connection, *rest)
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    numbers.record = apart


def original_removed_early() -> None:
    """The claimed form is removed as soon as it has been read, before anything is committed."""
    read = process.read

    def read_and_clear(office: Any, drop: Any) -> Any:
        raws = read(office, drop)
        intake.clear(office.inbox, office.private, drop)
        return raws

    process.read = read_and_clear


def overwrites() -> None:
    """A document is written over whatever bears its name."""

    def appear(temporary: Path, target: Path, _data: bytes) -> bool:
        temporary.replace(target)
        return True

    durable._appear = appear
    os.path.lexists = lambda _path: False  # type: ignore[assignment]


def concludes_early() -> None:
    """The drop is called done before its papers lie in the outbox."""
    filed = delivery._filed

    def done_first(office: Any, originals: Any, row: int, findings: Any = ()) -> Any:
        with office.ledger._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE drops SET concluded_at = '2026-07-16T00:00:00+00:00'")
        return filed(office, originals, row, findings)

    delivery._filed = done_first


def takes_without_key() -> None:
    """The same content is accepted as often as it comes."""
    said_again = process._said_again

    def always_new(checked: Any, found: Any) -> Any:
        checked = said_again(checked, found)
        key = f"{checked.submission.content_key}:{secrets.token_hex(4)}"
        return replace(checked, submission=replace(checked.submission, content_key=key))

    process._said_again = always_new


def leaves_the_stage() -> None:
    """The private copy is never cleared."""
    intake.clear = lambda *_: None  # type: ignore[assignment]


def number_apart_on_a_server() -> None:
    """As `number_apart`: the driver begins the next transaction by itself."""
    record = numbers.record

    def apart(connection: Any, *rest: Any) -> None:
        record(connection, *rest)
        connection.connection.driver_connection.execute("COMMIT")

    numbers.record = apart


def rings_afterwards() -> None:
    """The drop is committed first, and its job is written in a transaction of its own."""

    def apart(ledger: Any, drop: Any) -> None:
        ledger.receive(drop)
        faults.point("between")
        with ledger._engine.begin() as connection:
            ledger._ring(connection, (drop.id,))

    Ledger.hand_over = apart
