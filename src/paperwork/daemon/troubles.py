"""What could not be finished: a passing failure is tried again after growing pauses, and everybody can see it.

A form with mistakes is no trouble: it goes back to its clerk for good (`inbox/退回`).
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from paperwork import intake
from paperwork.errors import OfficeError, PaperworkError
from paperwork.intake import Found
from paperwork.logbook import Logbook
from paperwork.model import Finding, Json, Outcome

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # seconds before a failed drop is tried again
INBOX, OFFICE, METRICS = "inbox", "office", "metrics"  # troubles that belong to no drop


@dataclass
class Trouble:
    """A drop that could not be finished, and when it is tried again (monotonic seconds)."""

    drop: str
    file: str
    error: Exception
    tries: int = 1
    again_at: float = 0.0

    @property
    def exit_code(self) -> int:
        """As the command line counts it: 3 the office's files, 4 the machine, 70 a bug."""
        return 4 if isinstance(self.error, OSError) else int(getattr(self.error, "exit_code", 70))

    @property
    def pause(self) -> float:
        """Seconds until the next try: doubled each time."""
        return float(min(FIRST_PAUSE * 2 ** (self.tries - 1), LONGEST_PAUSE))

    @property
    def of_the_office(self) -> bool:
        """Whether only an edit under templates/ can end it: then there is nothing to wait for but that edit."""
        return isinstance(self.error, OfficeError)

    def entry(self) -> Json:
        """As `status` shows it. Only the program's own errors speak: others might repeat what stands in a form."""
        return {
            "code": {3: "E-OFFICE", 4: "E-MACHINE"}.get(self.exit_code, "E-BUG"),
            "drop": self.drop,
            "file": self.file,
            "what": self.what,
            "advice": getattr(self.error, "advice", "")
            or "材料原样保留，稍后自动再试；经过见 .paperwork/logs/paperwork.log",
            "tries": self.tries,
        }

    @property
    def what(self) -> str:
        """In plain words, without a word from any form."""
        if isinstance(self.error, PaperworkError):
            return str(self.error)
        if isinstance(self.error, OSError):
            return f"磁盘或者权限有问题：{self.error.strerror or type(self.error).__name__}"
        return f"程序出了意外错误（{type(self.error).__name__}）"

    def log(self, book: Logbook) -> None:
        """One line: drop, try, kind of error, where in the program; the places in the office's files that are wrong."""
        frames = traceback.extract_tb(self.error.__traceback__)
        trace = " < ".join(f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in reversed(frames[-6:]))
        known = self.drop if "/" not in self.drop and "\\" not in self.drop else "unclaimed"
        book.note("failed", known, attempt=self.tries, error=type(self.error).__name__, at=trace)
        for problem in getattr(self.error, "problems", ()):
            book.note("problem", known, code=problem.code, where=problem.where)


def waits(found: Found) -> Outcome:
    """What is said of a file that lies in the inbox and is not taken yet."""
    why = (
        "文件正被打开（Word 或者 WPS），关闭后自动收取" if intake.locked(found) else "文件还没有复制完，完整后自动收取"
    )
    return Outcome(found.path.name, 0, "waiting", findings=(Finding("W-WAITING", why, severity="warning"),))
