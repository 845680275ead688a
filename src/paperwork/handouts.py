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


def hand_out(office: Office, names: Sequence[str], matter: Matter | None, folder: Path) -> list[Path]:
    """The Word blanks of these forms (ids or titles; none named = all that fit) in `folder`, and where each lies.

    A file that stands there is never overwritten. Raises UsageError for a form that there is not.
    """
    chosen = [_form(office, name) for name in names] or _fitting(office, matter)
    return [_put(office, form, matter, folder) for form in chosen]


def _put(office: Office, form: Form, matter: Matter | None, folder: Path) -> Path:
    of = f"_{matter.id}" if matter else ""
    data = blanks.build("docx", form, office.catalogue.facts, prefilled(matter))
    return filing.put(folder / (safe_name(f"{form.title}{of}") + ".docx"), data)


def prefilled(matter: Matter | None) -> Prefilled:
    """Matter and party; for an approval the code, when only one measure waits."""
    if matter is None:
        return Prefilled()
    meta = {"matter": matter.case or matter.id, "party": matter.party}
    codes = {d.draft_code for d in matter.documents if d.state == "draft" and d.code}
    if len(codes) == 1:
        meta["draft"] = codes.pop()
    return Prefilled(meta=meta)


def _fitting(office: Office, matter: Matter | None) -> list[Form]:
    """All forms with a Word blank; of a matter only those that join one."""
    forms = office.catalogue.forms.values()
    return [f for f in forms if "docx" in f.formats and (matter is None or not f.opens)]


def _form(office: Office, name: str) -> Form:
    forms = {form.id: form for form in office.catalogue.forms.values() if form.place != "program"}
    found = forms.get(name) or next((f for f in forms.values() if f.title == name), None)
    if found is None:
        raise UsageError(
            f"没有「{name}」这种表", advice="现有：" + "、".join(f"{f.title}（{f.id}）" for f in forms.values())
        )
    if "docx" not in found.formats:
        raise UsageError(
            f"《{found.title}》没有 Word 空白表", advice=f"用 paperwork record 填写，或者交 JSON：{found.id}"
        )
    return found
