"""Whatever documents are made from, kept under the name of its hash: templates, policy as it stood, originals."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from paperwork import durable
from paperwork.errors import MachineError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGE = 1024 * 1024  # bytes; what is larger is read each time
_NEAR = 256  # so many objects of a store, none large, are kept at hand


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

    def beyond(self) -> Iterator[str]:
        """Hashes of what lies elsewhere than in the folder; nothing, without a store."""
        yield from ()

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


class Stored(Objects):
    """The same in an object store that all machines reach (fsspec); what lies in the folder from before is read too.

    Writing is create-if-absent where the store offers it. Where it does not, or two write at once, the same name is
    only ever given to the same bytes.
    """

    def __init__(self, folder: Path, system: Any, base: str) -> None:
        """`system`: an fsspec file system; `base`: bucket and prefix in it."""
        super().__init__(folder)
        self._system, self._base = system, base.rstrip("/")
        self._near: dict[str, bytes] = {}
        self._put: set[str] = set()

    def put(self, data: bytes) -> str:
        """As in a folder. MachineError when the store is away."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in self._put:
            return sha256
        name = self._name(sha256)
        try:
            self._system.makedirs(name.rpartition("/")[0], exist_ok=True)
            try:
                self._system.pipe_file(name, data, mode="create")
            except (FileExistsError, NotImplementedError, ValueError):
                if not self._system.exists(name) or self._system.cat_file(name) != data:
                    self._system.pipe_file(name, data)
        except Exception as error:  # each store has exceptions of its own
            _away(error)
        self._put.add(sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """As from a folder. MachineError when the store is away, too."""
        if sha256 in self._near:
            return self._near[sha256]
        try:
            data = self._system.cat_file(self._name(sha256))
        except FileNotFoundError:
            return super().get(sha256)
        except Exception as error:
            _away(error)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise MachineError(f"原始材料已损坏：{sha256}", advice="请检查存储，并从它的备份恢复。")
        if len(data) <= _LARGE:
            if len(self._near) >= _NEAR:
                self._near.clear()
            self._near[sha256] = data
        return bytes(data)

    def has(self, sha256: str) -> bool:
        """Whether something lies under this hash. MachineError when the store is away."""
        name = self._name(sha256)
        try:
            return bool(self._system.exists(name)) or super().has(sha256)
        except Exception as error:
            _away(error)

    def is_sound(self, sha256: str) -> bool:
        """Whether these very bytes lie in the store now, whatever was seen of it before."""
        self._near.pop(sha256, None)
        return super().is_sound(sha256)

    def beyond(self) -> Iterator[str]:
        """Hashes of all that lies in the store."""
        try:
            found = self._system.find(self._base)
        except Exception as error:
            _away(error)
        for path in found:
            sha256 = "".join(str(path).rsplit("/", 2)[1:])
            if _SHA256.fullmatch(sha256):
                yield sha256

    def _name(self, sha256: str) -> str:
        return f"{self._base}/{self.path(sha256).relative_to(self.folder).as_posix()}"


def _away(error: Exception) -> NoReturn:
    advice = "请检查 templates/bureau.toml 的 [cluster] store、网络和账户；恢复以后未完成的工作会自动继续。"
    raise MachineError(f"存储不可用（{type(error).__name__}）", advice=advice) from error


def open_at(folder: Path, store: str) -> Objects:
    """The objects in `folder`, or where `store` says: another folder, or an address (`s3://bucket/prefix`).

    MachineError where the store's driver is not installed.
    """
    if not store or "://" not in store:
        return Objects(Path(store) if store else folder)
    try:
        import fsspec

        system, base = fsspec.url_to_fs(store)
    except (ImportError, ValueError) as error:
        scheme = store.partition("://")[0]
        advice = "请把安装包带上 [cluster] 重装，再装这种存储的驱动（例如 s3fs），或者 store 改写成共享文件夹的路径"
        raise MachineError(f"打不开存储「{scheme}」", advice=advice) from error
    return Stored(folder, system, base)
