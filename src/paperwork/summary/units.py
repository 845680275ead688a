"""The units that figures may be asked of."""

from __future__ import annotations

import difflib

from paperwork.errors import UsageError
from paperwork.ledger import Figures
from paperwork.office import Office


def require(office: Office, look: Figures, unit: str) -> None:
    """UsageError for a unit that no matter, officer or setting names; "" is the whole bureau."""
    if not unit:
        return
    settled = {officer.unit for officer in office.catalogue.officers} | set(office.catalogue.settings.units)
    known = sorted({*look.units()} | settled)
    if unit not in known:
        near = difflib.get_close_matches(unit, known, 1)
        advice = f"是不是「{near[0]}」" if near else f"有：{'、'.join(name for name in known if name)}"
        raise UsageError(f"没有「{unit}」这个机构", advice=advice)
