"""Blank forms to hand out, of any form of the office, with matter and party already in them where one is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paperwork import blanks, filing
from paperwork.blanks import Prefilled
from paperwork.errors import UsageError
from paperwork.model import Form, Matter
from paperwork.names import safe_name
from paperwork.office import Office

_CALLED = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}


def hand_out(
    office: Office, names: Sequence[str], matter: Matter | None, folder: Path, format: str = "docx"
) -> list[Path]:
    """The blanks of these forms (ids or titles; none named = all that fit) in `folder`, and where each lies.

    `format`: docx, xlsx. A file that stands there is never overwritten. Raises UsageError for a form that there is
    not, or not in this format.
    """
    chosen = [_form(office, name, format) for name in names] or _fitting(office, matter, format)
    return [_put(office, form, matter, folder / f".{format}") for form in chosen]


def _put(office: Office, form: Form, matter: Matter | None, like: Path) -> Path:
    """`like`: the folder, and as its name the ending of the file."""
    of = f"_{matter.id}" if matter else ""
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
