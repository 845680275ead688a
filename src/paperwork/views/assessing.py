"""案卷评查 by the program: what it can see of a file, under the ten heads of the self-check sheet (domain/12 no 10).

It asks every gate of the policy again, reads all texts against each other, and looks for papers that lack and days
that were missed. What only people can judge stays with the sheet: nothing found is not a clean file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from paperwork import policy, proofreading
from paperwork.model import Json, Matter
from paperwork.office import Office
from paperwork.views.clocks import clocks_of

HEADS: Mapping[str, str] = {
    "subject": "主体", "facts": "事实", "evidence": "证据", "basis": "依据", "procedure": "程序",
    "discretion": "裁量", "papers": "文书", "service": "送达", "execution": "执行", "archive": "归档",
}  # fmt: skip
_BY_CODE: tuple[tuple[str, str], ...] = (
    ("E-OFFICER", "subject"), ("E-CERT", "subject"), ("E-PERSON", "subject"), ("E-COMP", "subject"),
    ("E-PARTY", "subject"), ("E-RECUSAL", "subject"), ("E-HANDLER", "subject"), ("E-APPROVAL-OWN", "subject"),
    ("E-HARM", "facts"), ("E-EVIDENCE", "evidence"), ("E-FIRST", "evidence"), ("E-RECORD", "evidence"),
    ("E-LAW", "basis"), ("E-LIST", "basis"), ("W-PROOF-ARTICLE", "basis"),
    ("E-RANGE", "discretion"), ("E-REDUCE", "discretion"), ("E-MITIGATE", "discretion"), ("E-STANDARD", "discretion"),
    ("W-GRAVITY", "discretion"), ("W-REPEATED", "discretion"),
    ("W-PROOF", "papers"), ("E-SERVICE", "service"), ("W-SERVICE", "service"),
    ("E-CLOSE", "execution"), ("W-SURCHARGE", "execution"), ("E-DEFER", "execution"),
)  # fmt: skip
_BY_PAPER = {"D-34": "service", "D-40": "execution", "D-35": "archive", "D-36": "archive", "D-54": "archive"}
_BY_CLOCK = {"service": "service", "payment": "execution", "demand": "execution", "enforcement": "execution"}


def self_check(office: Office, matter: Matter) -> list[Json]:
    """`[{head, label, findings: [text]}]`, every head, in the order of the sheet."""
    found: dict[str, dict[str, None]] = {head: {} for head in HEADS}
    for head, text in _findings(office, matter):
        found[head][text] = None
    return [{"head": head, "label": label, "findings": list(found[head])} for head, label in HEADS.items()]


def _findings(office: Office, matter: Matter) -> Iterator[tuple[str, str]]:
    weighed, sight = office.weighed(matter), office.sight(matter)
    for finding in policy.gates(office.catalogue, policy.Question(matter.type, weighed.facts)):
        yield head_of(finding.code), finding.message
    for finding in proofreading.findings(office.catalogue, weighed.facts, sight.folded):
        yield head_of(finding.code), finding.message
    for missing in weighed.missing:
        if missing.kind == "document":
            yield _BY_PAPER.get(missing.code, "papers"), f"缺少{missing.code}《{missing.name}》：{missing.why}"
    for clock, row in clocks_of(office, matter, weighed.facts):
        if clock.side == "agency" and _late(row, office.today):
            yield _BY_CLOCK.get(clock.id, "procedure"), f"{row['what']}超过期限：最迟{row['due_on']}"


def head_of(code: str) -> str:
    """The head of the sheet under which a finding of this code belongs."""
    return next((head for start, head in _BY_CODE if code.startswith(start)), "procedure")


def _late(row: Json, today: dt.date) -> bool:
    """Met after its day, or not met and the day is over; the day itself is shown as the workday before a rest day."""
    return row["due_on"] is not None and (row["met_on"] or today.isoformat()) > row["due_on"]
