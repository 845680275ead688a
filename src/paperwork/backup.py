"""Everything an office is, in one file, and back: ledger, templates, boxes, dossiers, objects, each with its hash.

While the file is written nobody registers, so ledger and folders belong together. What lies in the inbox is copied
before what was claimed from it: a form that moves meanwhile is copied twice rather than not at all, and the same form
twice is one case.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperwork import durable, filing
from paperwork.errors import MachineError, UsageError
from paperwork.model import Json
from paperwork.office import MARK, Office

Told = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""

FORMAT = 1
_CONTENTS, _LEDGER = "backup.json", "ledger.db"
_OBJECTS = ".paperwork/objects"
_PARTS = ("templates", "inbox", "inbox/.taken", ".paperwork/stage", _OBJECTS, "outbox")
_PACKED = (".docx", ".xlsx", ".pdf", ".zip", ".jpg", ".png")  # nothing is gained by packing them again
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What came back: how many files, when the copy was made, and the last number of each series by then."""

    files: int
    made_at: str
    last_numbers: tuple[str, ...]


def back_up(office: Office, target: Path, told: Told = lambda done, of: None) -> Path:
    """Write the office to `target`. The file appears whole.

    A name without `.zip` is a folder, made if it is not there: then the file in it is named by the time. UsageError if
    it stands there already or would lie inside the office's own folders.
    """
    folder = target.is_dir() or target.suffix.lower() != ".zip"
    if folder:
        target = target / f"paperwork-{office.catalogue.settings.bureau}-{office.now:%Y%m%dT%H%M%S}.zip"
    _refuse(office, target, target.parent.parent if folder else target.parent)
    target.parent.mkdir(exist_ok=True)
    temporary = durable.temporary_beside(target)
    try:
        with tempfile.TemporaryDirectory(prefix="paperwork-backup-") as aside:
            copy = Path(aside) / _LEDGER
            with office.ledger.copied(copy):
                _write(office, temporary, copy, told)
        temporary.rename(target)
    finally:
        temporary.unlink(missing_ok=True)
    durable.fsync_dir(target.parent)
    return target


def _refuse(office: Office, target: Path, above: Path) -> None:
    if target.exists() or target.parent.is_file():
        raise UsageError(f"「{target if target.exists() else target.parent}」已经存在，备份不覆盖任何文件")
    if not above.is_dir():
        raise UsageError(f"没有文件夹「{above}」", advice="备份盘接上了吗？")
    place = target.resolve()
    if any(place.is_relative_to((office.root / part).resolve()) for part in _PARTS):
        raise UsageError("备份不能放在办公文件夹自己的 inbox、outbox、templates 里", advice="最好放在另一块磁盘上")


def _write(office: Office, path: Path, ledger: Path, told: Told) -> None:
    files = [(_LEDGER, ledger), *((f"office/{name}", file) for name, file in _files(office.root))]
    whole = sum(file.stat().st_size for _, file in files if file.exists())
    hashes: dict[str, str] = {}
    done = 0
    with path.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, file in files:
                size = _add(archive, name, file, hashes)
                done += size
                told(done, max(whole, done))
            for sha256 in office.objects.beyond():
                name = f"office/{_OBJECTS}/{sha256[:2]}/{sha256[2:]}"
                if name not in hashes:
                    archive.writestr(name, office.objects.get(sha256))
                    hashes[name] = sha256
            contents = {"format": FORMAT, "bureau": office.ledger.bureau, "made_at": f"{office.now:%Y-%m-%d %H:%M}"}
            archive.writestr(_CONTENTS, json.dumps({**contents, "files": hashes}, ensure_ascii=False, indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    if broken := _broken(path):
        raise MachineError(f"备份写出来又读不回去（{broken}）", advice="请检查这块磁盘，换一个地方再试")


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the office, by its name in it. Links are not followed; unfinished files are nobody's."""
    seen: set[Path] = set()
    for part in _PARTS:
        for folder, below, names in os.walk(root / part):
            below.sort()
            if part == "inbox" and folder == str(root / part):
                below[:] = [name for name in below if name != ".taken"]
            for path in sorted(Path(folder) / name for name in names):
                plain = path.is_file() and not path.is_symlink() and not path.name.startswith(durable.TEMPORARY)
                if plain and path not in seen:
                    seen.add(path)
                    yield path.relative_to(root).as_posix(), path


def _add(archive: zipfile.ZipFile, name: str, path: Path, hashes: dict[str, str]) -> int:
    """Copy one file in pieces; one that has gone meanwhile was moved, and is copied where it went."""
    digest, size = hashlib.sha256(), 0
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return 0
    with source:
        info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
        info.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
                size += len(piece)
    hashes[name] = digest.hexdigest()
    return size


def _broken(path: Path) -> str | None:
    with zipfile.ZipFile(path) as archive:
        return archive.testzip()


# ── and back ──────────────────────────────────────────────────────────────────────────────────────────


def restore(archive: Path, root: Path, told: Told = lambda done, of: None) -> Restored:
    """The office in `archive` at `root`, a folder that is new or empty. Every file is held against its hash.

    It appears whole, by one rename: what broke off is no office. UsageError for what is no backup of this program or
    where something stands already; MachineError for a damaged one.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(f"「{root}」不是空文件夹，恢复不覆盖任何东西", advice="恢复到一个新的文件夹")
    durable.make_dir(root.parent)
    building = durable.temporary_beside(root)
    try:
        with zipfile.ZipFile(archive) as opened:
            contents = _contents(opened)
            _put_back(opened, contents, building, told)
            done = _ledger_back(opened, contents, building)
        if root.exists():
            root.rmdir()
        building.rename(root)
        durable.fsync_dir(root.parent)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError(f"「{archive.name}」不是 paperwork 的备份，或者已经损坏") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return done


def _contents(opened: zipfile.ZipFile) -> Json:
    contents = json.loads(opened.read(_CONTENTS))
    if contents["format"] != FORMAT or f"office/{MARK.as_posix()}" not in contents["files"]:
        raise ValueError(contents["format"])
    return contents


def _put_back(opened: zipfile.ZipFile, contents: Json, root: Path, told: Told) -> None:
    names = [name for name in contents["files"] if name.startswith("office/")]
    whole, done = sum(opened.getinfo(name).file_size for name in names), 0
    root.mkdir(parents=True, exist_ok=True)
    for name in names:
        target = filing.inside(root, name.removeprefix("office/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        done += _extract(opened, name, target, contents["files"][name])
        told(done, whole)
    for box in ("inbox/审批", "inbox/退回", "inbox/回执", "outbox"):
        (root / box).mkdir(parents=True, exist_ok=True)


def _extract(opened: zipfile.ZipFile, name: str, target: Path, wanted: str) -> int:
    digest, size = hashlib.sha256(), 0
    with opened.open(name) as source, target.open("xb") as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            file.write(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != wanted:
        raise MachineError(f"备份里的 {name} 与备份时不一致", advice="这份备份已经损坏，请用另一份")
    return size


def _ledger_back(opened: zipfile.ZipFile, contents: Json, root: Path) -> Restored:
    with tempfile.TemporaryDirectory(prefix="paperwork-restore-") as aside:
        copy = Path(aside) / _LEDGER
        _extract(opened, _LEDGER, copy, contents["files"][_LEDGER])
        with Office.open(root, makes=True) as office:
            if office.ledger.bureau != contents["bureau"]:
                raise UsageError(f"备份属于「{contents['bureau']}」，不是「{office.ledger.bureau}」")
            office.ledger.take_over(copy)
            last: dict[tuple[str, int], str] = {
                (row.series, row.year): row.text for row in sorted(office.ledger.number_rows(), key=lambda r: r.n)
            }
    return Restored(len(contents["files"]), contents["made_at"], tuple(last[key] for key in sorted(last)))
