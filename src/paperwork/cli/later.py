"""Commands of the contract that are not there yet: one sentence, exit code 2."""

from __future__ import annotations

import click

from paperwork.cli import say
from paperwork.cli.usage import Command

_NAMES = {
    "worker": "多机办理",
}


def _command(name: str, what: str) -> click.Command:
    @click.command(
        name,
        cls=Command,
        short_help=f"{what}（尚未提供）",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        help=f"{what}（尚未提供）。\n\n例如：paperwork {name}",
    )
    def later() -> int:
        say.note(f"「{name}」（{what}）尚未提供")
        return 2

    return later


COMMANDS = tuple(_command(name, what) for name, what in _NAMES.items())
