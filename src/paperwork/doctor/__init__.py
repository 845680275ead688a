"""Is this machine fit to run the office: paths, rights, disk, clock, fonts, database, daemon, in plain words.

Nothing here needs the office to open: what keeps it from opening is what the doctor is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from paperwork.doctor import database, machine, paths
from paperwork.doctor.sight import Sight
from paperwork.errors import MachineError
from paperwork.model import Json, Problem

__all__ = ["CHECKS", "Sight", "entry", "examine", "exit_code", "require_fit"]

OFFICE = ("E-OFFICE", "E-KIND")  # codes of what stands in the office's own files; everything else is of the machine

CHECKS: dict[str, Callable[[Sight], Iterator[Problem]]] = {
    "文件夹": paths.folders,
    "权限": paths.rights,
    "磁盘": machine.disk,
    "时钟": machine.clock,
    "PDF 和字体": machine.prints,
    "变动通知": machine.hints,
    "设置和模板": database.office_files,
    "账册": database.ledger,
    "收表程序": database.daemon,
}
"""What is looked at, by the word for it, in the order in which it is told."""


def examine(root: Path) -> dict[str, tuple[Problem, ...]]:
    """Check → what is wrong with it. Codes that begin with `W-` are advice and break nothing."""
    sight = Sight(root)
    return {word: tuple(check(sight)) for word, check in CHECKS.items()}


def entry(found: dict[str, tuple[Problem, ...]]) -> Json:
    """The contract's `{ok, problems: [{code, where, what, advice}]}`."""
    problems = [problem for problems in found.values() for problem in problems]
    told = [{"code": p.code, "where": p.where, "what": p.what, "advice": p.advice} for p in problems]
    return {"ok": not any(_breaks(p) for p in problems), "problems": told}


def exit_code(found: dict[str, tuple[Problem, ...]]) -> int:
    """0 fit · 3 the office's files are wrong · 4 the machine is not fit (and perhaps the files too)."""
    codes = {problem.code for problems in found.values() for problem in problems if _breaks(problem)}
    return 0 if not codes else 3 if codes <= set(OFFICE) else 4


def require_fit(root: Path) -> None:
    """What must hold before the daemon may start: paths that cannot loop, rules that clerks cannot write.

    Raises MachineError with the first thing that is wrong.
    """
    sight = Sight(root)
    for problem in (*paths.overlaps(sight), *paths.rules_of_clerks(sight), *paths.network(sight)):
        raise MachineError(f"{problem.where} {problem.what}", advice=problem.advice)


def _breaks(problem: Problem) -> bool:
    return problem.code.startswith("E-")
