"""A file is put in its place once: never over another, never half, never outside."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperwork import durable, filing
from paperwork.errors import Bug


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(params=["links", "no links"])
def share(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk, and a share that offers no hard links."""
    if request.param == "no links":

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", refuse)
    return tmp_path


def test_a_replay_finds_its_file_and_does_nothing(share: Path) -> None:
    target = share / "01_决定书.docx"
    assert filing.put(target, b"a") == target
    before = target.stat().st_mtime_ns
    assert filing.put(target, b"a") == target
    assert target.stat().st_mtime_ns == before
    assert files(share) == {"01_决定书.docx": b"a"}


def test_a_file_changed_by_hand_is_never_overwritten(share: Path) -> None:
    target = share / "01_决定书.docx"
    target.write_bytes(b"by hand")
    second = filing.put(target, b"a")
    assert second.name == "01_决定书（2）.docx"
    assert filing.put(target, b"a") == second
    assert filing.put(target, b"b").name == "01_决定书（3）.docx"
    assert files(share) == {"01_决定书.docx": b"by hand", "01_决定书（2）.docx": b"a", "01_决定书（3）.docx": b"b"}


def test_many_writers_of_one_name_lose_nothing(share: Path) -> None:
    texts = [str(n % 10).encode() * 5000 for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        placed = list(pool.map(lambda text: filing.put(share / "x.docx", text), texts))
    there = files(share)
    assert set(there.values()) >= set(texts)
    assert [path.read_bytes() for path in placed] == texts
    assert not [name for name in there if durable.TEMPORARY in name]


def test_a_full_disk_leaves_nothing_half_written(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        filing.put(share / "x.docx", b"a")
    with pytest.raises(OSError, match="disk full"):
        filing.place(share / "案卷", {"x.docx": b"a"})
    assert list(share.iterdir()) == []


def test_a_disk_that_fills_while_the_name_is_already_there_leaves_no_torn_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    def full_the_second_time(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "fsync", full_the_second_time)
    with pytest.raises(OSError, match="disk full"):
        filing.put(tmp_path / "x.docx", b"a")
    assert list(tmp_path.iterdir()) == []


def test_clerks_may_read_what_appears(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    placed = filing.place(tmp_path / "案卷", {"x.docx": b"a"})["x.docx"]
    assert os.name == "nt" or (placed.stat().st_mode & 0o777, placed.parent.stat().st_mode & 0o777) == (0o644, 0o755)


@pytest.mark.skipif(os.name == "nt", reason="on Windows folders hand their rights down by themselves")
@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o750, 0o640), (0o2770, 0o660)])
def test_a_file_takes_group_and_rights_of_its_folder(folder: int, file: int, tmp_path: Path) -> None:
    if os.getuid() == 0:
        os.chown(tmp_path, -1, 12345)
    tmp_path.chmod(folder)
    placed = filing.place(tmp_path / "案卷", {"送审稿/x.docx": b"a"})["送审稿/x.docx"]
    filing.put(tmp_path / "案卷" / "y.docx", b"b")
    filing.replace(tmp_path / "案卷" / "z.json", b"c")
    for path in (placed, tmp_path / "案卷" / "y.docx", tmp_path / "案卷" / "z.json"):
        assert path.stat().st_mode & 0o7777 == file
        assert path.stat().st_gid == tmp_path.stat().st_gid
    assert placed.parent.stat().st_mode & 0o7777 == folder
    assert placed.parent.stat().st_gid == tmp_path.stat().st_gid


@pytest.mark.skipif(os.name == "nt", reason="on Windows folders hand their rights down by themselves")
def test_nothing_becomes_writable_by_all_because_its_folder_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    assert filing.put(tmp_path / "x.docx", b"a").stat().st_mode & 0o022 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folders")
def test_what_is_filed_is_flushed_with_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: set[tuple[int, int]] = set()
    real = os.fsync

    def fsync(handle: int) -> None:
        flushed.add((os.fstat(handle).st_dev, os.fstat(handle).st_ino))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "2026" / "案卷"
    first = filing.place(folder, {"a.docx": b"1", "原件/b.docx": b"2"})
    second = filing.place(folder, {"c.docx": b"3", "送审稿/d.docx": b"4"})
    filing.replace_all({folder / "卷内目录.docx": b"5", folder / "manifest.json": b"6"})
    written = [*first.values(), *second.values(), folder / "卷内目录.docx", folder / "manifest.json"]
    folders = [tmp_path, folder.parent, folder, folder / "原件", folder / "送审稿"]
    assert [path for path in (*written, *folders) if (path.stat().st_dev, path.stat().st_ino) not in flushed] == []


def test_the_folder_of_a_new_matter_appears_whole(tmp_path: Path) -> None:
    content = {"01_D-13_决定书.docx": b"1", "原件/登记表.docx": b"2", "送审稿/草稿.docx": b"3", "manifest.json": b"4"}
    placed = filing.place(tmp_path / "2026" / "案卷", content)
    assert files(tmp_path) == {f"2026/案卷/{name}": data for name, data in content.items()}
    assert {name: path.read_bytes() for name, path in placed.items()} == content
    assert filing.place(tmp_path / "2026" / "案卷", content) == placed


def test_killed_before_the_rename_nothing_is_seen_and_a_second_run_places_it(tmp_path: Path) -> None:
    script = "import sys, pathlib; from paperwork import filing; filing.place(pathlib.Path(sys.argv[1]), {'a': b'1'})"
    folder = tmp_path / "案卷"
    env = {**os.environ, "PYTHONPATH": str(Path(filing.__file__).parents[1]), "PAPERWORK_FAULT": "place"}
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], env=env, check=False)
    assert killed.returncode != 0
    assert [path for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
    filing.place(folder, {"a": b"1"})
    assert files(folder) == {"a": b"1"}


def test_two_processes_that_open_one_folder_both_find_their_files(tmp_path: Path) -> None:
    def one(n: int) -> None:
        filing.place(tmp_path / "案卷", {"common": b"x", f"own{n}": str(n).encode()})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert files(tmp_path / "案卷") == {"common": b"x"} | {f"own{n}": str(n).encode() for n in range(8)}
    assert [path.name for path in tmp_path.iterdir()] == ["案卷"]


def test_a_living_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    for data in (b"1", b"2"):
        filing.replace(tmp_path / "案卷" / "manifest.json", data)
    assert files(tmp_path) == {"案卷/manifest.json": b"2"}


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", "..\\x", "C:/x", "a/../../../x"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "案卷"
    with pytest.raises(Bug):
        filing.place(folder, {name: b"x"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "案卷").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "案卷" / "原件").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Bug):
        filing.place(tmp_path / "案卷", {"原件/x": b"x"})
    assert files(tmp_path / "elsewhere") == {}


@example("0\r\x1b\r0")
@given(st.text() | st.text("._ ~$:/\\CONPRNnul12\u202e\u200b（）王某某.docx", max_size=300))
def test_every_text_makes_a_safe_name(text: str) -> None:
    name = filing.safe_name(text)
    assert name
    assert len(name) <= 80
    assert len(name.encode()) <= 240
    assert not set(name) & set('<>:"/\\|?*\x00\n\u202e')
    assert name == name.strip(" .")
    assert name.split(".")[0].strip().lower() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert filing.safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("朔区文旅立字〔2026〕1号_王某某", "朔区文旅立字〔2026〕1号_王某某"),
        ("A/B:公司*", "A_B_公司_"),
        ("CON.docx", "_CON.docx"),
        ("..", "未命名"),
        ("\u202excod.exe", "xcod.exe"),
        ("名" * 100 + ".docx", "名" * 75 + ".docx"),
        ("一份\n表 格.docx ", "一份 表 格.docx"),
    ],
)
def test_safe_names_stay_readable(text: str, name: str) -> None:
    assert filing.safe_name(text) == name
