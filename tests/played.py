"""An office in which the demonstration was played, made once and copied for each test; and the command line in it."""

from __future__ import annotations

import functools
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paperwork import cli, demo
from paperwork.demo import sample

DAY = "2026-08-17"
CASE, WAITING = "2026-LA-0001", "2026-LA-0002"


@functools.cache
def story() -> tuple[Path, str, bool]:
    """The office of the demonstration, what it said, and whether all promises held. Never to be written in."""
    root = Path(tempfile.mkdtemp(prefix="played-")) / "office"
    told: list[str] = []
    kept = demo.play(root, told.append)
    return root, "\n".join(told), kept


def played(folder: Path) -> Path:
    """A copy of it in `folder`, with no time lost on settling."""
    root = folder / "office"
    shutil.copytree(story()[0], root)
    bureau = root / "templates" / "bureau.toml"
    bureau.write_text(re.sub(r"settle_seconds = \d+", "settle_seconds = 0.05", bureau.read_text("utf-8")), "utf-8")
    return root


@dataclass
class Terminal:
    """The command line in one office on one day; `out` and `err` of the last command."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    day: str = DAY
    out: str = ""
    err: str = ""

    def __call__(self, *arguments: str) -> int:
        return self.bare("--office", str(self.root), "--today", self.day, *arguments)

    def bare(self, *arguments: str) -> int:
        """Without office and day."""
        self.capsys.readouterr()
        code = cli.run(arguments)
        self.out, self.err = self.capsys.readouterr()
        return code

    def json(self, *arguments: str) -> Any:
        """What a command gives with --json, whatever its exit code."""
        self(*arguments, "--json")
        return json.loads(self.out)


def written(folder: Path, content: Mapping[str, Any], name: str = "表.json") -> Path:
    """A form as a JSON file."""
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def third_case() -> dict[str, Any]:
    """S01 once more, of another party on other days, so that it may be filed beside the played ones."""
    form = sample("s01_intake")
    form["form_id"] = "F-20260810-0002"
    form["submitted_at"] = "2026-08-12T09:00:00+08:00"
    form["case"] |= {"title": "朔州市极昼网络科技有限公司未悬挂未成年人禁入标志案", "source_ref": "SSJ-2026-Q3-021"}
    form["party"] |= {"name": "朔州市极昼网络科技有限公司", "uscc": "91140602MAXX001112", "legal_rep": "程万里"}
    return form
