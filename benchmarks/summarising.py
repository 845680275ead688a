"""Summaries: the figures of a quarter against one plain scan of the same tables, and a province compiled in a go.

`python benchmarks/summarising.py 1000000` measures a ledger of that many cases, four documents each, and prints besides
the ratio, the seconds and the memory of a whole report: figures, workbook and record.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from measuring import Result, faster, ratio

from paperwork import catalogue, codec, spans
from paperwork.ledger import Ledger, Scope
from paperwork.ledger import tables as t
from paperwork.model import Catalogue
from paperwork.summary import bundling, collecting, rebuilding, signing
from paperwork.summary.reckoning import reckon

ROOT = Path(__file__).resolve().parent.parent
CASES, UNITS = 40_000, 24  # what `make bench` can bear
YEARS = range(2017, 2027)
TODAY = dt.date(2027, 1, 5)
QUARTER = spans.parse("2026Q2")
_RECIPE = json.dumps(
    {
        "kind": "b", "code": "D-13", "title": "文书", "template": "0" * 64, "names": [], "because": [], "rule": "",
        "catalogue": "", "context": {"fact": {"summary": "检查时入口未悬挂标志并当场改正。" * 40}},
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
    """A ledger of so many cases over ten years: matters, four documents and five counted rows each."""
    Ledger.open(f"sqlite:///{path}", "BENCH").close()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        connection.exec_driver_sql("PRAGMA journal_mode = MEMORY")
        for start in range(0, cases, 5000):
            numbers = range(start, min(start + 5000, cases))
            for table, make in ((t.matters, _matter), (t.documents, _documents), (t.counts, _counts)):
                made = [row for n in numbers for row in make(n, cases)]
                connection.execute(sa.insert(table), made)
            connection.commit()
    engine.dispose()
    return path


def _day(n: int, cases: int) -> dt.date:
    return dt.date(YEARS[0], 1, 1) + dt.timedelta(days=n * 3650 // cases)


def _matter(n: int, cases: int) -> Iterator[dict[str, object]]:
    day = _day(n, cases)
    yield {
        "bureau": "BENCH", "id": f"{day.year}-LA-{n:07d}", "type": "case", "case_no": f"立字〔{day.year}〕{n}号",
        "party_key": f"U:{n % 5000}", "party": f"第{n % 5000}号网咖", "unit": f"第{n % 6}中队", "state": "served",
        "opened_on": day.isoformat(), "folder": f"outbox/{n}",
    }  # fmt: skip


def _documents(n: int, cases: int) -> Iterator[dict[str, object]]:
    day = _day(n, cases)
    for seq, (kind, code) in enumerate((("a", "D-12"), ("b", "D-13"), ("c", "D-34"), ("d", "D-15")), 1):
        yield {
            "bureau": "BENCH", "matter": f"{day.year}-LA-{n:07d}", "kind": kind, "occurrence": "", "version": 1,
            "made": seq, "code": code, "title": "文书", "state": "issued", "number": f"{code}〔{day.year}〕{n}号",
            "dated": day.isoformat(), "seq": seq, "recipe": _RECIPE,
        }  # fmt: skip


def _counts(n: int, cases: int) -> Iterator[dict[str, object]]:
    day = _day(n, cases)
    for figure in ("R-03", "R-10" if n % 3 else "R-13", "R-07", "R-08", "R-17c"):
        yield {
            "bureau": "BENCH", "happened_on": day.isoformat(), "figure": figure, "matter": f"{day.year}-LA-{n:07d}",
            "item": "b//1" if figure == "R-10" else "", "unit": f"第{n % 6}中队", "party_key": f"U:{n % 5000}",
            "industry": ("娱乐场所", "旅行社", "营业性演出")[n % 3], "ground": "33-1前" if figure == "R-10" else "",
            "amount": 1, "document": "b//1" if figure == "R-10" else "",
        }  # fmt: skip


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
