"""What documents are made from is kept, once, and never served damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperwork.errors import MachineError
from paperwork.objects import Objects


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
