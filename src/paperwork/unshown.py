"""A decision that was shown to the public and is made void: from that day on the withdrawal is owed."""

from __future__ import annotations

from paperwork import program
from paperwork.model import Matter
from paperwork.office import Office

FORM = "decision_void"


def owed(office: Office, matter: Matter, number: str, why: str) -> None:
    """行政处罚法 art 48 para 2: `number` was just made void. If it was shown, the matter is told day and reason."""
    told, codes = office.sight(matter).folded, office.catalogue.credit.documents
    fallen = any(d.number == number and d.state == "void" and d.code in codes for d in matter.documents)
    if fallen and told.get("credit.published_on") and not told.get("credit.revoked_on"):
        said = {"credit.revoked_on": office.today.isoformat(), "credit.why": why}
        program.hand_in(office, FORM, matter, said)
