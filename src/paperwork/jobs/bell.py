"""Ring: a job for a drop, in the caller's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from paperwork.errors import MachineError

SCHEMA = "paperwork_queue"
"""The queue's tables stand in a schema of their own: dropping it loses nothing that is true."""

BUREAU = "paperwork.bureau"
"""The setting of a worker's session that says for which bureau it works."""

TASK = "take"


class NoEngine(MachineError):
    """本机没有多机办理所用的程序"""


@cache
def script() -> str:
    """The SQL that makes the engine's tables. NoEngine where it is not installed."""
    try:
        return resources.files("procrastinate.sql").joinpath("schema.sql").read_text("utf-8")
    except ModuleNotFoundError as error:
        advice = "请安装：pip install 'paperwork-….whl[cluster]'（本程序的安装包；公共索引上的同名程序是另一个）"
        raise NoEngine(advice=advice) from error


def ring(connection: Any, bureau: str, drop_ids: Iterable[str]) -> None:
    """Jobs for these drops on an open psycopg connection: they are there when its transaction ends well, else not.

    The queue's schema must be on the search path. MachineError when the queue refuses.
    """
    from procrastinate.exceptions import ConnectorException

    waiting = [{"drop": drop_id} for drop_id in drop_ids]
    app = _app()
    try:
        if waiting:
            app.configure_task(TASK, queue=bureau, connection=connection).batch_defer(*waiting)
    except ConnectorException as error:
        told = str(error.__cause__ or error).partition("\n")[0]
        raise MachineError(f"办件队列不可用：{told}", advice="账册没有受影响；队列会自动重建，稍后再试") from error


@cache
def _app() -> Any:
    from procrastinate import App, SyncPsycopgConnector  # whoever hands nothing over need not wait for it

    return App(connector=SyncPsycopgConnector())
