"""The seal register kept in the program: no service is registered before the use of the seal is (docs/decisions/0078)."""

from __future__ import annotations

from pathlib import Path

from tests.stories import procedure as p
from tests.stories.bureau import CHIEF, REVIEW, SECTION, Bureau, approvals, served
from tests.stories.cases import S01
from tests.stories.test_s01_file import filed

M = "2026-LA-0001"


def test_where_the_register_is_kept_here_the_seal_comes_before_the_service(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-07-16")
    settings = tmp_path / "templates" / "bureau.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("seal_register = 0", "seal_register = 1"), "utf-8")
    filed(bureau, S01)
    filed(bureau.on("2026-07-22"), approvals(M, bureau.code(), SECTION, REVIEW, CHIEF))
    number = bureau.documents()["D-13"]["number"]
    assert "用印登记表.docx" in "".join(slip.read_text("utf-8-sig") for slip in (tmp_path / "inbox" / "回执").glob("*.txt"))
    (unsealed,) = bureau.on("2026-07-23").take(served(M))
    assert unsealed.outcome == "returned" and [f.code for f in unsealed.findings] == ["E-SEAL"]
    assert number in unsealed.findings[0].message and "D-34" not in bureau.documents()
    filed(bureau, p.seal(M, "2026-07-22", number, "不予行政处罚决定书"), served(M))
    assert bureau.show()["state"] == "served" and bureau.documents()["D-34"]["state"] == "issued"
    again = p.seal(M, "2026-07-24", number, "不予行政处罚决定书")
    (late,) = bureau.on("2026-07-24").take({**again, "seals": [{**again["seals"][0], "no": 2}]})
    assert late.outcome == "filed", "the first use of the seal counts, a second copy may be sealed later"
    assert bureau.audited() == []
