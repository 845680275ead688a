"""documents/*/kind.toml: what calls for a document, how often, after which approval, under which number and day."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from paperwork.catalogue.naming import DATES, Names, citations_of, clauses_of, conditions_of, known
from paperwork.catalogue.sheets import Table, meant, unique
from paperwork.model import Citation, Kind


def read_kind(table: Table, folder: Path, names: Names) -> Kind:
    """documents/<kind>/kind.toml → Kind. A template that is missing or wrong stops this kind only, later."""
    per = _per(table, names)
    measures = table.placed_words("for", True)
    names.asked_measures += [(table, ("for", index), measure) for index, measure in measures]
    kind = Kind(
        kind=folder.name,
        code=table.text("code"),
        title=table.text("title"),
        measures=tuple(measure for _, measure in measures),
        conditions=conditions_of(table, "if", names, per),
        per=per,
        after=_after(table, names),
        follows=table.text("follows", ""),
        refers=_refers(table),
        served=table.flag("served"),
        precedes=_precedes(table, names, per),
        too_late=table.text("too_late", ""),
        number=_number(table, names),
        dated=_dated(table, names, per),
        cites=_cites(table, names),
        clauses=clauses_of(table, names),
        retention=table.text("retention"),
        living=table.flag("living"),
        folder=folder,
        decides=table.flag("decides"),
        sealed=table.flag("sealed"),
        family=_family(table, names),
    )
    if kind.living and kind.number != "none":
        table.wrong("P-VALUE", "number", "随时更新的文书（living）不能编号", '改为 number = "none"')
    table.close()
    return kind


def _per(table: Table, names: Names) -> str:
    per = table.text("per")
    lists = [name for name, fact in names.facts.items() if fact.type == "list"]
    if per and per not in ("matter", "document", *lists):
        what = f"「per」不能写「{per}」：应当是 matter、document 或者一个列表"
        table.wrong("P-FACT-UNKNOWN", "per", what, meant(per, ["matter", "document", *lists]))
        return "matter"
    return per


def _after(table: Table, names: Names) -> str:
    after = table.text("after")
    if after:
        known(table, ("after",), after, ("approval", "none", *names.steps), "STEP")
    return after


def _family(table: Table, names: Names) -> str:
    family = table.text("family", "")
    if family:
        known(table, ("family",), family, names.families, "FAMILY")
    return family if family in names.families else ""


def _number(table: Table, names: Names) -> str:
    number = table.text("number")
    if number:
        known(table, ("number",), number, ("none", "office", *names.series), "SERIES")
    return number


def _dated(table: Table, names: Names, per: str) -> str:
    """A column of the list `per` may be named in short; it is kept in full (`talks` and `on` → `talks.on`)."""
    dated = table.text("dated")
    if dated in ("", "approval", "registered", "today"):
        return dated
    scope = names.scope(per)
    name = f"{per}.{dated}" if f"{per}.{dated}" in scope else dated
    if name not in scope:
        dates = [fact.name for fact in scope.values() if fact.type in DATES]
        what = f"「dated」不能写「{dated}」：应当是 approval、registered、today 或者一项日期"
        table.wrong("P-FACT-UNKNOWN", "dated", what, meant(dated, ["approval", "registered", "today", *dates]))
    elif scope[name].type not in DATES:
        table.wrong("P-FACT-TYPE", "dated", f"「{name}」的类型是 {scope[name].type}", f"此处应当是：{'、'.join(DATES)}")
    return name


def _precedes(table: Table, names: Names, per: str) -> tuple[str, ...]:
    """`precedes = ["talks.when"]`: dates, of a list's item those of the item at hand."""
    scope = names.scope(per)
    for index, name in table.placed_words("precedes"):
        if name not in scope or scope[name].type not in DATES:
            dates = [fact.name for fact in scope.values() if fact.type in DATES]
            what = f"「{name}」不是一项日期"
            table.report.add("P-FACT-UNKNOWN", table.where("precedes", index), what, meant(name, dates))
    return table.words("precedes")


def _refers(table: Table) -> Mapping[str, str]:
    """`refers = { notice = "D-04" }`: the template prints `refs.notice_number`, `_title` and `_date`."""
    refers = table.mapping("refers")
    return {name: refers.text(name) for name in refers.data}


def _cites(table: Table, names: Names) -> Mapping[str, tuple[Citation, ...]]:
    cites = table.mapping("cites")
    return {name: citations_of(cites, name, names) for name in cites.data}


def check_kinds(kinds: list[tuple[Table, Kind]]) -> None:
    """Codes differ; what a document follows is a document, and not in a circle."""
    unique([table for table, _ in kinds], "code", "文书代码")
    follows = {kind.code: kind.follows for _, kind in kinds}
    for table, kind in kinds:
        for name, code in kind.refers.items():
            known(table, ("refers", name), code, follows, "DOCUMENT")
        if kind.follows and known(table, ("follows",), kind.follows, follows, "DOCUMENT"):
            chain = [kind.code]
            while (before := follows.get(chain[-1], "")) and before not in chain:
                chain.append(before)
            if before == kind.code:
                what = f"「follows」绕成一圈：{' → '.join([*chain, before])}"
                table.wrong("P-VALUE", "follows", what, "其中一份应当先做，删去它的 follows")
