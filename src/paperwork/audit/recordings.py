"""执法视频 as they lie where the office keeps them: a recording that was changed, or is gone, is found by its hash.

A place that cannot be reached from here (a recorder's own disk, another machine) is passed over: nothing can be said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from paperwork.audit.sight import View
from paperwork.facts import rows_of
from paperwork.model import Item, Matter, Problem

UNHASHED = "W-VIDEO-HASH"
"""Not a broken promise: the hash of a recording, for whoever registers it."""


def recording_problems(view: View) -> Iterator[Problem]:
    """Every registered recording that can be reached, hashed anew and held to what was registered."""
    for matter in view.matters:
        if any("videos" in submission.facts for submission in matter.submissions):
            for item in rows_of(view.office.sight(matter).folded.get("videos")):
                yield from _held(view.office.root, matter, item)


def _held(root: Path, matter: Matter, item: Item) -> Iterator[Problem]:
    name, told = str(item.get("file", "")).strip(), str(item.get("sha256", "")).strip().lower()
    path, where = root / name, f"{matter.case or matter.id} 执法视频 {item.get('no', '')}"
    try:
        if not name or not path.parent.is_dir():
            return
        digest = _digest(path) if path.is_file() else ""
    except OSError as error:
        yield Problem("E-VIDEO-UNREAD", where, f"录像打不开：{name}（{error.strerror}）", "请核对存放位置和权限")
        return
    if not digest:
        advice = "请找回原文件；移动了的，照原编号更正存放位置"
        yield Problem("E-VIDEO-GONE", where, f"录像不在登记的位置：{name}", advice)
    elif not told:
        advice = f"请照原编号补填校验值：{digest}"
        yield Problem(UNHASHED, where, f"录像还没有校验值：{name}", advice)
    elif digest != told:
        what = f"录像与登记的校验值不一致，登记以后有改动：{name}"
        yield Problem("E-VIDEO-CHANGED", where, what, "请从备份找回原文件；说明原因以前不要作为证据使用")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
