"""Folders and rights: what is there, who owns it, who may write it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from paperwork import access, durable
from paperwork.doctor.sight import Sight
from paperwork.model import ANYBODY, Catalogue, Problem

_WORDS = {
    "templates": "设置、规则和模板",
    "inbox": "收件夹",
    "outbox": "发件夹",
    ".paperwork": "账册、暂存和日志",
}
_NETWORK = ("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "sshfs", "davfs", "glusterfs")


def folders(sight: Sight) -> Iterator[Problem]:
    """Each folder is there, is a folder, can be read and, but for templates/, written; none lies in another."""
    for name, word in _WORDS.items():
        path = sight.private if name == ".paperwork" else sight.root / name
        if name == ".paperwork" and not os.path.lexists(path):
            yield from _usable(path.parent, "办公文件夹", writes=True)  # it is made there at the first start
            continue
        if not path.is_dir():
            what = "不是文件夹" if os.path.lexists(path) else "不存在"
            yield Problem("E-PATH", str(path), f"{word}的文件夹{what}", "请新建这个文件夹，或者恢复网络共享的连接")
            continue
        yield from _usable(path, word, writes=name != "templates")
    known = sight.loaded
    if isinstance(known, Catalogue) and known.settings.cluster.metrics:
        yield from _usable(Path(known.settings.cluster.metrics).absolute().parent, "监控数字的文件夹", writes=True)
    yield from overlaps(sight)
    yield from network(sight)


def _usable(path: Path, word: str, *, writes: bool) -> Iterator[Problem]:
    try:
        os.scandir(path).close()
    except OSError as error:
        yield _denied(path, word, "读不出", error)
        return
    if not writes:
        return
    trial = durable.temporary_beside(path / "x")
    try:
        trial.write_bytes(b"x")
        trial.unlink()
    except OSError as error:
        yield _denied(path, word, "写不进", error)


def _denied(path: Path, word: str, verb: str, error: OSError) -> Problem:
    advice = "请让运行本程序的用户可以读写它" if os.name == "nt" else f"请让用户「{_user(os.geteuid())}」可以读写它"
    return Problem("E-ACCESS", str(path), f"{word}{verb}（{error.strerror}）{_owned(path)}", advice)


def _owned(path: Path) -> str:
    """Owner, group and mode, as an administrator needs them."""
    if os.name == "nt":
        return ""
    try:
        status = path.stat()
    except OSError:
        return ""
    owner, group = _user(status.st_uid), _group(status.st_gid)
    return f"；属主 {owner}，组 {group}，权限 {stat.S_IMODE(status.st_mode):04o}"


def _user(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group(gid: int) -> str:
    import grp

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def overlaps(sight: Sight) -> Iterator[Problem]:
    """No folder of the office lies in another, by links either: what is filed would be taken again, for ever."""
    real = {name: (sight.root / name).resolve() for name in _WORDS}
    for name, path in real.items():
        for other, above in real.items():
            if name != other and path.is_relative_to(above):
                what = f"{_WORDS[name]}的文件夹就在{_WORDS[other]}的文件夹里面"
                yield Problem("E-PATH-LOOP", str(sight.root / name), what, "请把它移到外面，或者改正链接")


def network(sight: Sight) -> Iterator[Problem]:
    """The ledger lies on a disk of this machine: over a network its locks do not hold."""
    if sight.ledger.startswith("postgresql"):
        return
    kind = _file_system(sight.private)
    if kind in _NETWORK or kind.startswith("fuse.sshfs"):
        advice = "请把整个办公文件夹放在本机磁盘上，只让 inbox 和 outbox 指向网络共享；或者改用 PostgreSQL 账册"
        yield Problem("E-LEDGER-NETWORK", str(sight.private), f"账册在网络盘（{kind}）上，会损坏", advice)


def _file_system(path: Path) -> str:
    """The kind of file system that a path lies on, as Linux names it; "" where nobody says so."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return "smb" if str(path.resolve()).startswith("\\\\") else ""
    mounts = [(fields[1].replace("\\040", " "), fields[2]) for line in lines if len(fields := line.split()) > 2]
    real = path.resolve()
    return max((m for m in mounts if real.is_relative_to(m[0])), key=lambda m: len(m[0]), default=("", ""))[1]


def rights(sight: Sight) -> Iterator[Problem]:
    """The private folder is private, rules are not the clerks' to write, and the group of bureau.toml is in force."""
    for path in access.open_to_others(sight.private):
        yield Problem("E-PRIVATE", str(path), f"别的用户可以看到{_owned(path)}", f"chmod 700 '{path}'")
    yield from rules_of_clerks(sight)
    yield from _group_in_force(sight)
    yield from _anybody(sight)


def _anybody(sight: Sight) -> Iterator[Problem]:
    """The offices of a trial let every account approve at the command line."""
    roles = sight.loaded.roles if isinstance(sight.loaded, Catalogue) else ()
    persons = dict.fromkeys(role.person for role in roles if ANYBODY in role.users)
    if persons:
        what = f"{'、'.join(persons)}的审批，任何电脑账号都可以用命令行办理（users 写着 \"*\"，只供试用）"
        yield Problem("W-ANYBODY", "templates/people.toml", what, "启用前把 users 换成各人的账号，或者留空")


def rules_of_clerks(sight: Sight) -> Iterator[Problem]:
    """Settings, rules and templates are refused when those can write them who only hand in forms."""
    found = access.written_by_clerks(sight.root, sight.sharing)
    if found:
        more = f"（另有{len(found) - 1}处）" if len(found) > 1 else ""
        advice = f"chmod -R g-w,o-w '{sight.root / 'templates'}'"
        if found[0] == sight.root:
            advice = f"chmod g-w,o-w '{sight.root}'"
        what = f"办案人员可以改动设置、规则和模板{more}{_owned(found[0])}"
        yield Problem("E-TEMPLATES-WRITABLE", str(found[0]), what, advice)


def _group_in_force(sight: Sight) -> Iterator[Problem]:
    sharing = sight.sharing
    if os.name == "nt" or not sharing.group:
        return
    gid = access.group_id(sharing.group)
    if gid is None:
        what = f"[files] group 写的组「{sharing.group}」这台机器上没有"
        yield Problem("E-GROUP", "templates/bureau.toml", what, f"groupadd {sharing.group}，或者改正组名")
        return
    for name in access.SHARED:
        path = sight.root / name
        if path.is_dir() and path.stat().st_gid != gid:
            what = f"不属于组「{sharing.group}」{_owned(path)}"
            yield Problem("E-GROUP", str(path), what, f"chgrp -R {sharing.group} '{path}'，并让本程序的用户加入这个组")
