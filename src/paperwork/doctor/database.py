"""The office's files, the ledger and the daemon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from paperwork import status, templates
from paperwork.doctor.sight import Sight
from paperwork.errors import OfficeError, PaperworkError
from paperwork.ledger import Ledger
from paperwork.model import Catalogue, Json, Problem
from paperwork.office import apart

AHEAD = 300  # seconds by which the ledger may seem to be ahead of the clock


def office_files(sight: Sight) -> Iterator[Problem]:
    """That they can be loaded, and which kinds are broken; every single mistake is told by `paperwork check`."""
    error = sight.loaded
    if isinstance(error, Catalogue):
        for fault in templates.all_faults(error):
            yield Problem("E-KIND", fault.where, fault.what, fault.advice or "改正后运行 paperwork check")
    if isinstance(error, PaperworkError):
        places = getattr(error, "problems", ())
        where = places[0].where if places else "templates"
        yield Problem("E-OFFICE", where, str(error).removeprefix(f"{where} "), error.advice or "运行 paperwork check")


def ledger(sight: Sight) -> Iterator[Problem]:
    """It opens, it is sound, and nothing in it was recorded after now."""
    if not isinstance(sight.loaded, Catalogue):
        return
    settings = sight.loaded.settings
    file = sight.private / "ledger.db"
    if not sight.ledger and not file.exists():
        return  # an office that has not begun
    try:
        with Ledger.open(sight.ledger or f"sqlite:///{file}", settings.bureau, makes=False) as opened:
            broken, last = opened.unsound(), opened.last_recorded()
            strange = apart(sight.root, opened)
    except OfficeError as error:
        yield Problem("E-OFFICE", "templates/bureau.toml", str(error), error.advice)
        return
    except PaperworkError as error:
        yield Problem("E-LEDGER", _place(sight.ledger, file), str(error), error.advice)
        return
    if strange:
        yield Problem("E-LEDGER-APART", _place(sight.ledger, file), str(strange), strange.advice)
    if broken:
        advice = "先停下收表程序，再用 paperwork restore 从备份恢复"
        yield Problem("E-LEDGER", _place(sight.ledger, file), f"账册已损坏（{broken}）", advice)
    now = dt.datetime.now(dt.UTC)
    if last is not None and (last - now).total_seconds() > AHEAD:
        what = f"账册里最后一次登记是{last.astimezone():%Y-%m-%d %H:%M}，比现在的系统时间还晚"
        yield Problem("W-CLOCK", "系统时间", what, "请校准时间；演练用过 --today 的不必理会")


def _place(url: str, file: Path) -> str:
    return str(file) if not url else url.split("://")[0]


def daemon(sight: Sight) -> Iterator[Problem]:
    """Whether it lives, here or at another machine of a shared ledger; who did not say that it stops has died."""
    found = _machines(sight)
    heart = status.heart(found, sight.private)
    where = heart["machine"] if heart and "machine" in heart else str(sight.private / "heartbeat")
    if heart is None:
        what = "收表程序还没有运行过" if found is None else "账册里没有收表机的心跳，本机也没有：收表程序还没有运行过"
        advice = "运行 paperwork watch，或者 paperwork service install 让它随机器启动"
        yield Problem("W-DAEMON", where, what, advice + ("" if found is None else _ELSEWHERE))
    elif not heart["alive"] and heart["stopped"]:
        what = f"收表程序已停止（{heart['time']}）"
        yield Problem("W-DAEMON", where, what, "要继续收表，运行 paperwork watch")
    elif not heart["alive"]:
        what = f"收表程序没有正常停止就不动了，最后一次是 {heart['time']}"
        advice = "重新运行 paperwork watch；没有办完的会自动继续。经过见 .paperwork/logs/paperwork.log"
        yield Problem("E-DAEMON", where, what, advice)
    for one in found or ():
        if one["state"] == "lost" and one["role"] == "worker":
            advice = "请看那台机器和网络；它手头的已由别的机器接着办"
            yield Problem("W-WORKER", one["name"], f"办理机失联，最后一次是 {one['seen_at']}", advice)


_ELSEWHERE = "；收表机的 PAPERWORK_PRIVATE 在别处、安装时又没有带 [cluster] 的，先设好 PAPERWORK_PRIVATE 再看"


def _machines(sight: Sight) -> list[Json] | None:
    """Who is at a shared ledger; None where it is on this machine's disk, or cannot be asked (as is told elsewhere)."""
    if not sight.ledger.startswith("postgresql") or not isinstance(sight.loaded, Catalogue):
        return None
    settings = sight.loaded.settings
    try:
        with Ledger.open(sight.ledger, settings.bureau, makes=False) as opened:
            return status.seen(opened, settings.cluster.lost)
    except PaperworkError:
        return None
