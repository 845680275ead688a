"""A sheet killed between any two of its rows, or in the middle of one, and started again: every row exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fault.test_kill import assert_whole, killed_round, outbox, pytestmark  # noqa: F401
from tests.stories.bureau import Bureau
from tests.stories.test_rows import BAD, PLAIN, STAR, back, of, rows, slips

DECIDING = ["registering", "filed", "registering:2", "register:2", "file:3", "living:2"]
TELLING = ["settle", "back", "reply", "conclude"]


def the_sheet(bureau: Bureau) -> bytes:
    return rows(bureau, of(STAR), BAD, of(PLAIN))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    bureau = Bureau(tmp_path_factory.mktemp("undisturbed"))
    bureau.drop(the_sheet(bureau), "七月案件.xlsx")
    bureau.work()
    return outbox(bureau)


@pytest.mark.parametrize("point", DECIDING + TELLING)
def test_killed_among_the_rows_and_started_again(point: str, tmp_path: Path, expected: dict[str, str]) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(the_sheet(bureau), "七月案件.xlsx")
    killed_round(bureau, point)
    outcomes = bureau.work()
    if point != "conclude":  # then all was said, and only the copies are still to be cleared
        assert [(o.row, o.outcome) for o in outcomes] == [(7, "filed"), (8, "returned"), (9, "filed")]
    assert outbox(bureau) == expected
    with bureau.open() as office:
        assert [row.case for row in office.ledger.matters()] == ["朔区文旅立字〔2026〕1号", "朔区文旅立字〔2026〕2号"]
    assert len(back(bureau)) == 1 and slips(bureau).count("收件回执（表格）") == 1
    assert_whole(bureau, 1)


def test_what_stands_is_not_decided_again_on_another_day(tmp_path: Path, expected: dict[str, str]) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(the_sheet(bureau), "七月案件.xlsx")
    killed_round(bureau, "registering:2")
    bureau.on("2026-07-21").work()
    drafts = {name: digest for name, digest in outbox(bureau).items() if name in expected}
    with bureau.open() as office:
        first, second = office.ledger.matters()
    assert len(office_papers(bureau, first.id)) == len(office_papers(bureau, second.id))
    assert office_papers(bureau, first.id)["D-14"]["sha256"] in expected.values()  # as of the first day
    assert drafts and back(bureau)
    assert_whole(bureau, 1)


def office_papers(bureau: Bureau, matter: str) -> dict[str, dict[str, str]]:
    return bureau.documents(matter)
