"""Forms with mistakes, and files that are no forms: each comes back with its findings; no number, no half dossier."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.stories.bureau import Bureau
from tests.stories.cases import S01, S02, changed

OFFICERS = S01["officers"]

MISTAKES: list[tuple[str, dict[str, Any], str]] = [
    ("V01 a wrong check digit", {"party__uscc": "91140602MAXX001113"}, "E-USCC-CHECK"),
    ("V02 a letter O", {"party__uscc": "91140602MAXX0O2268"}, "E-USCC-ALPHABET"),
    ("V03 one officer", {"officers": OFFICERS[:1]}, "E-OFFICER-2"),
    ("V03 one card twice", {"officers": [OFFICERS[0], OFFICERS[0]]}, "E-OFFICER-2"),
    ("V04 an unknown card", {"officers": [OFFICERS[0], {"name": "李四", "cert_no": "04060200199"}]}, "E-CERT-UNKNOWN"),
    ("V05 filed before found", {"case__filed_on": "2026-07-07"}, "E-DATE-ORDER"),
    ("V05 in the future", {"correct__rechecked_on": "2026-08-15"}, "E-DATE-ORDER"),
    ("V06 a day that does not exist", {"case__found_on": "2026-02-30"}, "E-DATE"),
    ("V09 no query", {"no_penalty__ground": "33-1后", "no_penalty__query": None}, "E-FIRST-QUERY"),
    ("V10 no evidence", {"evidence": []}, "E-EVIDENCE"),
    ("V10 a kind that art 46 does not know", {"evidence": [{**S01["evidence"][0], "kind": "传闻"}]}, "E-EVIDENCE"),
    ("V11 not our power", {"case__industry": "检验检测"}, "E-COMP"),
    ("V14 a person without papers", {"party__kind": "自然人"}, "E-PARTY"),
    ("not filed", {"case__filed_on": None}, "E-NOT-FILED"),
    ("cards not shown", {"investigation__cards_shown": False}, "E-PROCEDURE"),
    ("a law nobody knows", {"law__violated": [{"law": "网吧管理条列", "article": 21}]}, "E-LAW"),
    ("an article that is not there", {"law__violated": [{"law": "未成年人保护法", "article": 500}]}, "E-LAW"),
    ("a choice that is none", {"harm__level": "严中"}, "E-CHOICE"),
    ("a field that is none", {"case__tilte": "x"}, "E-FIELD-UNKNOWN"),
    ("a control character", {"case__act": "未\u0001悬挂"}, "E-CHARACTER"),
    ("nothing to say why it is minor", {"no_penalty__gravity_reason": None}, "E-DOC-FACT"),
]


@pytest.mark.parametrize(("answers", "code"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_comes_back_with_its_place_and_nothing_is_used(
    answers: dict[str, Any], code: str, tmp_path: Path
) -> None:
    bureau = Bureau(tmp_path)
    (outcome,) = bureau.take(changed(S01, **answers))
    assert outcome.outcome == "returned"
    assert code in {f.code for f in outcome.findings}, outcome.findings
    assert all(f.message for f in outcome.findings)
    assert code in bureau.notes()
    assert_untouched(bureau)
    (right,) = bureau.take(S01)
    assert (right.outcome, right.case) == ("filed", "朔区文旅立字〔2026〕1号")
    assert bureau.audited() == []


def assert_untouched(bureau: Bureau) -> None:
    with bureau.open() as office:
        assert office.ledger.matters() == ()
        assert office.ledger.number_rows() == ()
    assert not [p for p in (bureau.root / "outbox").rglob("*") if p.is_file()]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    wrong = changed(
        S01, party__uscc="91140602MAXX001113", case__found_on="2026-02-30", officers=OFFICERS[:1], evidence=[],
        case__industry="检验检测", harm__level="严中",
    )  # fmt: skip
    (outcome,) = bureau.take(wrong)
    assert {"E-USCC-CHECK", "E-DATE", "E-OFFICER-2", "E-EVIDENCE", "E-COMP", "E-CHOICE"} <= {f.code for f in outcome.findings}


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
FILES: list[tuple[str, bytes]] = [
    ("空白.docx", zipped("word/document.xml", b"<x/>")),
    ("不是表.docx", b"MZ\x90\x00 no form at all"),
    ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("炸弹.docx", zipped("word/document.xml", BOMB)),
    ("半截.json", '{"form": "案件登记表", "case": {'.encode()),
    ("数组.json", b"[1, 2, 3]"),
    ("别的.json", '{"form": "请假条"}'.encode()),
    ("深.json", ("[" * 5000 + "]" * 5000).encode()),
    ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ("乱码.json", b"\xff\xfe\xfa\xfb\x00\x01"),
]


@pytest.mark.parametrize(("name", "data"), FILES, ids=[f[0] for f in FILES])
def test_a_file_that_is_no_form_comes_back_with_a_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(data, name)
    for _ in range(2):
        outcomes = bureau.work()
        if outcomes and outcomes[0].outcome == "returned":
            break
        outcomes = bureau.work()
    returned = list((tmp_path / "inbox" / "退回").iterdir()) if (tmp_path / "inbox" / "退回").exists() else []
    assert returned  # torn or not, it was written long ago and stands still
    note = bureau.notes()
    assert "Traceback" not in note and "退回说明" in note
    assert any(p.read_bytes() == data for p in returned)  # the clerk's own file, untouched
    assert_untouched(bureau)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_encodings_of_office_machines_are_read(encoding: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.drop(json.dumps(S01, ensure_ascii=False).encode(encoding), "表.json")
    (outcome,) = bureau.work()
    assert outcome.outcome == "filed", outcome.findings


HARD = "朔州市王喆垚燚<某&某>{{ party }}“歌厅”有限公司𠮷"


def test_hard_names_are_printed_letter_for_letter(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    (outcome,) = bureau.take(changed(S01, party__name=HARD))
    assert outcome.outcome == "filed", outcome.findings
    assert HARD in bureau.text(bureau.documents()["D-13"]["path"])
    assert bureau.audited() == []


def test_a_name_cannot_leave_the_outbox(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office")
    (outcome,) = bureau.take(changed(S01, party__name="../../../外面/某公司"))
    assert outcome.outcome == "filed", outcome.findings
    assert not (tmp_path / "外面").exists() and not (tmp_path / "office" / "外面").exists()
    assert bureau.audited() == []


def test_a_natural_person_is_masked_in_folder_names(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, "2026-08-14")
    person = changed(
        S02, party__kind="自然人", party__name="顾小北", party__gender="男", party__birth="1900-01-01",
        party__id_type="居民身份证", party__id_no="140602190001010013", party__uscc=None, party__legal_rep=None,
        party__legal_rep_title=None, party__legal_rep_id_no=None,
    )  # fmt: skip
    (outcome,) = bureau.take(person)
    assert outcome.outcome == "filed", outcome.findings
    names = [p.name for p in (tmp_path / "outbox").rglob("*")]
    assert any("顾某某" in name for name in names) and not any("顾小北" in name for name in names)
    decision = bureau.text(bureau.documents()["D-13"]["path"])
    assert "性别：男" in decision and "140602190001010013" in decision and "顾小北" in decision


def test_an_outbox_that_is_a_link_is_told_before_any_number_is_given(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "office")
    bureau.open().ledger.close()
    (tmp_path / "elsewhere").mkdir()
    (bureau.root / "outbox").rmdir()
    (bureau.root / "outbox").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    bureau.drop(S01)
    assert bureau.work() == []
    with bureau.open() as office:
        assert office.ledger.number_rows() == ()
        assert len(office.ledger.unfinished()) == 1  # it waits, and `status` says why
