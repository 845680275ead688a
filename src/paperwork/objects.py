"""Whatever documents are made from, kept under the name of its hash: templates, policy as it stood, originals."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from paperwork import durable
from paperwork.errors import MachineError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGE = 1024 * 1024  # bytes; what is larger is read each time


class Objects:
    """The content-addressed store in one folder: `ab/cdef…` is the object whose SHA-256 is `abcdef…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its SHA-256 (hex). Twice is once; a damaged copy is made good."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        durable.make_dir(target.parent)
        if not durable.write_new(target, data) and target.read_bytes() != data:
            durable.replace(target, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash. MachineError if they are gone or are no longer those bytes."""
        path = self.path(sha256)
        try:
            status = path.stat()
            if status.st_size > _LARGE:
                return _sound(path, sha256)
            return _remembered(path, sha256, status.st_size, status.st_mtime_ns)
        except FileNotFoundError:
            raise MachineError(f"原始材料缺失：{sha256}", advice="请用 paperwork restore 从备份恢复。") from None

    def has(self, sha256: str) -> bool:
        """Whether something lies under this hash."""
        return self.path(sha256).is_file()

    def is_sound(self, sha256: str) -> bool:
        """Whether these very bytes lie there."""
        try:
            self.get(sha256)
        except MachineError:
            return False
        return True

    def path(self, sha256: str) -> Path:
        """Where the object with this hash lies, or would lie. ValueError for what is no SHA-256."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:]


def _sound(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MachineError(f"原始材料已损坏：{sha256}", advice="请检查磁盘，并用 paperwork restore 从备份恢复。")
    return data


@lru_cache(maxsize=128)
def _remembered(path: Path, sha256: str, _size: int, _written: int) -> bytes:
    """As it lay there when it was last written: templates are asked for with every paper."""
    return _sound(path, sha256)
