"""`bundle PERIOD`: a unit's figures for whoever compiles them, signed and versioned, with the rows but with no names.

A bundle is canonical JSON: what was counted row by row (figure, case, item, day, amount, industry, ground), so that the
compiler can tell one case handed in twice; how sums and ratios are made of it; and whether it may still change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from paperwork import codec
from paperwork.ledger import Scope
from paperwork.model import Json
from paperwork.office import Office
from paperwork.spans import Span
from paperwork.summary import frozen, rebuilding, signing

FORMAT, VERSION = "paperwork-bundle", 1
ROW = ("figure", "case", "item", "on", "amount", "unit", "industry", "ground")


@dataclass(frozen=True)
class Bundle:
    """A bundle as it is written: its name and its bytes."""

    name: str
    data: bytes
    revision: int


def bundle(office: Office, span: Span) -> Bundle:
    """The figures of a period as they stand: those of the issued report where there is one, else preliminary ones.

    The revision moves on when the content differs from what was bundled before; the same content is the same revision.
    """
    rebuilding.ensure(office)
    settings, key = office.catalogue.settings, signing.own_key(office.private)
    content = _content(office, span)
    revision = _revision(office, span, codec.sha(content))
    body = {
        "format": FORMAT,
        "version": VERSION,
        "unit": settings.bureau,
        "name": settings.organ.name,
        "period": span.code,
        "revision": revision,
        "made_on": office.today.isoformat(),
        **content,
    }
    said = codec.canonical(body).encode()
    signed = {"body": body, "key": signing.public(key), "signature": signing.sign(key, said)}
    name = f"{settings.bureau}_{span.code}_v{revision}.json"
    return Bundle(name, (codec.canonical(signed) + "\n").encode(), revision)


def _content(office: Office, span: Span) -> dict[str, Json]:
    issued = frozen.issued(office, frozen.matter_of(office, span, ""))
    if issued:
        rows = [_row(row) for row in frozen.counted(office, issued.record)]
    else:
        with office.ledger.figures() as look:
            found = [row._asdict() for row in look.counted(Scope(span.since, min(span.until, office.today)))]
            matters = look.matters(row["matter"] for row in found)
        rows = [_row({**row, "case": matters[row["matter"]][0]}) for row in found]
    return {"preliminary": issued is None, "figures": figures(office), "rows": rows}


def _row(row: Mapping[str, Json]) -> list[Json]:
    return [row["case"] or row["matter"] if name == "case" else row[name] for name in ROW]


def figures(office: Office) -> list[Json]:
    """How this office counts, for the compiler to hold against its own."""
    return [
        {
            "id": figure.id,
            "name": figure.name,
            "total": list(figure.total),
            "numerator": list(figure.numerator),
            "denominator": list(figure.denominator),
        }
        for figure in office.catalogue.figures.values()
    ]


def _revision(office: Office, span: Span, sha256: str) -> int:
    mark = f"bundle:{span.code}"
    before, _, known = office.ledger.marked(mark).partition(" ")
    if known == sha256:
        return int(before)
    revision = int(before or 0) + 1
    office.ledger.mark(mark, f"{revision} {sha256}")
    return revision


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Read:
    """A bundle that was read: what it says, whose key signed it, its hash, and what is wrong with it ("" = nothing)."""

    file: str
    sha256: str
    body: Mapping[str, Json]
    key: str = ""
    wrong: str = ""


def read(file: str, data: bytes) -> Read:
    """Schema and signature of one bundle; never raises for what stands in it."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        told = json.loads(data)
        body, key, signature = told["body"], str(told["key"]), str(told["signature"])
        if body["format"] != FORMAT or body["version"] != VERSION:
            wrong = f"格式版本是 {body['format']} {body['version']}，只认 {FORMAT} {VERSION}"
            return Read(file, sha256, {}, wrong=wrong)
        if not signing.is_signed(key, signature, codec.canonical(body).encode()):
            return Read(file, sha256, {}, wrong="签名与内容不符，可能被改动过")
        wrong = _schema(body)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Read(file, sha256, {}, wrong="不是上报数据包，或者已经损坏")
    return Read(file, sha256, body, key, wrong)


def _schema(body: Mapping[str, Json]) -> str:
    """What is wrong with the body of a bundle, in Chinese; "" when it has every part in its type."""
    types = (("unit", str), ("name", str), ("period", str), ("revision", int), ("made_on", str), ("preliminary", bool))
    for name, wanted in types:
        if type(body[name]) is not wanted:
            return f"「{name}」的类型不对"
    for row in body["rows"]:
        if len(row) != len(ROW) or type(row[4]) is not int or row[4] < 0:
            return "有一行数据不完整"
    return ""
