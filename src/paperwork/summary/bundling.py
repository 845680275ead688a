"""`bundle PERIOD`: a unit's figures for whoever compiles them, signed and versioned, with the rows but with no names.

A bundle is canonical JSON: what was counted row by row (figure, case, item, day, amount, industry, ground), so that the
compiler can tell one case handed in twice; how many parties there were; how sums and ratios are made of it; and
whether it may still change. A bundle of bundles (a city's, of its districts) holds the signed ones it was compiled
from, unchanged, so that whoever compiles it again proves and counts the same rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from paperwork import codec, counting
from paperwork.ledger import Counted, Scope
from paperwork.model import Json
from paperwork.office import Office
from paperwork.spans import Span
from paperwork.summary import frozen, rebuilding, signing, units

FORMAT, VERSIONS = "paperwork-bundle", (1, 2)
VERSION = VERSIONS[-1]
ROW = ("figure", "case", "item", "on", "amount", "unit", "industry", "ground")


@dataclass(frozen=True)
class Bundle:
    """A bundle as it is written: its name and its bytes."""

    name: str
    data: bytes
    revision: int


def bundle(office: Office, span: Span, unit: str = "") -> Bundle:
    """The figures of a period as they stand, of one department or of all: those of the issued report where there is
    one, else preliminary ones.

    The revision moves on when the content differs from what was bundled before; the same content is the same revision.
    """
    rebuilding.ensure(office)
    with office.ledger.figures() as look:
        units.require(office, look, unit)
        units.require_days(look, span, office.today)
    settings = office.catalogue.settings
    code, name = (f"{settings.bureau}/{unit}", f"{settings.organ.name}{unit}") if unit else (settings.bureau, "")
    return _signed(office, span, {"unit": code, "name": name or settings.organ.name, **_content(office, span, unit)})


def rolled(office: Office, span: Span, members: Sequence[Read], told: Mapping[str, Json]) -> Bundle:
    """A bundle of bundles: the accepted ones as they were signed, and what was told of them."""
    settings = office.catalogue.settings
    body = {
        "unit": settings.bureau,
        "name": settings.organ.name,
        "preliminary": any(member.body["preliminary"] for member in members),
        "members": [member.proof for member in members],
        "via": {member.body["unit"]: member.via for member in members if member.via},
        "told": told,
    }
    return _signed(office, span, body, [member.signed for member in members])


def _signed(office: Office, span: Span, content: dict[str, Json], members: Sequence[Json] = ()) -> Bundle:
    key = signing.own_key(office.private)
    revision = _revision(office, f"{span.code}{'' if not members else '+'}{content['unit']}", codec.sha(content))
    body = {
        "format": FORMAT,
        "version": VERSION,
        "period": span.code,
        "revision": revision,
        "made_on": office.today.isoformat(),
        **content,
    }
    said = codec.canonical(body).encode()
    signed = {"body": body, "key": signing.public(key), "signature": signing.sign(key, said)}
    signed |= {"members": list(members)} if members else {}
    name = f"{content['unit'].replace('/', '_')}_{span.code}{'_汇总' if members else ''}_v{revision}.json"
    return Bundle(name, (codec.canonical(signed) + "\n").encode(), revision)


def _content(office: Office, span: Span, unit: str) -> dict[str, Json]:
    issued = frozen.issued(office, frozen.matter_of(office, span, unit))
    distinct = [figure.id for figure in office.catalogue.figures.values() if figure.distinct]
    if issued:
        rows = [_row(row) for row in frozen.counted(office, issued.record)]
        told = {figure["id"]: figure["value"] for figure in issued.record["figures"]}
        parties = {figure: told[figure] for figure in distinct if told.get(figure)}
        lacking = [figure["id"] for figure in issued.record["figures"] if figure.get("lacks")]
    else:
        scope = Scope(span.since, min(span.until, office.today), unit)
        with office.ledger.figures() as look:
            found = [dict(zip(Counted._fields, row, strict=True)) for row in look.counted(scope)]
            matters = look.matters(row["matter"] for row in found)
            parties = look.parties(scope, distinct)
        rows = [_row({**row, "case": matters[row["matter"]][0]}) for row in found]
        lacking = [*counting.waiting(office.catalogue)]
    told = {"figures": figures(office), "rows": rows, "parties": parties, "lacking": sorted(lacking)}
    return {"preliminary": issued is None, **told}


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


def _revision(office: Office, of: str, sha256: str) -> int:
    mark = f"bundle:{of}"
    before, _, known = office.ledger.marked(mark).partition(" ")
    if known == sha256:
        return int(before)
    revision = int(before or 0) + 1
    office.ledger.mark(mark, f"{revision} {sha256}")
    return revision


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Read:
    """A bundle that was read: what it says, whose key signed it, its hash, and what is wrong with it ("" = nothing).

    `proof` is the hash of what was signed, `members` are those of a bundle of bundles, and `via` says through whom a
    member came ("" = by itself).
    """

    file: str
    sha256: str
    body: Mapping[str, Json]
    key: str = ""
    wrong: str = ""
    proof: str = ""
    signed: Json = None
    members: tuple[Read, ...] = ()
    via: str = ""


def read(file: str, data: bytes) -> Read:
    """Schema and signature of one bundle, and of all that it was compiled from; never raises for what stands in it."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return _read(file, sha256, json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Read(file, sha256, {}, wrong="不是上报数据包，或者已经损坏")


def _read(file: str, sha256: str, told: Json) -> Read:
    body, key, signature = told["body"], str(told["key"]), str(told["signature"])
    if body["format"] != FORMAT or body["version"] not in VERSIONS:
        known = "、".join(map(str, VERSIONS))
        return Read(file, sha256, {}, wrong=f"格式版本是 {body['format']} {body['version']}，只认 {FORMAT} {known}")
    said = codec.canonical(body).encode()
    if not signing.is_signed(key, signature, said):
        return Read(file, sha256, {}, wrong="签名与内容不符，可能被改动过")
    proof = hashlib.sha256(said).hexdigest()
    if "members" not in body:
        return Read(file, sha256, body, key, _schema(body, ("rows",)), proof, told)
    members, wrong = _members(file, body, told["members"])
    return Read(file, sha256, body, key, _schema(body) or wrong, proof, told, members)


def _members(file: str, body: Mapping[str, Json], signed: Sequence[Json]) -> tuple[tuple[Read, ...], str]:
    """The bundles inside, each proven by its own signature, and all of them by the hashes that the whole signs."""
    found = []
    for told in signed:
        one = _read(file, "", told)
        unit = one.body.get("unit", "")
        through = "／".join(filter(None, (body["name"], body["via"].get(unit, ""))))
        found.append(replace(one, sha256=one.proof, via=through))
    if [one.proof for one in found] != body["members"] or any(one.wrong or one.members for one in found):
        return (), "其中的数据包与签名不符，可能被改动过"
    return tuple(found), ""


_PARTS = (("unit", str), ("name", str), ("period", str), ("revision", int), ("made_on", str), ("preliminary", bool))


def _schema(body: Mapping[str, Json], rows: Sequence[str] = ()) -> str:
    """What is wrong with the body of a bundle, in Chinese; "" when it has every part in its type."""
    for name, wanted in _PARTS:
        if type(body[name]) is not wanted:
            return f"「{name}」的类型不对"
    dt.date.fromisoformat(body["made_on"])
    for row in body["rows"] if rows else ():
        if len(row) != len(ROW) or type(row[4]) is not int:
            return "有一行数据不完整"
    return ""
