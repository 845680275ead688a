"""The living files of a matter's folder, 卷内目录 and manifest: they follow the ledger until the matter closes."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from paperwork import faults, filing, rendering, slips, views
from paperwork.model import Matter
from paperwork.office import Office

MANIFEST = "manifest.json"


def moved(matter: Matter) -> tuple[int, int]:
    """As `Ledger.version` counts: living files are made anew when either has moved."""
    return matter.version, sum(bool(d.path) for d in matter.documents)


def refresh(office: Office, matter_id: str) -> Matter:
    """Write the living files anew, the manifest last, until nothing moved meanwhile; the matter that they tell."""
    while True:
        matter = office.ledger.matter(matter_id)
        assert matter is not None, matter_id
        folder = filing.inside(office.root, matter.folder)
        fresh = files(office, matter)
        _keep_edited(folder, fresh)
        filing.replace_all({folder / name: data for name, data in fresh.items()})
        faults.point("living")
        if office.ledger.version(matter_id) == moved(matter):
            return matter


def _keep_edited(folder: Path, fresh: Mapping[str, bytes]) -> None:
    """A living file that somebody has changed by hand is kept among the papers made by hand before it is made anew."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())["living"]
    except (OSError, ValueError, KeyError, TypeError):
        return  # the first one, or torn: nobody can tell what was changed
    for name, data in fresh.items():
        with contextlib.suppress(FileNotFoundError):
            there = (folder / name).read_bytes()
            if name in told and there != data and hashlib.sha256(there).hexdigest() != told[name]:
                filing.put(folder / slips.BY_HAND / f"改动过的{name}", there)


def files(office: Office, matter: Matter) -> dict[str, bytes]:
    """卷内目录 and manifest as the ledger stands, the manifest last."""
    told = {}
    for document in matter.documents:
        if document.living:
            context = {**document.recipe.context, "index": views.index(office, matter)}
            told[slips.file_name(document)] = rendering.render(office.objects.get(document.recipe.template), context)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in told.items()}
    told[MANIFEST] = manifest(matter, hashes)
    return told


def manifest(matter: Matter, living: Mapping[str, str]) -> bytes:
    """The manifest as the ledger stands, with the hashes of the living files that it was written with."""
    told = {**views.manifest(matter), "living": living}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
