"""exemptions.toml: the published lists of minor violations that are not punished; another list may take its place."""

from __future__ import annotations

from paperwork.catalogue.sheets import Table, unique
from paperwork.model import Exemption


def read_exemptions(table: Table | None) -> tuple[Exemption, ...]:
    """exemptions.toml → its items, each with the name of its list and the days on which the list is in force."""
    if table is None:
        return ()
    found: list[Exemption] = []
    lists = table.tables("list")
    for entry in lists:
        name, (since, until) = entry.text("name"), entry.span()
        items = entry.tables("item")
        for item in items:
            found.append(
                Exemption(
                    name,
                    item.integer("no", least=1),
                    item.text("matter"),
                    item.text("condition"),
                    item.text("provision"),
                    since,
                    until,
                )
            )
            item.close()
        unique(items, "no", "免罚清单项号")
        entry.text("source", "")
        entry.close()
    unique(lists, "name", "免罚清单")
    table.close()
    return tuple(found)
