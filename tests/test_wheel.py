"""What is installed is whole: a wheel, alone in an environment of its own, makes an office and takes a form."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from paperwork.demo import sample

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = "paperwork/_templates/"  # where the wheel keeps them


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel's files, and an empty home."""

    wheel: Path
    scripts: Path
    home: Path

    def __call__(self, *arguments: str) -> str:
        """What the installed command says; it must succeed. Nothing of this environment reaches it but the libraries."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        env = {**kept, "HOME": str(self.home), "PATH": str(self.scripts), "PAPERWORK_TODAY": "2026-07-23"}
        done = subprocess.run(
            [str(self.scripts / "paperwork"), *arguments], cwd=self.home, env=env, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built once from the sources, installed beside the libraries that are here: no network is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(["-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    (wheel,) = folder.glob("*.whl")
    where = folder / "environment"
    venv.create(where, with_pip=False)
    names = {"base": str(where), "platbase": str(where)}
    site = Path(sysconfig.get_path("purelib", "venv", names))
    site.mkdir(parents=True, exist_ok=True)
    # a folder named in a .pth is only searched, its own .pth files (the sources of this checkout) are not read
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    scripts = Path(sysconfig.get_path("scripts", "venv", names))
    python = next(scripts.glob("python*"))
    _run(["-m", "pip", "-qq", "--python", str(python), "install", "--no-index", "--no-deps", str(wheel)], folder)
    home = folder / "home"
    home.mkdir()
    return Installed(wheel, scripts, home)


def _run(arguments: Sequence[str], folder: Path) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wheel_alone_makes_an_office_and_takes_a_form(installed: Installed) -> None:
    installed("init", "office")
    assert "不行" not in installed("--office", "office", "doctor")
    form = installed.home / "office" / "inbox" / "案件登记表.json"
    form.write_text(json.dumps(sample("s01_intake")), "utf-8")
    (told,) = json.loads(installed("--office", "office", "watch", "--once", "--json"))
    assert (told["outcome"], told["id"]) == ("filed", "2026-LA-0001")
    assert any(document["code"] == "D-13" for document in told["documents"])
    installed("--office", "office", "forms", "案件登记表", "--format", "xlsx", "-o", "blanks")
    for examples in (installed.home / "office" / "templates" / "documents").glob("*/examples"):
        if examples.parent.name != "no_penalty_decision":  # test_examples plays them all; one shows that it can be done
            shutil.rmtree(examples)
    assert "没有发现问题" in installed("--office", "office", "check")
    assert "paperwork 0" in installed("--version")


def test_the_wheel_holds_every_file_of_the_program_and_every_template(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        packed = set(archive.namelist())
    asked = ["git", "ls-files", "-z", "--", "src/paperwork", "templates"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split("\0")
    wanted = {_packed_as(name) for name in listed if name}
    assert wanted <= packed, wanted - packed
    assert {"paperwork/py.typed", TEMPLATES + "bureau.toml"} <= packed
    assert not {name for name in packed if "test" in Path(name).parts or name.endswith(".pyc")}


def _packed_as(name: str) -> str:
    return name.removeprefix("src/") if name.startswith("src/") else TEMPLATES + name.removeprefix("templates/")
