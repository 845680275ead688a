"""Names of the office's own files as arguments, which the shell completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Named(click.ParamType):  # type: ignore[type-arg]
    """A name of the office's own files; the shell completes it. `what`: forms, kinds or rules of the catalogue."""

    name = "名称"

    def __init__(self, what: str) -> None:
        self._what = what

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from paperwork.cli.door import Door

        root = ctx.find_root().params
        try:
            with Door(root.get("office"), root.get("today")).open() as office:
                known = getattr(office.catalogue, self._what)
        except Exception:  # a shell that completes nothing is better than one that prints an error
            return []
        entries = known.values() if self._what != "rules" else known
        named = ((_name_of(one), getattr(one, "title", getattr(one, "label", ""))) for one in entries)
        return [CompletionItem(name, help=told) for name, told in named if name.startswith(incomplete)]


def _name_of(one: Any) -> str:
    """What people call it: the code of a document kind, the id of a rule, the title of a form."""
    return str(getattr(one, "code", "") or (one.title if hasattr(one, "title") else one.id))
