"""What documents are made from is kept, once, and never served damaged."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from paperwork.errors import MachineError
from paperwork.objects import Objects, Stored, open_at


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    return Objects(tmp_path / "objects")


def test_what_is_put_is_got_under_its_hash(objects: Objects) -> None:
    sha256 = objects.put("模板".encode())
    assert sha256 == hashlib.sha256("模板".encode()).hexdigest()
    assert objects.get(sha256) == "模板".encode()
    assert (objects.folder / sha256[:2] / sha256[2:]).is_file()


@given(parts=st.lists(st.binary(max_size=20)))
def test_twice_is_once(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    objects = Objects(tmp_path_factory.mktemp("o"))
    assert [objects.get(objects.put(part)) for part in parts * 2] == parts * 2
    assert len([p for p in objects.folder.rglob("*") if p.is_file()]) == len(set(parts))


def test_a_damaged_object_is_refused_and_mended_by_putting_it_again(objects: Objects) -> None:
    sha256 = objects.put(b"whole")
    objects.path(sha256).write_bytes(b"torn")
    with pytest.raises(MachineError, match="损坏"):
        objects.get(sha256)
    objects.put(b"whole")
    assert objects.get(sha256) == b"whole"


def test_a_missing_object_is_said_to_be_missing(objects: Objects) -> None:
    with pytest.raises(MachineError, match="缺失"):
        objects.get("0" * 64)
    assert not objects.has("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ab", "A" * 64])
def test_only_a_hash_is_a_name(objects: Objects, name: str) -> None:
    with pytest.raises(ValueError):
        objects.path(name)


# ── in a store that all machines reach ──


@pytest.fixture(params=["local", "memory", "forgetful"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Stored:
    """On fsspec's local and memory implementations; and on a store that does not offer create-if-absent."""
    local = request.param == "local"
    system = fsspec.filesystem("file" if local else "memory", skip_instance_cache=True)
    if request.param == "forgetful":
        system = Forgetful()
    return Stored(tmp_path / "before", system, str(tmp_path / "store") if local else f"/{tmp_path.name}")


class Forgetful(MemoryFileSystem):
    cachable = False

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **told: object) -> None:
        if mode == "create":
            raise NotImplementedError
        super().pipe_file(path, value, mode=mode, **told)


def another(store: Stored) -> Stored:
    """The same store, seen by a machine that has not seen anything of it yet."""
    return Stored(store.folder, store._system, store._base)


def test_a_store_keeps_what_another_machine_put(store: Stored) -> None:
    parts = ["模板".encode(), b"", b"x" * (2 << 20)]
    hashes = [store.put(part) for part in parts * 2]
    assert [another(store).get(sha256) for sha256 in hashes] == parts * 2
    assert another(store).has(hashes[0]) and not another(store).has("0" * 64)
    assert [another(store).put(part) for part in parts] == hashes[:3]
    assert set(store.beyond()) == set(hashes)


def test_a_damaged_object_of_a_store_is_refused_and_mended(store: Stored) -> None:
    sha256 = store.put(b"whole")
    store._system.pipe_file(store._name(sha256), b"torn")
    with pytest.raises(MachineError, match="损坏"):
        another(store).get(sha256)
    another(store).put(b"whole")
    assert another(store).get(sha256) == b"whole"


def test_what_was_kept_before_there_was_a_store_is_found(store: Stored) -> None:
    sha256 = Objects(store.folder).put(b"earlier")
    assert store.has(sha256) and store.get(sha256) == b"earlier"


def test_a_store_that_is_away_is_the_administrators_to_mend(store: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionError("no route")

    for name in ("pipe_file", "cat_file", "exists"):
        monkeypatch.setattr(store._system, name, away)
    for ask in (lambda: store.put(b"x"), lambda: store.get("0" * 64), lambda: store.has("0" * 64)):
        with pytest.raises(MachineError, match="存储不可用"):
            ask()


def test_an_address_without_its_driver_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="nowhere") as refused:
        open_at(tmp_path, "nowhere://bucket")
    assert "s3fs" in refused.value.advice
    assert open_at(tmp_path, "").folder == tmp_path
    assert open_at(tmp_path, str(tmp_path / "share")).folder == tmp_path / "share"


@pytest.mark.skipif("PAPERWORK_TEST_STORE" not in os.environ, reason="needs an object store: its address in PAPERWORK_TEST_STORE, e.g. s3://bucket/test (docs/decisions/0073 says how)")
def test_a_real_store_keeps_the_same_promises(tmp_path: Path) -> None:
    real = open_at(tmp_path, os.environ["PAPERWORK_TEST_STORE"])
    assert isinstance(real, Stored)
    test_a_store_keeps_what_another_machine_put(real)
    test_a_damaged_object_of_a_store_is_refused_and_mended(real)
