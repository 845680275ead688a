"""A new office: the templates of the project, copied for a bureau to make its own, and the empty boxes beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from paperwork.errors import MachineError, UsageError

_BOXES = ("inbox/审批", "inbox/退回", "inbox/回执", "outbox")
# What Word and LibreOffice leave beside an open file, and what systems and editors leave anywhere.
_LITTER = shutil.ignore_patterns("~$*", ".~lock*", ".DS_Store", "Thumbs.db", "__pycache__", "*.swp", "*.tmp")


def shipped_templates() -> Path:
    """The templates that come with the program: of the checkout it runs from, else of the installed package."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1] / "templates"
    if package.parent.name == "src" and (checkout / "bureau.toml").is_file():
        return checkout
    return package / "_templates"


def copy_templates(target: Path) -> None:
    """Make `target` an office: templates/, inbox/ with 审批, 退回 and 回执, outbox/.

    Other files in `target` are left alone. UsageError when it is an office already, or no folder; MachineError when
    the disk refuses. templates/ appears whole, by one rename: after a break-off the command may simply be repeated.
    """
    templates = target / "templates"
    if templates.exists():
        raise UsageError(f"「{target}」已经是办公目录，不能覆盖", advice="换一个空的目录，或者直接使用它")
    if target.exists() and not target.is_dir():
        raise UsageError(f"「{target}」不是目录", advice="换一个目录")
    source = shipped_templates()
    if not source.is_dir():
        raise MachineError("程序自带的模板不见了", advice="请重新安装 paperwork")
    half = target / ".templates.half"
    try:
        target.mkdir(parents=True, exist_ok=True)
        if half.exists():
            shutil.rmtree(half)
        shutil.copytree(source, half, ignore=_LITTER)
        for box in _BOXES:
            (target / box).mkdir(parents=True, exist_ok=True)
        half.rename(templates)
    except OSError as error:
        what = f"无法在「{target}」建立办公目录：{error.strerror or error}"
        raise MachineError(what, advice="请检查目录的写入权限和磁盘空间") from error
