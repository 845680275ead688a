"""The daily sweep: open matters whose next day has come are asked again, by a submission of the program's own.

The next day of each matter is a projection written when it was registered, so a round with nothing due costs one
look at an index. After a pause a matter is asked once: the facts then say which step is the current one.
"""

from __future__ import annotations

from paperwork import program
from paperwork.model import Outcome
from paperwork.office import Office

FORM = "sweep"


def due(office: Office) -> tuple[str, ...]:
    """Ids of the open matters to be asked again today: their day has come, or the calendar they waited for is here."""
    return office.ledger.due_matters(office.today, tuple(office.catalogue.calendars))


def ask(office: Office, matter_id: str) -> tuple[Outcome, ...]:
    """Ask one matter again today; nothing where another process was quicker."""
    matter = office.ledger.matter(matter_id)
    if matter is None or matter_id not in due(office):
        return ()
    return (program.hand_in(office, FORM, matter, {"sweep.on": office.today.isoformat()}),)
