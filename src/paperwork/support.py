"""What whoever mends the program needs to know, in one file that says nothing of anybody: counts, codes, versions, log.

No form, no document and no fact is in it. Names that ledger and settings know, and long runs of digits, are struck out
of every text. It can be made of an office that does not open: then the part that failed says why.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from paperwork import audit, catalogue, checking, doctor
from paperwork.errors import PaperworkError, UsageError
from paperwork.model import Json
from paperwork.office import Office, private_of

_DIGITS = re.compile(r"\d{7,}[\dXx]?")
_LIBRARIES = (
    *("click", "docxtpl", "jinja2", "lxml", "pypdf", "python-docx", "sqlalchemy", "alembic", "watchdog", "isal"),
    *("psycopg", "python-calamine", "xlsxwriter"),
)


def gather(root: Path, target: Path) -> tuple[str, ...]:
    """Write the bundle to `target` and say what is in it, file by file. UsageError if `target` stands there already."""
    if target.exists():
        raise UsageError(f"「{target}」已经存在")
    names = {str(root), str(Path.home()), *_tried(lambda: list(_names(root)), [])} - {""}
    struck = tuple(sorted(names, key=len, reverse=True))
    parts = dict(_parts(root))
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            bundle.writestr(name, masked(text, struck))
    return tuple(parts)


def masked(text: str, names: tuple[str, ...]) -> str:
    """The text without these names (longest first) and without anything that may be a number of somebody."""
    for name in names:
        text = text.replace(name, "＊＊")
    return _DIGITS.sub("＊", text)


def _parts(root: Path) -> Iterator[tuple[str, str]]:
    told: dict[str, Callable[[], Json]] = {
        "about.json": _about,
        "doctor.json": lambda: doctor.entry(doctor.examine(root)),
        "check.json": lambda: checking.entry(checking.check(root)),
        "counts.json": lambda: _counts(root),
        "templates.json": lambda: _changed(root),
    }
    for name, tell in told.items():
        yield name, json.dumps(_tried(tell), ensure_ascii=False, indent=1)
    for path in sorted((private_of(root) / "logs").glob("*.log")):
        yield f"logs/{path.name}", path.read_text("utf-8", errors="replace")


def _tried(tell: Callable[[], Json], otherwise: Json = None) -> Json:
    """What it tells, or why it could not; the words of an unknown exception might repeat what stands in a form."""
    try:
        return tell()
    except Exception as error:
        if otherwise is not None:
            return otherwise
        ours = isinstance(error, PaperworkError)
        return {"failed": type(error).__name__, "why": str(error) if ours else ""}


def _about() -> Json:
    versions: dict[str, str | None] = {}
    for name in ("paperwork", *_LIBRARIES):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": sys.version, "system": platform.platform(), "libraries": versions}


def _counts(root: Path) -> Json:
    """How much there is of what, and which codes forms came back with: numbers and codes alone."""
    with Office.open(root) as office:
        ledger = office.ledger
        matters, drops = ledger.matters(), ledger.drops()
        documents = [document for document, _ in ledger.documents()]
        findings = (f["code"] for d in drops for one in _outcomes(d.outcome) for f in one.get("findings") or ())
        return {
            "matters": Counter(f"{m.type} {m.state}" for m in matters),
            "documents": Counter(f"{d.code or d.kind} {d.state}" for d in documents),
            "drops": Counter(d.state for d in drops),
            "findings": Counter(findings),
            "series": [[s.series, s.year, s.start, s.last] for s in ledger.series()],
            "audit": Counter(p.code for p in audit.audit(office)),
        }


def _outcomes(outcome: Json) -> tuple[dict[str, Json], ...]:
    """What became of a drop: one outcome of a form, one for each row of a sheet."""
    return tuple(outcome) if isinstance(outcome, list) else (outcome,) if outcome else ()


def _changed(root: Path) -> Json:
    """Which of the office's files are not as they were shipped: their names, not what stands in them."""
    shipped = catalogue.shipped_templates()
    names = {p.relative_to(base).as_posix() for base in (shipped, root / "templates") for p in base.rglob("*")}
    return sorted(name for name in names if _bytes(shipped / name) != _bytes(root / "templates" / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _names(root: Path) -> Iterator[str]:
    """Whom ledger and settings know: parties, officers, approvers, whoever handed something in, and their files."""
    known = catalogue.load(root)
    yield from (officer.name for officer in known.officers)
    yield from (role.person for role in known.roles)
    with Office.open(root) as office:
        yield from (row.party for row in office.ledger.matters())
        for row in office.ledger.drops():
            yield from (row.drop.name, Path(row.drop.name).stem, row.drop.by)
