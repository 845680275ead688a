"""Bind: a matter, or a year's closed matters, as bookmarked PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command

if TYPE_CHECKING:
    from paperwork.dossier import Dossier
    from paperwork.model import Json, Matter


@click.command(cls=Command, short_help="制作整卷 PDF")
@click.argument("matter", metavar="案号或编号", required=False)
@click.option("--year", type=int, metavar="年份", help="这一年结案的全部案件和事项，每件一份")
@click.option("-o", "--out", type=Path, metavar="文件或文件夹", help="写到哪里；不写则写在当前文件夹")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def dossier(door: Door, matter: str | None, year: int | None, out: Path | None, json_: bool) -> int:
    """把一个案件订成一份 PDF：封面、带页号的卷内目录、全部文书（归档顺序）和手工文书，并列出尚缺的材料。

    例如：paperwork dossier 2026-LA-0001 -o 案卷.pdf
    """
    from paperwork.errors import UsageError

    if (matter is None) == (year is None):
        raise UsageError(
            "请写明一个案号或编号，或者用 --year 写明年份", advice="例如 paperwork dossier --year 2026 -o 案卷"
        )
    from paperwork import desk, filing, pdf, printouts
    from paperwork import dossier as dossiers

    told: list[Json] = []
    with (
        door.open() as office,
        pdf.Engine(office.private / printouts.SPOOL) as engine,
        say.progress("装订") as progress,
    ):
        ids = [desk.named(office, matter).id] if matter is not None else dossiers.closed_in(office, year or 0)
        for done, one in enumerate(ids):
            progress(done, len(ids))
            found = desk.named(office, one)
            made = dossiers.make(office, found, engine.convert)
            target = _target(out, dossiers.file_name(found), year)
            filing.replace(target, made.pdf)
            told.append(_entry(found, target, made))
        progress(len(ids), len(ids))
    if json_:
        say.as_json(told)
    else:
        _tell(told)
    return int(any(one["refused"] for one in told))


def _target(out: Path | None, name: str, year: int | None) -> Path:
    if out is None:
        return Path(name)
    return out / name if year is not None or out.is_dir() else out


def _entry(matter: Matter, target: Path, made: Dossier) -> Json:
    return {
        "id": matter.id,
        "case": matter.case or None,
        "file": target.as_posix(),
        "pages": made.entries[-1].last if made.entries else 0,
        "documents": [
            {
                "code": entry.sheet.code,
                "title": entry.sheet.title,
                "number": entry.sheet.number,
                "path": entry.sheet.path,
                "first": entry.first,
                "last": entry.last,
            }
            for entry in made.entries
        ],
        "missing": made.missing,
        "refused": [{"path": one.path, "why": one.why} for one in made.refused],
    }


def _tell(told: list[Json]) -> None:
    if not told:
        say.note("这一年没有结案的案件和事项")
    for one in told:
        say.line(f"{one['file']}（{len(one['documents'])}件{one['pages']}页）")
        if one["missing"]:
            say.note(f"{one['case'] or one['id']} 尚缺：{'、'.join(paper['name'] for paper in one['missing'])}")
        for bad in one["refused"]:
            say.note(f"没有并入 {bad['path']}：{bad['why']}")
