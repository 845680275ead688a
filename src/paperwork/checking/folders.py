"""What lies in the kinds' folders and is not used."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from paperwork.model import Catalogue, Problem

_IN_A_FOLDER = ("kind.toml", "template.docx", "examples")
_LITTER = ("~$", ".")


def folder_problems(known: Catalogue) -> Iterator[Problem]:
    """What lies in the kinds' folders and is not used: a folder in the making, a file with a mistyped name."""
    shelf = known.root / "templates" / "documents"
    for folder in sorted(path for path in shelf.glob("*/") if not path.name.startswith((".", "_"))):
        where = folder.relative_to(known.root).as_posix()
        if folder.name not in known.kinds:
            what = "文件夹里还没有 kind.toml，这种文书不会制作"
            yield Problem("W-KIND-NONE", where, what, "写好 kind.toml；还在准备的，文件夹名以下划线开头就不再提示")
        for path in sorted(folder.iterdir()):
            if path.name not in _IN_A_FOLDER and not path.name.startswith(_LITTER):
                near = difflib.get_close_matches(path.name, _IN_A_FOLDER, 1, 0.6)
                advice = f"是不是「{near[0]}」？" if near else f"这里只用 {'、'.join(_IN_A_FOLDER)}"
                yield Problem("W-FILE-UNKNOWN", f"{where}/{path.name}", "这个文件没有用到", advice)
