"""The inbox loses nothing and takes nothing twice: seen, settled, claimed by one, recovered, given back."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOW, SHANGHAI, a_drop
from paperwork import intake
from paperwork.errors import MachineError
from paperwork.intake import Found, Settling
from paperwork.model import Drop


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in ("审批", "退回", "回执"):
        (tmp_path / "inbox" / name).mkdir(parents=True)
    return tmp_path / "inbox"


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    return tmp_path / ".paperwork" / "stage"


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" * 200)
    return buffer.getvalue()


def lay(path: Path, data: bytes = b"{}", age: float = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def only(inbox: Path) -> Found:
    (found,) = intake.scan(inbox)
    return found


def claimed(inbox: Path, stage: Path, now: dt.datetime = NOW) -> Drop:
    drop = intake.claim(only(inbox), inbox, stage, now)
    assert drop is not None
    return drop


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# ── seeing ──


def test_forms_are_seen_oldest_first_in_folders_too(inbox: Path) -> None:
    lay(inbox / "b.json", age=1)
    lay(inbox / "审批" / "a.docx", age=3)
    lay(inbox / "七月" / "企业" / "c.JSON", age=2)
    found = intake.scan(inbox)
    assert [(f.path.relative_to(inbox).as_posix(), f.place) for f in found] == [
        ("审批/a.docx", "approvals"),
        ("七月/企业/c.JSON", "inbox"),
        ("b.json", "inbox"),
    ]


def test_a_folder_that_calls_itself_approvals_elsewhere_has_no_rights(inbox: Path) -> None:
    lay(inbox / "七月" / "审批" / "a.docx")
    assert only(inbox).place == "inbox"


def test_what_went_back_and_what_was_taken_is_not_seen_again(inbox: Path) -> None:
    for folder in ("退回", "回执", ".taken/20260716T172000-8f3a0000", "退回/sub"):
        lay(inbox / folder / "a.docx")
    assert intake.scan(inbox) == ()


@pytest.mark.parametrize(
    "name",
    [
        *("~$登记表.docx", "~$记表.DOCX", ".~登记表.docx", ".~lock.登记表.docx#", "~WRL0001.tmp", "~WRD0000.doc"),
        *("x.TMP", "x.part", "x.docx.crdownload", "x.filepart", "Thumbs.db", "DESKTOP.INI", ".DS_Store", "._x.docx"),
        *("@eaDir/x.docx", "__MACOSX/x.docx", ".stversions/x.docx", "$RECYCLE.BIN/x.docx"),
    ],
)
def test_junk_and_locks_are_no_forms(inbox: Path, name: str) -> None:
    lay(inbox / name)
    assert intake.scan(inbox) == ()


def test_a_form_that_only_looks_odd_is_seen(inbox: Path) -> None:
    for name in ("~登记表.docx", "登记表.tmp.docx", "没有后缀", "$x.json"):
        lay(inbox / name)
    assert len(intake.scan(inbox)) == 4


@pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need a privilege")
def test_only_regular_files_are_seen(inbox: Path, tmp_path: Path) -> None:
    secret = lay(tmp_path / "secret.json")
    (inbox / "link.json").symlink_to(secret)
    (inbox / "linked").symlink_to(tmp_path)
    os.mkfifo(inbox / "pipe.json")
    assert intake.scan(inbox) == ()


def test_a_share_that_is_away_is_said_to_be_away(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="收件夹"):
        intake.scan(tmp_path / "gone")


def test_many_looks_see_what_one_look_sees(inbox: Path) -> None:
    looking = intake.Looking(inbox)
    assert looking.look() == ()
    first = lay(inbox / "七月.docx", age=50)
    lay(inbox / "一队" / "八月.docx", age=40)
    lay(inbox / "审批" / "九月.json", age=30)
    lay(inbox / "~$七月.docx")
    lay(inbox / "Thumbs.db")
    assert looking.look() == intake.scan(inbox)
    assert [one.locked for one in looking.look()] == [True, False, False]
    first.rename(inbox / "一队" / "七月.docx")
    (inbox / "~$七月.docx").unlink()
    (inbox / "一队").rename(inbox / "二队")
    assert looking.look() == intake.scan(inbox)
    assert len(looking.look()) == 3
    shutil.rmtree(inbox / "二队")
    lay(inbox / "二队")
    looking.look()  # where a folder was, a file is: that takes a second look
    assert looking.look() == intake.scan(inbox)
    assert [one.path.name for one in looking.look()] == ["九月.json", "二队"]
    (inbox / "二队").unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(inbox / "二队")
    assert looking.look() == intake.scan(inbox)


def test_a_folder_moved_in_with_its_forms_is_seen(inbox: Path, tmp_path: Path) -> None:
    looking = intake.Looking(inbox)
    looking.look()
    lay(tmp_path / "带来的" / "里面" / "表.docx")
    (tmp_path / "带来的").rename(inbox / "带来的")
    assert [one.path.name for one in looking.look()] == ["表.docx"]


def test_a_share_that_comes_back_is_looked_through_anew(inbox: Path) -> None:
    lay(inbox / "七月.docx")
    looking = intake.Looking(inbox)
    looking.look()
    inbox.rename(inbox.with_name("aside"))
    with pytest.raises(MachineError, match="收件夹"):
        looking.look()
    inbox.with_name("aside").rename(inbox)
    assert looking.look() == intake.scan(inbox)


def test_of_very_many_waiting_files_the_oldest_come_first_and_every_other_has_its_turn(inbox: Path) -> None:
    for number in range(100):
        lay(inbox / f"{number:03}.json", b"", age=1000 - number)
    looking = intake.Looking(inbox, most_asked=20)
    assert len(looking.look()) == 100  # all are new
    seen: set[str] = set()
    for _ in range(9):
        names = [one.path.name for one in looking.look()]
        assert names[:10] == [f"{number:03}.json" for number in range(10)]
        assert len(names) <= 20
        assert not looking.whole
        seen.update(names)
    assert len(seen) == 100


def test_what_is_no_form_is_asked_about_once(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        lay(inbox / f"~{number}.tmp")
    lay(inbox / "七月.docx")
    looking = intake.Looking(inbox)
    looking.look()
    asked: list[str] = []
    real = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path, **more: (asked.append(str(path)), real(path, **more))[1])
    looking.look()
    assert [Path(path).name for path in asked] == ["七月.docx"]


# ── settling ──


def test_a_file_that_grows_is_left_alone(inbox: Path) -> None:
    settling = Settling(2)
    for second in range(10):
        lay(inbox / "x.json", b"{" * (second + 1), age=100 - second)
        assert settling.ready(intake.scan(inbox), float(second)) == ()
    assert settling.ready(intake.scan(inbox), 10.9) == ()
    assert settling.ready(intake.scan(inbox), 11.0) == (only(inbox),)


def test_a_form_half_copied_is_left_alone(inbox: Path) -> None:
    data = a_zip()
    lay(inbox / "x.docx", data[:-30], age=100)
    half = only(inbox)
    assert not intake.settled(half, half)
    assert not intake.settled_at_once(half)
    settling = Settling(2, patience=60)
    assert settling.ready((half,), 0.0) == settling.ready((half,), 59.0) == ()
    lay(inbox / "x.docx", data, age=100)
    whole = only(inbox)
    assert settling.ready((whole,), 60.0) == ()  # it has moved: the waiting begins anew
    assert settling.ready((whole,), 62.0) == (whole,)


def test_a_damaged_form_goes_to_its_reader_after_long_stillness(inbox: Path) -> None:
    lay(inbox / "x.docx", b"no zip at all")
    settling = Settling(2, patience=60)
    settling.ready(intake.scan(inbox), 0.0)
    assert settling.ready(intake.scan(inbox), 61.0) == (only(inbox),)


def test_who_does_not_stay_takes_a_torn_form_that_was_written_long_ago(inbox: Path) -> None:
    data, wall = a_zip()[:-30], time.time()
    lay(inbox / "old.docx", data, age=61)
    lay(inbox / "new.docx", data, age=30)
    settling = Settling(2, patience=60)
    assert settling.ready(intake.scan(inbox), 0.0, wall) == ()  # it may be growing: once is no standing still
    assert [one.path.name for one in settling.ready(intake.scan(inbox), 2.0, wall)] == ["old.docx"]
    assert settling.ready(intake.scan(inbox), 2.0) == ()  # who stays can wait
    lay(inbox / "~$old.docx", b"x")
    assert settling.ready(intake.scan(inbox), 3.0, wall) == ()


def test_a_broken_json_that_stands_still_goes_to_its_reader(inbox: Path) -> None:
    lay(inbox / "x.json", b"{broken", age=100)
    found = only(inbox)
    assert intake.settled(found, found)
    assert not intake.settled_at_once(found)


def test_an_empty_file_is_not_yet_a_form(inbox: Path) -> None:
    lay(inbox / "x.json", b"", age=1000)
    settling = Settling(2, patience=5)
    settling.ready(intake.scan(inbox), 0.0)
    assert settling.ready(intake.scan(inbox), 1000.0) == ()


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("登记表.docx", "~$登记表.docx"),
        ("案件登记表新版本.docx", "~$登记表新版本.docx"),
        ("Registration.docx", "~$GISTRATION.DOCX"),
        ("案件登记表新版本.docx", ".~件登记表新版本.docx"),
        ("登记表.docx", ".~登记表.docx"),
        ("登记表.docx", ".~lock.登记表.docx#"),
    ],
)
def test_a_form_that_is_open_in_an_editor_waits(inbox: Path, name: str, lock: str) -> None:
    lay(inbox / name, a_zip(), age=100)
    lay(inbox / lock, b"x")
    settling = Settling(2, patience=5)
    settling.ready(intake.scan(inbox), 0.0)
    assert settling.ready(intake.scan(inbox), 100.0) == ()
    assert not intake.settled_at_once(only(inbox))
    (inbox / lock).unlink()
    assert settling.ready(intake.scan(inbox), 101.0) == (only(inbox),)


def test_another_forms_lock_holds_nothing_up(inbox: Path) -> None:
    lay(inbox / "登记表.docx", a_zip(), age=100)
    lay(inbox / "~$审批表.docx", b"x")
    assert intake.settled_at_once(only(inbox))


def test_one_look_is_enough_for_what_proves_itself_and_for_nothing_less(inbox: Path) -> None:
    """Some programs claim the whole size first and fill it in any order: then the directory may be there too early."""
    lay(inbox / "x.docx", a_zip(), age=0)
    assert intake.settled_at_once(only(inbox))
    data = a_zip()
    holed = bytearray(data)
    holed[35:45] = bytes(10)
    lay(inbox / "x.docx", bytes(holed), age=10)
    assert not intake.settled_at_once(only(inbox))
    for cut in range(1, len(data)):
        lay(inbox / "x.docx", data[:cut], age=10)
        assert not intake.settled_at_once(only(inbox)), cut
    text = json.dumps({"form": "案件登记表", "a": [1, {"b": "}"}]}, ensure_ascii=False).encode()
    (inbox / "x.docx").unlink()
    for cut in range(1, len(text)):
        lay(inbox / "x.json", text[:cut], age=10)
        assert not intake.settled_at_once(only(inbox)), cut
    lay(inbox / "x.json", text, age=0)
    assert intake.settled_at_once(only(inbox))


def test_a_form_that_changes_while_it_is_proven_is_not_proven(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lay(inbox / "x.docx", a_zip())
    before = only(inbox)
    lay(path, a_zip(), age=77)
    assert not intake.settled_at_once(before)


def test_a_bomb_is_not_unpacked_to_prove_it(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    lay(inbox / "x.docx", data.getvalue())
    monkeypatch.setattr(zipfile.ZipFile, "testzip", None)
    assert not intake.settled_at_once(only(inbox))


def test_a_file_is_proven_once_for_each_of_its_states(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr("paperwork.intake.settling.proves_itself", lambda path: bool(asked.append(path)))
    settling = Settling(2)
    lay(inbox / "x.docx", b"torn", age=50)
    for _ in range(3):
        assert not settling.at_once(only(inbox))
    lay(inbox / "x.docx", b"torn, longer", age=40)
    assert not settling.at_once(only(inbox))
    assert len(asked) == 2


def test_one_look_is_enough_whatever_the_case_of_the_ending(inbox: Path) -> None:
    lay(inbox / "X.DOCX", a_zip())
    assert intake.settled_at_once(only(inbox))


def test_a_file_that_was_replaced_under_its_name_is_another_file(inbox: Path) -> None:
    """On a share inode numbers come and go: path, size and time are what a file is known by."""
    lay(inbox / "x.pdf", b"%PDF one", age=50)
    settling = Settling(2)
    assert settling.ready(intake.scan(inbox), 0.0) == ()
    lay(inbox / "y.pdf", b"%PDF two", age=40).replace(inbox / "x.pdf")
    assert settling.ready(intake.scan(inbox), 2.0) == ()
    assert settling.ready(intake.scan(inbox), 4.0) == (only(inbox),)


def test_the_same_name_may_come_again(inbox: Path) -> None:
    lay(inbox / "x.json", age=50)
    found = only(inbox)
    settling = Settling(2)
    settling.ready((found,), 0.0)
    assert settling.ready((found,), 5.0) == (found,)
    settling.forget(())
    assert settling.ready((found,), 7.0) == ()


@given(st.lists(st.integers(1, 4), min_size=1, max_size=30))
def test_whatever_the_writer_does_only_stillness_counts(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    path, settling, still, before = tmp_path_factory.getbasetemp() / "x.json", Settling(3), 0, None
    for second, size in enumerate(sizes):
        still = still + 1 if size == before else 0
        before = size
        ready = settling.ready((Found(path, "inbox", size, 0),), float(second))
        assert bool(ready) == (still >= 3)


# ── claiming ──


def test_a_claim_moves_the_file_and_keeps_a_copy(inbox: Path, stage: Path) -> None:
    lay(inbox / "七月" / "登记表.docx", b"data")
    drop = claimed(inbox, stage)
    assert drop.id.startswith("20260716T172000-")
    assert (drop.name, drop.place, drop.received_at) == ("登记表.docx", "inbox", NOW)
    assert drop.sha256 == hashlib.sha256(b"data").hexdigest()
    assert (stage.parent / drop.staged).read_bytes() == b"data"
    assert names(inbox) == {f".taken/{drop.id}/登记表.docx"}
    assert intake.scan(inbox) == ()


def test_the_id_tells_shanghai_time_wherever_the_machine_stands(inbox: Path, stage: Path) -> None:
    lay(inbox / "x.json")
    drop = claimed(inbox, stage, dt.datetime(2026, 12, 31, 16, 0, 1, 999, tzinfo=dt.timezone.utc))  # noqa: UP017
    assert drop.id.startswith("20270101T000001-")
    assert drop.received_at == dt.datetime(2027, 1, 1, 0, 0, 1, tzinfo=SHANGHAI)


def test_the_place_of_an_approval_survives_the_claim(inbox: Path, stage: Path) -> None:
    lay(inbox / "审批" / "审批表.docx")
    drop = claimed(inbox, stage)
    assert drop.place == "approvals"
    (there,) = intake.taken(inbox)
    assert (there.id, there.place) == (drop.id, "approvals")
    assert intake.recover(there, stage) == drop


def test_of_many_claimers_one_wins(inbox: Path, stage: Path) -> None:
    lay(inbox / "x.json", b"data")
    found = only(inbox)
    with ThreadPoolExecutor(8) as pool:
        drops = list(pool.map(lambda _: intake.claim(found, inbox, stage, NOW), range(16)))
    assert len([drop for drop in drops if drop]) == 1
    assert len(intake.taken(inbox)) == 1
    assert len(list((inbox / ".taken").iterdir())) == 1


def test_a_burst_of_one_name_loses_nothing(inbox: Path, stage: Path) -> None:
    for n in range(50):
        lay(inbox / f"{n}" / "登记表.docx", str(n).encode())
    drops = [intake.claim(found, inbox, stage, NOW) for found in intake.scan(inbox)]
    assert {(stage.parent / drop.staged).read_bytes() for drop in drops if drop} == {str(n).encode() for n in range(50)}


@pytest.mark.parametrize("error", [PermissionError(13, "in use"), OSError(16, "busy")])
def test_a_form_that_its_writer_holds_open_waits(
    inbox: Path, stage: Path, error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows and many shares refuse it."""
    lay(inbox / "x.json")
    found = only(inbox)

    def held(_self: Path, _target: Path) -> None:
        raise error

    with monkeypatch.context() as holding:
        holding.setattr(Path, "rename", held)
        assert intake.claim(found, inbox, stage, NOW) is None
    assert names(inbox) >= {"x.json"}
    assert intake.claim(found, inbox, stage, NOW) is not None


def test_a_file_that_is_gone_is_nobodys(inbox: Path, stage: Path) -> None:
    path = lay(inbox / "x.json")
    found = only(inbox)
    path.unlink()
    assert intake.claim(found, inbox, stage, NOW) is None
    assert list((inbox / ".taken").iterdir()) == []


def test_a_file_written_on_after_the_look_goes_back_to_its_place(inbox: Path, stage: Path) -> None:
    lay(inbox / "x.json", b"half", age=5)
    found = only(inbox)
    lay(inbox / "x.json", b"half and half")
    assert intake.claim(found, inbox, stage, NOW) is None
    assert names(inbox) == {"x.json"}
    assert (inbox / "x.json").read_bytes() == b"half and half"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_file_swapped_for_a_link_is_not_read(inbox: Path, stage: Path, tmp_path: Path) -> None:
    path = lay(inbox / "x.json")
    found = only(inbox)
    path.unlink()
    path.symlink_to(lay(tmp_path / "secret.json", b"secret"))
    assert intake.claim(found, inbox, stage, NOW) is None
    assert not stage.exists()
    assert path.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
def test_a_name_that_is_no_text_is_taken_all_the_same(inbox: Path, stage: Path) -> None:
    lay(inbox / os.fsdecode(b"\xb5\xc7.json"), b"data")
    drop = claimed(inbox, stage)
    drop.name.encode()
    drop.staged.encode()
    assert (stage.parent / drop.staged).read_bytes() == b"data"


@pytest.mark.fault
@pytest.mark.parametrize("fault", ["claim", "stage"])
@pytest.mark.parametrize("folder", ["", "审批"])
def test_killed_between_claim_and_receipt_the_same_drop_is_recovered(
    inbox: Path, stage: Path, fault: str, folder: str
) -> None:
    lay(inbox / folder / "登记表.docx", b"data")
    script = (
        "import sys, datetime as dt; from pathlib import Path; from paperwork import intake\n"
        "inbox, stage = map(Path, sys.argv[1:])\n"
        "now = dt.datetime(2026, 7, 16, 9, 20, tzinfo=dt.timezone.utc)\n"
        "intake.claim(intake.scan(inbox)[0], inbox, stage, now)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(intake.__file__).parents[2]), "PAPERWORK_FAULT": fault}
    killed = subprocess.run([sys.executable, "-c", script, str(inbox), str(stage)], env=env, check=False)
    assert killed.returncode != 0
    assert intake.scan(inbox) == ()
    (there,) = intake.taken(inbox)
    drop = intake.recover(there, stage)
    assert intake.recover(there, stage) == drop
    assert (drop.name, drop.received_at, drop.id) == ("登记表.docx", NOW, there.id)
    assert drop.place == ("approvals" if folder else "inbox")
    assert (stage.parent / drop.staged).read_bytes() == b"data"
    assert len(names(stage)) == 1


def test_an_empty_claim_of_a_killed_process_is_swept(inbox: Path) -> None:
    (inbox / ".taken" / "20260716T172000-8f3a0000").mkdir(parents=True)
    assert intake.taken(inbox) == ()
    assert list((inbox / ".taken").iterdir()) == []


def test_nothing_taken_where_nothing_was_ever_taken(inbox: Path) -> None:
    assert intake.taken(inbox) == ()


def test_a_form_from_the_command_line_is_copied(stage: Path, inbox: Path) -> None:
    drop = intake.admit(stage.parent, "登记表.docx", b"data", NOW, "zhao")
    assert (drop.place, drop.by, drop.name) == ("cli", "zhao", "登记表.docx")
    assert (stage.parent / drop.staged).read_bytes() == b"data"
    assert intake.give_back(inbox, drop, b"data", "note") == ()
    intake.clear(inbox, stage.parent, drop)
    assert names(stage) == set()


# ── giving back ──


def test_a_form_goes_back_with_its_note_beside_it_once(inbox: Path) -> None:
    drop = a_drop(name="登记表.docx")
    for _ in range(2):
        assert intake.give_back(inbox, drop, b"marked", "请补填\n当事人名称")[0] == inbox / "退回" / "登记表.docx"
    assert names(inbox) == {"退回/登记表.docx", "退回/登记表.docx.说明.txt"}
    note = (inbox / "退回" / "登记表.docx.说明.txt").read_bytes()
    assert note.decode("utf-8-sig") == "请补填\r\n当事人名称"
    assert note.startswith(b"\xef\xbb\xbf")


def test_a_second_form_of_one_name_does_not_overwrite_the_first(inbox: Path) -> None:
    intake.give_back(inbox, a_drop(name="登记表.docx"), b"first", "1")
    intake.give_back(inbox, a_drop(name="登记表.docx"), b"second", "2")
    assert names(inbox / "退回") == {
        *("登记表.docx", "登记表.docx.说明.txt"),
        *("登记表（2）.docx", "登记表（2）.docx.说明.txt"),
    }


def test_a_duplicate_is_kept_beside_the_slips(inbox: Path) -> None:
    intake.give_back(inbox, a_drop(name="登记表.docx"), b"again", "已登记", intake.RECEIPTS)
    assert names(inbox) == {"回执/登记表.docx", "回执/登记表.docx.说明.txt"}


def test_the_longest_name_goes_back_too(inbox: Path) -> None:
    drop = a_drop(name="名" * 79 + ".docx")
    for data in (b"1", b"2"):
        intake.give_back(inbox, drop, data, data.decode())
        intake.reply(inbox, drop, "x")
    assert len(names(inbox / "退回")) == 4


def test_one_slip_per_drop(inbox: Path) -> None:
    drop = a_drop(name="登记表.docx")
    for text in ("first", "told anew"):
        intake.reply(inbox, drop, text)
    intake.reply(inbox, a_drop(name="登记表.docx"), "other")
    slips = sorted((inbox / "回执").iterdir())
    assert len(slips) == 2
    assert slips[0].read_text("utf-8-sig") == "first"


def test_clearing_leaves_neither_claim_nor_copy_and_may_be_repeated(inbox: Path, stage: Path) -> None:
    lay(inbox / "审批" / "x.json", age=2)
    lay(inbox / "y.json")
    for found in intake.scan(inbox):
        drop = intake.claim(found, inbox, stage, NOW)
        assert drop is not None
        for _ in range(2):
            intake.clear(inbox, stage.parent, drop)
    assert (names(inbox), names(stage), intake.taken(inbox)) == (set(), set(), ())


# ── hints ──


def test_a_hint_comes_for_a_new_form_and_none_for_our_own_doing(inbox: Path) -> None:
    hinted = threading.Event()
    (inbox / ".taken").mkdir()
    hints = intake.Hints(inbox, hinted.set, silent)
    hints.tend()
    try:
        lay(inbox / "退回" / "x.docx")
        (inbox / "退回" / "x.docx").rename(inbox / ".taken" / "x.docx")
        assert not hinted.wait(0.3)
        lay(inbox / "七月.docx")
        assert hinted.wait(10)
    finally:
        hints.stop()


def test_a_hint_comes_for_a_form_that_is_moved_in(inbox: Path, tmp_path: Path) -> None:
    """A rename from the same disk is created and never closed; and no hint waits for the other half of a move."""
    hinted = threading.Event()
    hints = intake.Hints(inbox, hinted.set, silent)
    hints.tend()
    try:
        for number in range(3):
            hinted.clear()
            lay(tmp_path / "别处.docx").rename(inbox / f"{number}.docx")
            assert hinted.wait(10)
            (inbox / f"{number}.docx").rename(tmp_path / "走了.docx")  # as a claim does
    finally:
        hints.stop()


def test_a_hint_comes_from_a_clerks_folder_and_its_end_is_not_the_end_of_watching(inbox: Path) -> None:
    told: list[str] = []
    hinted = threading.Event()
    folder = inbox / "二中队"
    folder.mkdir()
    hints = intake.Hints(inbox, hinted.set, lambda step, _why: told.append(step))
    try:
        hints.tend(0, [folder])
        lay(folder / "七月.docx")
        assert hinted.wait(10)
        shutil.rmtree(folder)
        hints.tend(1, [folder])
        hints.tend(2, [])
        hinted.clear()
        lay(inbox / "八月.docx")
        assert hinted.wait(10)
        folder.mkdir()
        hints.tend(3, [folder])
        hinted.clear()
        lay(folder / "九月.docx")
        assert hinted.wait(10)
    finally:
        hints.stop()
    assert told == ["hints_on"]


def test_a_hint_that_goes_wrong_does_not_end_the_watching(inbox: Path) -> None:
    given: list[int] = []
    again = threading.Event()

    def on_hint() -> None:
        given.append(1)
        if len(given) > 3:
            again.set()
        raise RuntimeError("a bug elsewhere")

    hints = intake.Hints(inbox, on_hint, silent)
    hints.tend()
    try:
        for n in range(4):
            lay(inbox / f"{n}.docx")
        assert again.wait(10)
        assert hints.alive
    finally:
        hints.stop()


def test_a_watch_that_died_is_begun_again_and_said_so(inbox: Path) -> None:
    told: list[str] = []
    hinted = threading.Event()
    hints = intake.Hints(inbox, hinted.set, lambda step, _why: told.append(step))
    hints.tend(0)
    try:
        hints._observer.stop()  # type: ignore[union-attr]
        hints._observer.join(10)  # type: ignore[union-attr]
        assert not hints.alive
        hints.tend(100)
        assert hints.alive
        lay(inbox / "七月.docx")
        assert hinted.wait(10)
    finally:
        hints.stop()
    assert told == ["hints_on", "hints_died", "hints_on"]


def test_an_inbox_that_vanished_and_came_back_is_watched_again(inbox: Path) -> None:
    """watchdog goes on living with its eyes on the folder that is gone."""
    told: list[str] = []
    hinted = threading.Event()
    hints = intake.Hints(inbox, hinted.set, lambda step, _why: told.append(step))
    hints.tend(0)
    try:
        inbox.rename(inbox.with_name("aside"))
        hints.tend(10)
        assert not hints.alive
        inbox.mkdir()
        hints.tend(100)
        assert hints.alive
        hinted.clear()
        lay(inbox / "七月.docx")
        assert hinted.wait(10)
    finally:
        hints.stop()


@pytest.mark.parametrize("refusal", [OSError(28, "inotify watch limit reached"), OSError(24, "instance limit"), RuntimeError("x")])
def test_where_no_watch_is_to_be_had_the_scan_still_sees(
    inbox: Path, refusal: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []

    def start(_self: object) -> None:
        raise refusal

    with monkeypatch.context() as limited:
        limited.setattr("watchdog.observers.api.BaseObserver.start", start)
        hints = intake.Hints(inbox, lambda: None, lambda *words: told.append(words))
        for now in (0, 1, 2):
            hints.tend(now)
    assert not hints.alive
    assert [step for step, _ in told] == ["hints_refused"]  # said once, not in every round
    lay(inbox / "七月.docx")
    assert [one.path.name for one in intake.scan(inbox)] == ["七月.docx"]
    hints.tend(100)  # the limit was raised meanwhile
    try:
        assert hints.alive
    finally:
        hints.stop()


def silent(_step: str, _why: str) -> None:
    """Nobody listens."""
