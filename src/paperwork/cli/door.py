"""Which office a command works in, and on which day: as given, from the environment, or the nearest folder upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from paperwork.office import Office


class Door:
    """What was given before or behind the command's name."""

    def __init__(self, office: Path | None = None, today: dt.date | None = None) -> None:
        self.office = office
        self.today = today

    def root(self) -> Path:
        """The office's folder. Raises UsageError."""
        from pathlib import Path

        from paperwork.errors import UsageError
        from paperwork.office import MARK, find_root

        if self.office is None:
            return find_root(Path.cwd())
        if not (self.office / MARK).is_file():
            raise UsageError(f"「{self.office}」不是办公文件夹", advice="用 paperwork init 新建一个")
        return self.office.resolve()

    def open(self) -> Office:
        """The office, open; close it with `with`."""
        from paperwork.office import Office

        return Office.open(self.root(), self.today)


the_door = click.make_pass_decorator(Door)
