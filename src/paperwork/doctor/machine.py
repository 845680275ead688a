"""Disk, clock, PDF, and whether the system tells of changes."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from paperwork import durable, intake, pdf, printouts
from paperwork.doctor.sight import Sight
from paperwork.model import Problem

LITTLE, LOW = 200 * 1024**2, 2 * 1024**3  # bytes free: too little to work, low
APART = 60  # seconds by which the clock of a share may differ
BUILT = 2026  # no clock of a machine that runs this program can show an earlier year


def disk(sight: Sight) -> Iterator[Problem]:
    """Room for what is filed, on each disk once."""
    seen: set[int] = set()
    for path in (sight.private, sight.root / "inbox", sight.root / "outbox"):
        try:
            device, free = path.stat().st_dev, shutil.disk_usage(path).free
        except OSError:
            continue  # that the folder is missing is said elsewhere
        if device in seen:
            continue
        seen.add(device)
        what = f"磁盘只剩 {free // 1024**2} MB"
        if free < LITTLE:
            yield Problem("E-DISK", str(path), what, "请清理磁盘；在此之前材料原样保留，不会丢失")
        elif free < LOW:
            yield Problem("W-DISK", str(path), what, "请尽快清理磁盘")


def clock(sight: Sight) -> Iterator[Problem]:
    """The year is possible, the zone is known, and the share's clock agrees with ours."""
    now = dt.datetime.now(dt.UTC)
    if now.year < BUILT:
        what = f"系统时间是{now:%Y-%m-%d}，不可能是真的，会影响案号的年份"
        yield Problem("E-CLOCK", "系统时间", what, "请校准时间并开启自动对时")
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        yield Problem("E-CLOCK", "Asia/Shanghai", "这台机器没有时区资料", "pip install tzdata")
    yield from _clock_of_share(sight.root / "inbox")


def _clock_of_share(inbox: Path) -> Iterator[Problem]:
    trial = durable.temporary_beside(inbox / "x")
    try:
        before = time.time()
        trial.write_bytes(b"x")
        apart = trial.stat().st_mtime - before
        trial.unlink()
    except OSError:
        return  # that it cannot be written is said elsewhere
    if abs(apart) > APART:
        what = f"共享服务器的时间与本机相差{abs(apart):.0f}秒"
        yield Problem("W-CLOCK-SHARE", str(inbox), what, "不影响收表；建议两边都开启自动对时")


def prints(sight: Sight) -> Iterator[Problem]:
    """LibreOffice and the fonts that print here, and what came of the PDFs so far. Word files name their fonts and
    carry none, so nothing of it touches the filing."""
    yield from pdf.health()
    yield from printouts.told(sight.root)


def hints(sight: Sight) -> Iterator[Problem]:
    """Without them the inbox is looked through every few seconds, and nothing is lost."""
    told: list[str] = []
    watcher = intake.Hints(sight.root / "inbox", lambda: None, lambda step, why: told.append(f"{step} {why}"))
    if not (sight.root / "inbox").is_dir():
        return
    watcher.tend()
    alive = watcher.alive
    watcher.stop()
    if not alive:
        what = f"系统不提供变动通知（{' '.join(told)}），改为每隔几秒看一次，不影响收表"
        advice = "想更快，可调高 fs.inotify.max_user_watches 和 max_user_instances"
        yield Problem("W-HINTS", str(sight.root / "inbox"), what, advice)
