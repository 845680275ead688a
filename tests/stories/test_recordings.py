"""执法视频: numbered, hashed, listed in the file; a recording that was changed afterwards is found."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from paperwork import audit
from tests.stories.bureau import Bureau
from tests.stories.cases import S01
from tests.stories.test_s01_file import M, filed

PLACE = "执法视频/2026"


def recording(no: str, name: str, sha256: str = "", **answers: Any) -> dict[str, Any]:
    row = {"no": no, "of": "D-38 现场检查笔录", "device": "执法记录仪 03号", "started": "2026-07-08 15:10", "ended": "2026-07-08 15:50",
           "file": f"{PLACE}/{name}", "by": "赵明远", **answers}  # fmt: skip
    return {"form": "执法视频登记表", "matter": M, "videos": [{**row, **({"sha256": sha256} if sha256 else {})}]}


@pytest.fixture
def recorded(tmp_path: Path) -> Bureau:
    bureau = Bureau(tmp_path, "2026-07-16")
    folder = tmp_path / PLACE
    folder.mkdir(parents=True)
    for name in ("甲.mp4", "乙.mp4"):
        (folder / name).write_bytes(name.encode() * 1000)
    digest = hashlib.sha256((folder / "甲.mp4").read_bytes()).hexdigest()
    filed(bureau, S01, recording("SP-1", "甲.mp4", digest.upper()), recording("SP-2", "乙.mp4"))
    return bureau


def told(bureau: Bureau) -> list[tuple[str, str]]:
    with bureau.open() as office:
        return [(p.code, p.where.rpartition(" ")[2]) for p in audit.audit(office) if "VIDEO" in p.code]


def test_the_index_of_the_file_lists_every_recording_with_its_place_and_hash(recorded: Bureau) -> None:
    index = recorded.text(recorded.documents()["D-36"]["path"])
    digest = hashlib.sha256((recorded.root / PLACE / "甲.mp4").read_bytes()).hexdigest()
    assert "执法视频清单" in index and f"{PLACE}/甲.mp4" in index and digest[:16] in index and digest[-16:] in index
    assert "2026年7月8日15:10至15:50" in index


def test_a_changed_or_lost_recording_is_found_and_a_missing_hash_is_told(recorded: Bureau) -> None:
    assert told(recorded) == [("W-VIDEO-HASH", "SP-2")], "nothing is broken while no hash was given"
    with recorded.open() as office:
        (hint,) = [p for p in audit.audit(office) if p.code == "W-VIDEO-HASH"]
        assert audit.entry([hint])["ok"]
    filed(recorded, recording("SP-2", "乙.mp4", hint.advice.rpartition("：")[2]))
    assert told(recorded) == []
    with (recorded.root / PLACE / "乙.mp4").open("ab") as file:
        file.write(b"x")
    (recorded.root / PLACE / "甲.mp4").unlink()
    assert told(recorded) == [("E-VIDEO-GONE", "SP-1"), ("E-VIDEO-CHANGED", "SP-2")]


def test_what_lies_on_a_disk_that_is_not_there_says_nothing(recorded: Bureau) -> None:
    away = str(recorded.root / "不在的盘" / "丙.mp4")
    filed(recorded, recording("SP-3", "丙.mp4", "0" * 64, file=away))
    assert told(recorded) == [("W-VIDEO-HASH", "SP-2")]


@pytest.mark.parametrize("answers", [{"sha256": "1234"}, {"file": f"{PLACE}/甲.mp4"}, {"ended": "2026-07-08 15:00"}])
def test_a_hash_that_is_none_a_recording_twice_and_an_end_before_its_beginning_come_back(
    recorded: Bureau, answers: dict[str, str]
) -> None:
    (outcome,) = recorded.take(recording("SP-3", "丙.mp4", **answers))
    assert {f.code for f in outcome.findings} <= {"E-VIDEO", "E-DATE-ORDER"} and outcome.outcome == "returned"
