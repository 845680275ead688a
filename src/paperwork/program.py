"""What the program itself hands in: a form with `place = "program"`, by the one path that every submission takes.

The sweep that asks an open matter again when its day has come, and a report's figures, are such forms. The same form
with the same answers, while nothing else has happened in the matter, is the same drop: two daemons, or a kill and a
new start, register it once. There is no slip, no copy in 原件 and nobody to give it back to; what goes wrong with one
stands in `status` among what was returned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from paperwork import intake, process
from paperwork.errors import Bug, OfficeError
from paperwork.model import Form, Json, Matter, Outcome
from paperwork.office import Office


def hand_in(office: Office, form: str, matter: Matter | None, facts: Mapping[str, Json]) -> Outcome:
    """Submit `facts` (names as in JSON intake, dates as ISO text) by the form with this id, and say what became of it.

    `matter` as it was last seen, None to open one. Raises OfficeError if the office lacks the form, and whatever
    stops a dropped form (a machine, a broken template): then it is taken up again like any drop.
    """
    office.require_whole()
    known = _form(office, form)
    named = {"matter": matter.id} if matter else {}
    seen = f"{matter.id}@{matter.version}" if matter else "new"
    content = {"form": known.id, **named, "form_id": seen, **facts}
    data = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()
    drop = intake.enter(office.private, f"{known.title}.json", data, office.now)
    try:
        (outcome,) = process.concluded(office, drop) or process.take(office, drop)
    except Exception:
        done = process.concluded(office, drop)
        if done is None:
            raise
        (outcome,) = done  # another daemon was quicker
    intake.clear(office.inbox, office.private, drop)
    return outcome


def _form(office: Office, name: str) -> Form:
    form = office.catalogue.forms.get(name)
    if form is None:
        raise OfficeError(f"缺少表「{name}」", advice=f"从安装包恢复 templates/forms/{name}，或者运行 paperwork check")
    if form.place != "program":
        raise Bug(f"《{form.title}》是人工填写的表，系统不能代填")
    return form
