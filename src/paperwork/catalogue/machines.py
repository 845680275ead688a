"""bureau.toml, what it says of machines: who shares the folders, where objects are, when another is missed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from paperwork.catalogue.sheets import Table
from paperwork.model import Cluster, Sharing

_SECRET = re.compile(r"://[^:/?#@]*:[^@]+@")  # also one with a slash in it, which no parser of addresses takes for one
_SECRETS = ("password", "passwd", "pwd")


def read_sharing(files: Table) -> Sharing:
    """Group and mode of what is shared with the clerks; the mode in octal, as `chmod` takes it."""
    mode = files.text("mode", "")
    if mode and not re.fullmatch(r"0?[0-7]{3}", mode):
        files.wrong("P-VALUE", "mode", f"「{mode}」不是文件权限", '写成三位八进制数，例如 "0660"')
        mode = ""
    if mode and int(mode, 8) & 0o711 != 0o600:
        files.wrong("P-VALUE", "mode", f"权限「{mode}」不合适", '属主要能读写，文件不要可执行，例如 "0660"')
    sharing = Sharing(files.text("group", ""), int(mode, 8) if mode else 0)
    files.close()
    return sharing


def read_cluster(table: Table) -> Cluster:
    """Signs of life, patience, and the store that all machines reach."""
    seconds = {name: table.number(f"{name}_seconds", getattr(Cluster, name)) for name in ("beat", "lost", "late")}
    cluster = Cluster(store=without_secret(table, "store", "存储"), metrics=table.text("metrics", ""), **seconds)
    if not 0 < 2 * cluster.beat <= cluster.lost:
        what = "lost_seconds 至少是 beat_seconds 的两倍，而且都大于零"
        table.wrong("P-VALUE", "lost_seconds", what, "例如 beat_seconds = 10，lost_seconds = 30")
    table.close()
    return cluster


def without_secret(table: Table, name: str, what: str) -> str:
    """An address as it stands; a password in it is a mistake of the file."""
    url = table.text(name, "")
    query = parse_qs(url.partition("?")[2])
    if _SECRET.search(url) or any(key.lower() in _SECRETS for key in query):
        advice = "请从地址中删去密码；数据库的密码写在密码文件（PGPASSFILE）或者环境变量 PGPASSWORD 里"
        table.wrong("P-SETTING-PASSWORD", name, f"{what}地址中写有密码", advice)
    return url
