"""Promises about what lies on the disk: every document and original as the ledger knows it, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from paperwork import intake, living, printouts, returned, slips
from paperwork.audit.records import title_of
from paperwork.audit.sight import View
from paperwork.errors import PaperworkError
from paperwork.model import Document, Matter, Problem, Received

RESTORE = "从备份恢复这个文件，或者请办公室查明是谁改动的；系统不会覆盖它"
REWRITTEN = "这个案件下一次收表时会重新生成"
AGAIN = "运行 paperwork watch --once；仍有的，报告给系统维护人员"
_OWN = {"工作总结", "批次", "信用公示"}  # folders of outbox/<year> or outbox that belong to no single matter
_LITTER = (".paperwork-", "~$", ".~", ".DS_Store", "Thumbs.db", "desktop.ini")


def documents_problems(view: View) -> Iterator[Problem]:
    """Every document lies where the ledger says, drafts too, with the bytes it was filed with and its template kept."""
    for matter, document in view.documents():
        if document.sha256 or not document.path:
            yield from _document(view, document)
        if document.draft_path:
            yield from _file(view, document.draft_path, document.draft_sha256, f"{title_of(document)}的送审稿")
        if not view.office.objects.has(document.recipe.template):
            yield Problem(
                "E-TEMPLATE-LOST", matter.id, f"{title_of(document)}所用的模板不在 .paperwork/objects", RESTORE
            )


def _document(view: View, document: Document) -> Iterator[Problem]:
    if document.path:
        yield from _file(view, document.path, document.sha256, title_of(document))
    else:
        yield Problem("E-UNFILED", document.matter, f"{title_of(document)}已登记而没有归档", AGAIN)


def _file(view: View, relative: str, sha256: str, what: str) -> Iterator[Problem]:
    found = _sha256(view.office.root / relative)
    if found is None:
        yield Problem("E-FILE-LOST", relative, f"{what}不见了", RESTORE)
    elif found != sha256:
        yield Problem("E-FILE-CHANGED", relative, f"{what}被改动过", RESTORE)


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def originals_problems(view: View) -> Iterator[Problem]:
    """Every accepted form that a person handed in lies in 原件/ as it came."""
    for matter in view.matters:
        for received in matter.received:
            row = view.by_drop[received.drop]
            if row.concluded_at is None or not slips.is_kept(row.drop):
                continue
            where, what = _original(view, matter, received), f"原件（{received.form}）"
            if not received.row:
                yield from _file(view, where, row.drop.sha256, what)
                continue
            if not (view.office.root / where).is_file():
                yield Problem("E-FILE-LOST", where, f"{what}的摘录不见了", RESTORE)
            if not view.office.objects.has(row.drop.sha256):
                yield Problem("E-FILE-LOST", received.drop, f"{what}的整份表格不在 .paperwork/objects", RESTORE)


def enclosed_problems(view: View) -> Iterator[Problem]:
    """What came with a submission of the program itself (a report's workbook) lies beside it as it was made."""
    for matter in view.matters:
        for name, sha256 in slips.enclosures(matter).items():
            yield from _file(view, f"{matter.folder}/{name}", sha256, "附表")


def returned_problems(view: View) -> Iterator[Problem]:
    """A form that went back and was made good lies in 原件/退回/ with its note, as it was given back."""
    for matter in view.matters:
        for path, sha256 in _made_good(view, matter):
            yield from _file(view, path, sha256, "退回过的表或者它的说明")


def _made_good(view: View, matter: Matter) -> Iterator[tuple[str, str]]:
    done = [r.drop for r in matter.received if view.by_drop[r.drop].concluded_at is not None]
    for drop_id in done:
        for name, sha256 in returned.dossier_names(view.office, drop_id):
            yield f"{matter.folder}/{name}", sha256


def _original(view: View, matter: Matter, received: Received) -> str:
    return f"{matter.folder}/{slips.original_name(view.by_drop[received.drop].drop, received.row)}"


def living_problems(view: View) -> Iterator[Problem]:
    """The manifest says what the ledger says, and 卷内目录 is the one that the manifest was written with."""
    for matter in view.matters:
        if any(view.by_drop[r.drop].concluded_at is None for r in matter.received):
            continue  # the step is not complete: E-UNFINISHED says so
        manifest = view.manifest(matter)
        where = f"{matter.folder}/{living.MANIFEST}"
        if manifest is None:
            yield Problem("E-LIVING", where, "manifest.json不见了，或者读不出来", REWRITTEN)
            continue
        told = living.manifest(matter, manifest.get("living", {}))
        if told != (view.office.root / where).read_bytes():
            yield Problem("E-LIVING", where, "manifest.json与账册不一致", REWRITTEN)
        for name in sorted(view.living(matter) - {living.MANIFEST}):
            found = _sha256(view.folder(matter) / name)
            if not found or found != (manifest.get("living") or {}).get(name):
                what = "与manifest不一致" if found else "不见了"
                yield Problem("E-LIVING", f"{matter.folder}/{name}", f"{name}{what}", REWRITTEN)


def orphan_problems(view: View) -> Iterator[Problem]:
    """Nothing lies in the outbox, the stage or `.taken` that the ledger does not know."""
    known = {matter.folder: matter for matter in view.matters}
    for path in _matter_folders(view):
        relative = view.office.relative(path)
        if relative not in known:
            yield Problem("E-ORPHAN", relative, "账册里没有这个文件夹", "移到 outbox 之外，或者查明来历")
    for matter in view.matters:
        yield from _strangers(view, matter)
    yield from _leftovers(view)


def _matter_folders(view: View) -> Iterator[Path]:
    """The folders that should be matters': outbox/<year>/<matter> and outbox/<year>/<type>/<matter>."""
    types = {matter.folder for matter in view.office.catalogue.matters.values() if matter.folder}
    for year in _folders(view.office.root / "outbox"):
        for folder in _folders(year):
            yield from _folders(folder) if folder.name in types else (folder,)


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(p for p in path.iterdir() if p.is_dir() and p.name not in _OWN and not p.name.startswith("."))


def _strangers(view: View, matter: Matter) -> Iterator[Problem]:
    folder = view.folder(matter)
    known = {path for d in matter.documents for path in (d.path, d.draft_path) if path}
    known |= {printouts.place(document.path) for document in matter.documents if document.path}
    known |= {_original(view, matter, received) for received in matter.received}
    known |= {f"{matter.folder}/{name}" for name in slips.enclosures(matter)}
    known |= {f"{matter.folder}/{name}" for name in view.living(matter)}
    known |= {path for path, _ in _made_good(view, matter)}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        relative = view.office.relative(path)
        if path.is_file() and relative not in known and not path.name.startswith(_LITTER):
            if path.relative_to(folder).parts[0] == slips.BY_HAND:
                continue
            advice = f"不是本系统制作的；手工制作的文书请移到同一文件夹的「{slips.BY_HAND}」之下"
            yield Problem("E-ORPHAN", relative, "账册里没有这个文件", advice)


def _leftovers(view: View) -> Iterator[Problem]:
    done = {drop_id for drop_id, row in view.by_drop.items() if row.concluded_at is not None}
    stage = view.office.private / "stage"
    for folder in sorted(p for p in stage.iterdir() if p.name in done) if stage.is_dir() else ():
        yield Problem("E-LEFTOVER", view.office.relative(folder), "已经办结，暂存的副本还在", AGAIN)
    try:
        taken = intake.taken(view.office.inbox)
    except (OSError, PaperworkError):
        return  # the share is away: `status` says so
    for claimed in taken:
        if claimed.id in done:
            yield Problem("E-LEFTOVER", view.office.relative(claimed.path), "已经办结，收取的副本还在", AGAIN)
