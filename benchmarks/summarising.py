"""Summaries: the figures of a quarter against one plain scan of the same tables, and a province compiled in a go.

`python benchmarks/summarising.py 1000000` (or `PAPERWORK_BENCH_CASES=1000000 make bench`) measures a ledger of so many
cases, four documents each, and prints besides the ratio, the seconds and the memory of a whole report: figures,
workbook and record.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from measuring import Result, faster, ratio

from paperwork import catalogue, codec, spans
from paperwork.ledger import Ledger, Scope
from paperwork.model import Catalogue
from paperwork.summary import bundling, collecting, rebuilding, signing
from paperwork.summary.reckoning import reckon

ROOT = Path(__file__).resolve().parent.parent
CASES, UNITS = int(os.environ.get("PAPERWORK_BENCH_CASES", "40000")), 24  # what `make bench` can bear
YEARS = range(2017, 2027)
TODAY = dt.date(2027, 1, 5)
QUARTER = spans.parse("2026Q2")
_RECIPE = json.dumps(
    {
        "kind": "b", "code": "D-13", "title": "文书", "template": "0" * 64, "names": [], "because": [], "rule": "",
        "catalogue": "", "context": {"fact": {"summary": "检查时入口未悬挂标志并当场改正。" * 10}},
    },
    ensure_ascii=False,
)  # fmt: skip


def results() -> Iterator[Result]:
    """The lines of the table."""
    known = catalogue.load(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder) / "ledger.db", CASES)
        yield figures_against_scan(path, known)
    yield compiling_against_reading(known, UNITS)


def figures_against_scan(path: Path, known: Catalogue) -> Result:
    """A quarter's figures should take at most three times one plain scan of the same tables: a third of its speed."""
    with Ledger.open(f"sqlite:///{path}", "BENCH") as ledger:
        engine = sa.create_engine(f"sqlite:///{path}")

        def figures() -> object:
            with ledger.figures() as look:
                return reckon(look, known, QUARTER).cells

        def scan() -> object:
            with engine.connect() as connection:
                return [
                    connection.exec_driver_sql("SELECT count(*), sum(length(state)) FROM matters").all(),
                    connection.exec_driver_sql("SELECT count(*), sum(length(number)) FROM documents").all(),
                ]

        value = ratio(figures, scan, rounds=5, times=1)
        engine.dispose()
    return faster("a quarter's figures", value, 1 / 3, "one scan of matters and documents")


def compiling_against_reading(known: Catalogue, units: int) -> Result:
    """Compiling units of 2,000 cases should take no longer than three times reading their JSON."""
    bundles = [_bundle(unit) for unit in range(units)]

    def compiled() -> object:
        read = (bundling.read(f"{n}.json", data) for n, data in enumerate(bundles))
        return collecting.collect(known, collecting.Units(), QUARTER, read)

    def read_alone() -> object:
        return [json.loads(data) for data in bundles]

    value = ratio(compiled, read_alone, rounds=3, times=1)
    return faster(f"{units} units of 2,000 cases compiled", value, 1 / 8, "json.loads of the same bundles")


def _bundle(unit: int) -> bytes:
    key = signing.Ed25519PrivateKey.from_private_bytes(str(unit).encode().ljust(32, b"0"))
    rows = [
        [figure, f"立字{unit}〔2026〕{n}号", f"{figure}//1", "2026-05-01", 1, "大队", "娱乐场所", ""]
        for n in range(2000)
        for figure in ("R-03", "R-10" if n % 3 else "R-13")
    ]
    body = {
        "format": bundling.FORMAT, "version": 1, "unit": f"U{unit}", "name": f"第{unit}局", "period": QUARTER.code,
        "revision": 1, "made_on": "2026-07-05", "preliminary": False, "figures": [], "rows": rows,
    }  # fmt: skip
    said = codec.canonical(body).encode()
    signed = {"body": body, "key": signing.public(key), "signature": signing.sign(key, said)}
    return codec.canonical(signed).encode()


# ── a ledger as it would be after ten years ───────────────────────────────────────────────────────────


def fill(path: Path, cases: int) -> Path:
    """A ledger of so many cases over ten years: matters, four documents and fourteen counted rows each.

    The rows are made by the database itself: a million cases in a few minutes.
    """
    Ledger.open(f"sqlite:///{path}", "BENCH").close()
    with sqlite3.connect(path) as connection:
        for pragma in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TEMP TABLE c (id, day, n, year, unit, party, industry)")
        connection.execute("CREATE TEMP TABLE d (seq, kind, code)")
        connection.execute("CREATE TEMP TABLE f (figure, item, amount, ground, document, ends)")
        connection.executemany("INSERT INTO d VALUES (?, ?, ?)", _PAPERS)
        connection.executemany("INSERT INTO f VALUES (?, ?, ?, ?, ?, ?)", _COUNTED)
        for statement in (_CASES, *_TABLES):
            connection.execute(statement, {"cases": cases, "first": f"{YEARS[0]}-01-01", "recipe": _RECIPE})
            connection.commit()
    connection.close()
    return path


# ruff: noqa: E501
_PAPERS = [(1, "a", "D-12"), (2, "b", "D-13"), (3, "c", "D-34"), (4, "d", "D-15")]
_COUNTED = [  # figure, item, amount, ground, document, of which third of the cases ("" = of all)
    ("R-03", "", 1, "", "", ""), ("R-10", "b//1", 1, "33-1前", "b//1", "0"), ("R-10m", "b//1", 500000, "", "b//1", "0"),
    ("R-10", "b//1", 1, "33-1后", "b//1", "1"), ("R-13", "b//1", 1, "一般", "b//1", "2"),
    ("R-13m", "b//1", 300000, "", "b//1", "2"), ("R-26", "b//1", 300000, "条例#31 一般", "b//1", "2"),
    ("R-30n", "b//1", 1, "", "b//1", ""), ("R-30a", "b//1", 1, "", "b//1", ""), ("R-30dn", "clock/decision", 1, "", "", ""),
    ("R-30dt", "clock/decision", 1, "", "", ""), ("R-30en", "clock/service", 1, "", "", ""),
    ("R-30et", "clock/service", 1, "", "", ""), ("R-16n", "mending/correct", 1, "", "", ""),
    ("R-16c", "mending/correct", 1, "", "", ""), ("R-16d", "mending/correct", 4, "", "", ""), ("R-38b", "a//1", 1, "", "a//1", ""),
    ("R-20", "", 1, "", "", "1"),
]  # fmt: skip
_CASES = """INSERT INTO c WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < :cases)
SELECT strftime('%Y', day) || '-LA-' || printf('%07d', n), day, n, strftime('%Y', day),
       '第' || (n % 6) || '中队', 'U:' || (n % 5000),
       CASE n % 3 WHEN 0 THEN '娱乐场所' WHEN 1 THEN '旅行社' ELSE '营业性演出' END
FROM (SELECT n, date(:first, '+' || (n * 3650 / :cases) || ' days') AS day FROM i)"""
_TABLES = (
    """INSERT INTO matters (bureau, id, type, case_no, party_key, party, unit, state, opened_on, folder, version, attention,
                          case_key, harm, waits_for)
       SELECT 'BENCH', id, 'case', '立字〔' || year || '〕' || n || '号', party, '第' || (n % 5000) || '号网咖', unit, 'served',
              day, 'outbox/' || n, 1, '[]', '', '', 0 FROM c""",
    """INSERT INTO documents (bureau, matter, kind, occurrence, version, made, code, title, state, draft_code, measure, rule,
                            number, dated, seq, recipe, path, sha256, draft_path, draft_sha256, replaces, "drop",
                            work_drop, work_row)
       SELECT 'BENCH', id, kind, '', 1, seq, code, '文书', 'issued', '', '', '', code || '〔' || year || '〕' || n || '号', day,
              seq, :recipe, '', '', '', '', '', '', '', 0 FROM c, d""",
    """INSERT INTO counts (bureau, happened_on, figure, matter, item, unit, party_key, industry, measure, ground, amount,
                         document, why, stock)
       SELECT 'BENCH', day, figure, id, item, unit, party, industry, '', ground, amount, document, '', 0
       FROM c, f WHERE ends = '' OR ends = CAST(n % 3 AS TEXT) ORDER BY day, figure, id""",
)


def _whole_report(cases: int) -> None:
    """A report end to end on a ledger of so many cases: seconds and memory, for people to read."""
    from paperwork.office import Office
    from paperwork.summary import report

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        catalogue.copy_templates(root)
        setting = root / "templates" / "bureau.toml"
        setting.write_text(setting.read_text("utf-8").replace('bureau = "SCWL"', 'bureau = "BENCH"'), "utf-8")
        with Office.open(root, TODAY):
            pass
        begin = time.perf_counter()
        fill(root / ".paperwork" / "ledger.db", cases)
        print(f"filled {cases} cases in {time.perf_counter() - begin:.0f} s")
        print(figures_against_scan(root / ".paperwork" / "ledger.db", catalogue.load(root)))
        with Office.open(root, TODAY) as office:
            office.ledger.mark(rebuilding.MARK, rebuilding.stamp(office))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            begin, worked = time.perf_counter(), time.process_time()
            told = report(office, QUARTER)
            took, worked = time.perf_counter() - begin, time.process_time() - worked
            more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            with office.ledger.figures() as look:
                rows = sum(1 for _ in look.listed(Scope(QUARTER.since, QUARTER.until)))
        assert told.matter is not None
        print(f"a report of {rows} rows: {took:.1f} s, {worked:.1f} s of one core, {more / 1024:.0f} MiB more memory")


if __name__ == "__main__":
    _whole_report(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
