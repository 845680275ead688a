"""`python -m paperwork.cli`, where the installed command is not on the PATH."""

from __future__ import annotations

from paperwork.cli.run import main

main()
