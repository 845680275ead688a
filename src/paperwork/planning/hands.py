"""Whose hand an approval comes from: by folder or by user, and never that of who handles the case.

What lies in 审批/ has passed the share's permissions; what comes by the command line counts only from a user whom
people.toml lists with the role. The owner of the file stands in the event, whatever it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperwork.facts import rows_of
from paperwork.model import ANYBODY, Finding, Item, Role, Scalar
from paperwork.planning.sight import Sight

_HANDLING = (("talks", "hosts"), ("rechecks", "by"))  # who acted in the matter, besides its officers


def hands(sight: Sight) -> Iterator[Finding]:
    """Approvals from a wrong hand, and a warning where the file is not the approver's own."""
    handling = handlers(sight)
    for row, item in enumerate(rows_of(sight.submission.facts.get("approvals")), 1):
        person, place = str(item.get("person", "")), f"「审批意见」第{row}行"
        if person in handling and _holding(sight, item.get("step"), person, item.get("on")):
            message = f"{place}：{person}是本案的承办人员，不能审批自己承办的案件，请由其他有权的人审批"
            yield Finding("E-APPROVAL-OWN", message, "approvals.person", place, person)
        yield from _user(sight, item, person, place)


def handlers(sight: Sight) -> frozenset[str]:
    """Who handles the matter: its officers, who held its talks, who rechecked."""
    names = {str(item.get("name")) for item in sight.items("officers")}
    for name, column in _HANDLING:
        for item in sight.items(name):
            names |= set(_names(item.get(column)))
    return frozenset(names | set(_names(sight.folded.get("correct.rechecked_by"))))


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, tuple) else ()


def _user(sight: Sight, item: Item, person: str, place: str) -> Iterator[Finding]:
    """The user of the command line must be one of the approver's; a file in 审批/ of another owner is pointed out."""
    drop, holding = sight.received, _holding(sight, item.get("step"), person, item.get("on"))
    if not holding or any(ANYBODY in role.users or drop.by in role.users for role in holding):
        return
    if drop.place == "cli":
        message = f"{place}：用户「{drop.by}」没有列为{person}的账号，不能在命令行代为审批（people.toml）"
        yield Finding("E-APPROVAL-USER", message, "approvals.person", place, drop.by)
    elif drop.by and any(role.users for role in holding):
        message = f"{place}：文件的所有者是「{drop.by}」，不是{person}登记的账号；已记入账册，请核实是否本人审批"
        yield Finding("W-APPROVAL-OWNER", message, "approvals.person", place, drop.by, severity="warning")


def _holding(sight: Sight, step: Scalar | None, person: str, on: Scalar | None) -> list[Role]:
    """The roles in which this person may take this step on that day."""
    if not isinstance(on, dt.date):
        return []
    return [
        role
        for role in sight.catalogue.roles
        if (role.step, role.person) == (step, person) and role.since <= on and (role.until is None or on <= role.until)
    ]
