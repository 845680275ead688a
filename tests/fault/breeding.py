"""Daemons to be killed, bred from one warm process: each is a fork that has everything imported, and dies alone.

The nursery is a process of its own with a single thread, because a fork takes no threads along. A child works one
round; on the way it may die at a fault point, at the k-th change of a file, or meet a disk that refuses.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
OURS = "PAPERWORK_"
KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else 137


class Nursery:
    """The warm process; `start` a child, `wait` for it. Answers come in the order of the questions."""

    def __init__(self) -> None:
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        env = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "TZ": "HST10"}
        command = [sys.executable, str(HERE)]
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, root: Path, day: str, **told: Any) -> int:
        """A child at work on the office; its process id. See `_work` for what it may be told.

        It lives in the environment of now, not of when the nursery was made: each test has a ledger of its own.
        """
        ours = {name: value for name, value in os.environ.items() if name.startswith(OURS)}
        return int(self._ask({"start": {"root": str(root), "day": day, **told}, "environment": ours}))

    def warm(self, root: Path) -> None:
        """What is read of this office once and remembered: its children need not read it again."""
        self._ask({"warm": str(root)})

    def wait(self, pid: int) -> int:
        """How it ended: 0, `KILLED`, or 1 for an exception."""
        return int(self._ask({"wait": pid}))

    def ended(self, pid: int) -> bool:
        """Whether it has ended by itself; then it is waited for."""
        return bool(self._ask({"ended": pid}))

    def run(self, root: Path, day: str, **told: Any) -> int:
        return self.wait(self.start(root, day, **told))

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def _ask(self, question: Mapping[str, Any]) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the nursery died"
        return json.loads(answer)


@functools.cache
def nursery() -> Nursery:
    """The one of this test process."""
    made = Nursery()
    atexit.register(made.close)
    return made


# ── inside the nursery ────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    import tests.fault.work  # all of the program, once

    for line in sys.stdin:
        question = json.loads(line)
        if "warm" in question:
            tests.fault.work.warm(Path(question["warm"]))
            print("null", flush=True)
        elif "ended" in question:
            print(json.dumps(os.waitpid(question["ended"], os.WNOHANG)[0] != 0), flush=True)
        elif "start" in question:
            _live_in(question["environment"])
            print(_fork(question["start"]), flush=True)
        else:
            _, status = os.waitpid(question["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)


def _live_in(environment: Mapping[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.update(environment)


def _fork(told: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the answers are the nursery's own
        from tests.fault import work

        work.work(told)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
