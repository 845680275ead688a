"""Blank forms to hand out: on demand, and those that come next, laid beside the reply slip of a matter.

What lies there is the program's own and follows the matter: a form that no longer makes sense is taken away, unless
somebody has begun to fill it in.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from paperwork import blanks, codec, filing, intake, planning
from paperwork.blanks import Prefilled
from paperwork.errors import UsageError
from paperwork.model import Drop, Form, Matter
from paperwork.names import safe_name
from paperwork.office import Office
from paperwork.planning import Offered

# ── on demand ─────────────────────────────────────────────────────────────────────────────────────────

_CALLED = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}


def hand_out(
    office: Office, names: Sequence[str], matter: Matter | None, folder: Path, format: str = "docx"
) -> list[Path]:
    """The blanks of these forms (ids or titles; none named = all that fit) in `folder`, and where each lies.

    `format`: docx, xlsx, pdf. A file that stands there is never overwritten. Raises UsageError for a form that there is
    not, or not in this format.
    """
    chosen = [_form(office, name, format) for name in names] or _fitting(office, matter, format)
    return [_put(office, form, matter, folder / f".{format}") for form in chosen]


def _put(office: Office, form: Form, matter: Matter | None, like: Path) -> Path:
    """`like`: the folder, and as its name the ending of the file."""
    of = f"_{matter.id}" if matter else ""
    if matter is not None and form.opens and like.name != ".xlsx":
        sight = office.sight(matter)
        form = planning.joining(form, planning.unsaid(form, sight.facts(sight.documents)))
    data = blanks.build(like.name[1:], form, office.catalogue.facts, prefilled(matter))
    return filing.put(like.parent / (safe_name(f"{form.title}{of}") + like.name), data)


def prefilled(matter: Matter | None) -> Prefilled:
    """Matter and party; for an approval the code, when only one measure waits."""
    if matter is None:
        return Prefilled()
    meta = {"matter": matter.case or matter.id, "party": matter.party}
    codes = {d.draft_code for d in matter.documents if d.state == "draft" and d.code}
    if len(codes) == 1:
        meta["draft"] = codes.pop()
    return Prefilled(meta=meta)


def _fitting(office: Office, matter: Matter | None, format: str) -> list[Form]:
    """All forms with such a blank; of a matter only those that join one."""
    forms = office.catalogue.forms.values()
    return [f for f in forms if format in f.formats and (matter is None or not f.opens)]


def left_out(office: Office, matter: Matter | None, format: str) -> list[str]:
    """Titles of the forms that people fill in and that have no blank in this format."""
    forms = (f for f in office.catalogue.forms.values() if f.place != "program" and (matter is None or not f.opens))
    return [form.title for form in forms if format not in form.formats]


def _form(office: Office, name: str, format: str) -> Form:
    forms = {form.id: form for form in office.catalogue.forms.values() if form.place != "program"}
    found = forms.get(name) or next((f for f in forms.values() if f.title == name), None)
    if found is None:
        raise UsageError(
            f"没有「{name}」这种表", advice="现有：" + "、".join(f"{f.title}（{f.id}）" for f in forms.values())
        )
    if format not in found.formats:
        other = "、".join(known for known in found.formats if known in blanks.BUILDERS)
        advice = f"可以用：--format {other}" if other else f"用 paperwork record 填写，或者交 JSON：{found.id}"
        raise UsageError(f"《{found.title}》没有 {_CALLED.get(format, format)} 空白表", advice=advice)
    return found


# ── beside the slip ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ready:
    """A blank that lies ready: where in the inbox, and why."""

    path: str
    title: str
    why: str


def lay_out(office: Office, drop: Drop, matter: Matter) -> tuple[Ready, ...]:
    """Lay the forms that come next into the matter's folder in 回执, and take away what no longer makes sense.

    Repeats safely. Nothing for a matter that nobody handles through the inbox.
    """
    before = office.ledger.laid_out(matter.id)
    if drop.place == "cli" and not before:
        return ()
    sight = office.sight(matter)
    weighed = office.weighed(matter)
    folder = PurePosixPath(intake.RECEIPTS) / PurePosixPath(matter.folder).name
    ready: list[Ready] = []
    lying: dict[str, tuple[str, str]] = {}
    for offered in planning.next_forms(sight, weighed.facts, weighed.missing):
        path = (folder / _name(offered)).as_posix()
        filled = replace(prefilled(matter), values=offered.values, items=offered.items)
        made_of = _hash(codec.canonical([asdict(offered.form), asdict(filled)]).encode())
        known = before.get(path)
        if known is None or known[0] != made_of or not (office.inbox / path).exists():
            known = (made_of, _lay(office, path, offered.form, filled, before.get(path)))
        lying[path] = known
        ready.append(Ready(path, offered.form.title, offered.why))
    _take_away(office, folder, {path: sha256 for path, (_, sha256) in before.items() if path not in lying})
    if lying != before:
        office.ledger.lay_out(matter.id, lying)
    return tuple(ready)


def _name(offered: Offered) -> str:
    of = f"_{offered.occurrence}" if offered.occurrence else ""
    return safe_name(f"{offered.form.title}{of}") + ".docx"


def _lay(office: Office, path: str, form: Form, filled: Prefilled, known: tuple[str, str] | None) -> str:
    """Write the blank, in place of an untouched older one; its hash. What a clerk has begun stays."""
    data = blanks.build("docx", form, office.catalogue.facts, filled)
    if known is not None:
        intake.take_away(office.inbox, path, known[1])
    intake.lay(office.inbox, path, data)
    return _hash(data)


def _take_away(office: Office, folder: PurePosixPath, stale: dict[str, str]) -> None:
    for path, sha256 in stale.items():
        intake.take_away(office.inbox, path, sha256)
    if stale:
        with contextlib.suppress(OSError):  # a clerk's own file lies there
            (office.inbox / folder).rmdir()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
