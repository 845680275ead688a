"""Put a file in its place, once: nothing that stands there is overwritten, nothing is seen half-written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from paperwork import durable, faults
from paperwork.errors import Bug
from paperwork.names import safe_name

__all__ = ["appear", "inside", "place", "put", "replace", "replace_all", "safe_name"]


def inside(root: Path, relative: str) -> Path:
    """The path below `root` that `relative` (with `/`) names. Bug if it would leave `root`, also by a link on the way.

    `root` is the outbox for a matter's folder, the matter's folder for a document.
    """
    path = _below(root, relative)
    if not path.resolve().is_relative_to(root.resolve()):
        raise Bug(f"路径经链接指向文件夹之外：{relative}")
    return path


def _below(root: Path, relative: str) -> Path:
    """The same of a name alone, where nothing stands yet that could be a link."""
    pure = PurePosixPath(relative)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in relative or ":" in relative:
        raise Bug(f"路径不在允许的文件夹内：{relative}")
    return root.joinpath(*pure.parts)


def put(target: Path, data: bytes) -> Path:
    """File `data` as `target`, durably, and return where it lies.

    If the same bytes are there already, nothing is done (a replay). If others are, they stay, and the next free
    name 「名（2）.docx」 is taken.
    """
    durable.make_dir(target.parent)
    placed = durable.write_beside(target, data)
    faults.point("file")
    return placed


def place(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """File several files (name relative to `folder`, with `/` → bytes) and return where each lies.

    A folder that does not exist yet appears with all of them by one rename; in one that exists each is `put`, in the
    order given (so the manifest, given last, says that the rest is there).
    """
    if not os.path.lexists(folder) and appear(folder, files):
        return {name: _below(folder, name) for name in files}
    targets = {name: inside(folder, name) for name in files}
    for parent in dict.fromkeys((folder, *(target.parent for target in targets.values()))):
        durable.make_dir(parent)
        durable.sweep(parent)
    placed = durable.write_all({targets[name]: data for name, data in files.items()})
    return {name: placed[target] for name, target in targets.items()}


def replace(target: Path, data: bytes) -> None:
    """Write a living file (index, manifest, board) in one step in place of its earlier state."""
    durable.make_dir(target.parent)
    durable.replace(target, data)


def replace_all(files: Mapping[Path, bytes]) -> None:
    """`replace` for several, in the order given."""
    for parent in dict.fromkeys(target.parent for target in files):
        durable.make_dir(parent)
    durable.replace_all(files)


def appear(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Build the folder hidden beside its place and rename it. False if another process was first."""
    for name in files:
        _below(folder, name)
    durable.make_dir(folder.parent)
    building = durable.temporary_beside(folder)
    try:
        durable.build(building, files)
        faults.point("place")
        building.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        return False
    finally:
        shutil.rmtree(building, ignore_errors=True)
    durable.fsync_dir(folder.parent)
    faults.point("file")
    return True
