"""Hear: take jobs, one at a time, until asked to stop or until the database is gone."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from paperwork.jobs.bell import BUREAU, SCHEMA, TASK

_LOOK = 0.2  # seconds between two looks whether to stop
_UNKNOWN = 60.0  # seconds until a job is tried again that failed without saying when


class Later(Exception):
    """A job could not be finished, and is to be tried again after so many seconds, by whoever is free."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g}")
        self.seconds = seconds


@dataclass(frozen=True)
class Line:
    """Where the jobs of a bureau are heard."""

    address: str  # of the database, for libpq
    bureau: str
    beat: float  # seconds between two signs of life
    lost: float  # seconds without one after which a worker's job returns to the others


class _Again(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        seconds = exception.seconds if isinstance(exception, Later) else _UNKNOWN
        return RetryDecision(retry_at=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds))


def hear(line: Line, work: Callable[[str], None], tend: Callable[[], None], stop: threading.Event) -> None:
    """Call `work(drop id)` for each job; `tend()` at every beat, also while a job is at work. Both run in threads.

    Returns when `stop` is set, after the job in hand; or earlier when the connection is lost, mostly with an exception.
    """
    for name in ("procrastinate", "psycopg.pool"):  # what they would say is in our own log, by drop
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # psycopg knows no other on Windows
        runner.run(_hear(line, work, tend, stop))


async def _hear(line: Line, work: Callable[[str], None], tend: Callable[[], None], stop: threading.Event) -> None:
    options = f"-c search_path={SCHEMA} -c {BUREAU}={_plain(line.bureau)}"
    session = {"options": options, "connect_timeout": 10, "application_name": "paperwork"}
    app = App(connector=PsycopgConnector(conninfo=line.address, kwargs=session, min_size=1, max_size=4, timeout=10.0))

    @app.task(name=TASK, queue=line.bureau, retry=_Again())
    def take(drop: str) -> None:
        work(drop)

    async with app.open_async():
        pace: dict[str, Any] = {
            "queues": [line.bureau],
            "concurrency": 1,
            "install_signal_handlers": False,
            "delete_jobs": "successful",
            "update_heartbeat_interval": line.beat,
            "stalled_worker_timeout": line.lost,
            "fetch_job_polling_interval": max(1.0, line.beat / 2),
        }
        tasks = {
            asyncio.create_task(app.run_worker_async(**pace)),
            asyncio.create_task(_tend(app, line, tend)),
        }
        done: set[asyncio.Task[None]] = set()
        while not done and not stop.is_set():
            done, _ = await asyncio.wait(tasks, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()  # the engine ends the job in hand first
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


def _plain(text: str) -> str:
    """One word among libpq's `options`."""
    return text.replace("\\", "\\\\").replace(" ", "\\ ")


async def _tend(app: App, line: Line, tend: Callable[[], None]) -> None:
    """Signs of life; and jobs in the hands of workers that show none any more go back to the others."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(queue=line.bureau, seconds_since_heartbeat=line.lost):
            with contextlib.suppress(Exception):  # another worker was first
                await app.job_manager.retry_job(job)
        await asyncio.to_thread(tend)
        await asyncio.sleep(line.beat)
