"""facts.toml and forms/: what may be asked, and how a form asks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from paperwork import conditions
from paperwork.catalogue.naming import Names, clauses_of, known
from paperwork.catalogue.quoting import PAPER, check_quotes, read_quotes
from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Check, Choice, Fact, FactType, Field, Form, Layout, Place, Section

_TYPES: tuple[FactType, ...] = get_args(FactType)
_PERSONAL: tuple[Literal["", "name", "id", "contact"], ...] = ("", "name", "id", "contact")
_CHECKS: tuple[Check, ...] = get_args(Check)
_MODES: tuple[Literal["sets", "adds"], ...] = ("sets", "adds")
_PLACES: tuple[Place, ...] = get_args(Place)
_FORMATS = ("docx", "xlsx", "pdf", "json")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


# ── facts.toml ────────────────────────────────────────────────────────────────────────────────────────


def read_facts(table: Table, derived: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """facts.toml and the derived facts, by full name; the columns of a list are its `items`, by short name."""
    facts: dict[str, Fact] = {}
    _group(table, "", facts)
    for name, fact in derived.items():
        if name in facts:
            place = name.split(".")
            what = f"「{name}」由系统计算，不能在事实表中定义"
            table.report.add("P-DUPLICATE", table.where(*place), what, "请换一个名称")
        facts[name] = replace(fact, derived=True)
    for name, fact in facts.items():
        if fact.check_if:
            _check_if(table, name, facts)
    check_quotes(table, facts)
    return facts


def _check_if(table: Table, name: str, facts: Mapping[str, Fact]) -> None:
    try:
        conditions.parse(facts[name].check_if, facts)
    except conditions.ConditionError as wrong:
        table.report.add("P-CONDITION", table.where(*name.split("."), "check_if"), str(wrong), "请改正这个条件")


def _group(table: Table, prefix: str, facts: dict[str, Fact]) -> None:
    """A table with a `type` is a fact, any other a group of facts."""
    for short, entry in table.named():
        name = f"{prefix}{short}"
        if not _NAME.fullmatch(short):
            table.wrong("P-VALUE", short, f"「{short}」不能作事实的名称", "用小写英文字母、数字和下划线，以字母开头")
        if "type" in entry.data and not isinstance(entry.data["type"], dict):
            facts[name] = _fact(entry, name)
        elif entry.data and not all(isinstance(value, dict) for value in entry.data.values()):
            entry.wrong("P-KEY-MISSING", "", f"「{name}」缺少「type」", f"可以写：{'、'.join(_TYPES)}")
            facts[name] = _fact(entry, name)
        else:
            _group(entry, f"{name}.", facts)


def _fact(table: Table, name: str) -> Fact:
    type_ = table.one_of("type", _TYPES, "text")
    choices = tuple(_choices(table.mapping("choices")))
    items = dict(_columns(table, name, type_))
    fact = Fact(
        name=name,
        label=table.text("label"),
        type=type_,
        choices=choices,
        aliases=table.words("aliases"),
        key=table.words("key"),
        items=items,
        personal=table.one_of("personal", _PERSONAL, ""),
        silence=table.flag("silence", True),
        check=table.one_of("check", _CHECKS, ""),
        check_if=table.text("check_if", ""),
        avoid=table.words("avoid"),
        names=table.one_of("names", ("", "officers", "staff", "units", "scope"), ""),
        future=table.flag("future"),
        finding=table.text("finding", ""),
        number=table.flag("number"),
        changing=table.flag("changing"),
        grouped=table.text("grouped", ""),
        ordinal=table.flag("ordinal"),
        on_record=table.flag("on_record"),
        example=table.text("example", ""),
        paper=read_quotes(table),
    )
    _fitting(table, fact)
    table.close()
    return fact


def _choices(table: Table) -> Iterable[Choice]:
    labels: set[str] = set()
    for code in table.data:
        label = table.text(code)
        if label in labels:
            table.wrong("P-DUPLICATE", code, f"选项「{label}」写了两次", "选项的文字不能相同")
        labels.add(label)
        yield Choice(code, label)


def _columns(table: Table, name: str, type_: FactType) -> Iterable[tuple[str, Fact]]:
    for short, value in table.data.items():
        if short in ("choices", PAPER) or not isinstance(value, dict):
            continue
        place = Table(table.sheet, table.report, (*table.path, short), value)
        table.know(short)
        if type_ != "list":
            place.wrong("P-FACT-TYPE", "", f"「{name}」不是列表，下面不能再有「{short}」", '列表写 type = "list"')
            continue
        column = _fact(place, f"{name}.{short}")
        if column.type == "list":
            place.wrong("P-FACT-TYPE", "type", "列表的栏目不能又是列表", "多个值用 set")
        if "type" not in value:
            place.wrong("P-KEY-MISSING", "", f"「{name}.{short}」缺少「type」", f"可以写：{'、'.join(_TYPES)}")
        yield short, column


def _fitting(table: Table, fact: Fact) -> None:
    """Keys that only some types may have."""
    if fact.type == "choice" and not fact.choices:
        table.wrong("P-KEY-MISSING", "", f"单选「{fact.name}」没有选项", '补写 choices = { 代码 = "文字" }')
    if fact.choices and fact.type not in ("choice", "set"):
        what = f"「{fact.name}」的类型是 {fact.type}，不能有选项"
        table.wrong("P-FACT-TYPE", "choices", what, "单选用 choice，多选用 set")
    if fact.type == "list" and not fact.items:
        table.wrong("P-KEY-MISSING", "", f"列表「{fact.name}」没有栏目", f"在下面补写 [{fact.name}.…]")
    if fact.grouped and "value" not in fact.items:
        what = f"「{fact.name}」按 key 打印为 {fact.grouped}.…，应当有「value」一栏"
        table.wrong("P-FACT-TYPE", "grouped", what, f"在下面补写 [{fact.name}.value]，或者删去 grouped")
    if fact.key and fact.type != "list":
        table.wrong("P-FACT-TYPE", "key", f"「{fact.name}」不是列表，不能有 key", '列表写 type = "list"')
    elif fact.type == "list" and not fact.key:
        table.wrong("P-KEY-MISSING", "", f"列表「{fact.name}」缺少「key」", "写明凭哪几栏区分各行")
    for index, short in table.placed_words("key") if fact.type == "list" else ():
        if short not in fact.items:
            what = f"列表「{fact.name}」没有「{short}」这一栏"
            table.report.add("P-FACT-UNKNOWN", table.where("key", index), what, meant(short, fact.items))


# ── forms/*/form.toml ─────────────────────────────────────────────────────────────────────────────────


def read_form(table: Table, form_id: str, names: Names) -> Form:
    """forms/<id>/form.toml → Form."""
    opens = table.text("opens", "")
    if opens:
        known(table, ("opens",), opens, names.matters, "MATTER")
    formats = table.placed_words("formats", True)
    for index, name in formats:
        if name not in _FORMATS:
            table.report.add("P-VALUE", table.where("formats", index), f"没有「{name}」这种格式", meant(name, _FORMATS))
    form = Form(
        id=form_id,
        title=table.text("title"),
        version=table.integer("version", least=1),
        opens=opens,
        place=table.one_of("place", _PLACES),
        formats=tuple(name for _, name in formats),
        sections=tuple(_section(section, names) for section in table.tables("section", True)),
        clauses=clauses_of(table, names),
        intro=table.text("intro", ""),
        join_by=_join_by(table, opens, names),
        until=_until(table),
    )
    if form.place == "program" and form.formats != ("json",):
        table.wrong("P-VALUE", "formats", "由系统自己填写的表（program）没有空白表", '改为 formats = ["json"]')
    table.close()
    _asked_once(table)
    return form


def _until(table: Table) -> Mapping[str, str]:
    """`until = { "D-27" = "…" }`: once that paper stands the form is taken no more, and these words say what to do."""
    until = table.mapping("until")
    return {code: until.text(code) for code in until.data}


def _join_by(table: Table, opens: str, names: Names) -> tuple[str, ...]:
    """Facts, or `list.column`, by whose answers the form finds its matter."""
    columns = {column.name: column for fact in names.facts.values() for column in fact.items.values()}
    known_by = {n: f for n, f in {**names.facts, **columns}.items() if f.type == "text" and not f.derived}
    for index, name in table.placed_words("join_by"):
        if name not in known_by:
            what = f"没有「{name}」这项文字事实，不能凭它找事项"
            table.report.add("P-FACT-UNKNOWN", table.where("join_by", index), what, meant(name, known_by))
    if "join_by" in table.data and not opens:
        table.wrong("P-VALUE", "join_by", "不开立事项的表不能写「join_by」", "补写 opens，或者删去 join_by")
    return table.words("join_by")


def _section(table: Table, names: Names) -> Section:
    name = table.text("list", "")
    listed = names.facts.get(name)
    if name and (listed is None or listed.type != "list" or listed.derived):
        lists = [fact.name for fact in names.facts.values() if fact.type == "list" and not fact.derived]
        table.wrong("P-FACT-UNKNOWN", "list", f"没有「{name}」这个列表", meant(name, lists))
        listed = None
    columns: Mapping[str, Fact] = listed.items if listed else {}
    askable = {n: fact for n, fact in names.facts.items() if not fact.derived and fact.type != "list"}
    section = Section(
        title=table.text("title"),
        mode=table.one_of("mode", _MODES),
        fields=_fields(table, "fields", askable, True),
        list=name,
        columns=_fields(table, "columns", columns, bool(listed)),
        common=_fields(table, "common", columns, bool(listed)),
        rows=table.integer("rows", 3, least=1),
        sample=table.text("sample", ""),
        layout=table.one_of("layout", get_args(Layout), "table"),
    )
    _shape(table, section, listed)
    table.close()
    return section


def _shape(table: Table, section: Section, listed: Fact | None) -> None:
    if not section.list:
        for key in ("columns", "common"):
            if key in table.data:
                table.wrong("P-SECTION", key, f"没有写「list」的部分不能有「{key}」", "补写 list = …，或者改用 fields")
        if section.mode == "adds":
            table.wrong("P-SECTION", "mode", "adds 只用于列表", "补写 list = …，或者改用 sets")
        if not section.fields:
            table.wrong("P-SECTION", "", f"「{section.title}」没有栏目", "补写 fields 或者 list 和 columns")
    elif "fields" in table.data:
        table.wrong("P-SECTION", "fields", "列表部分不能有「fields」", "表格以外的栏目另写一个 [[section]]")
    if listed:
        asked = {field.fact for field in (*section.columns, *section.common)}
        lacking = [short for short in listed.key if short in listed.items and short not in asked]
        if lacking:
            what = f"列表「{listed.name}」凭「{'、'.join(lacking)}」区分各行，表中却没有这一栏"
            table.wrong("P-SECTION", "list", what, "在 columns 中补上")


def _fields(table: Table, key: str, facts: Mapping[str, Fact], check: bool) -> tuple[Field, ...]:
    return tuple(_field(entry, facts, check) for entry in table.tables(key))


def _field(table: Table, facts: Mapping[str, Fact], check: bool) -> Field:
    name = table.text("fact")
    if check and name and name not in facts:
        table.wrong("P-FACT-UNKNOWN", "fact", f"没有「{name}」这项可以填写的事实", meant(name, facts))
    own = table.text("example", "")
    field = Field(
        fact=name,
        label=table.text("label", facts[name].label if name in facts else name),
        required=table.flag("required"),
        help=table.text("help", ""),
        example=own or (facts[name].example if name in facts else ""),
        sized=bool(own),
        sample=table.text("sample", ""),
    )
    table.close()
    return field


def _asked_once(form: Table) -> None:
    """One fact, one place: of two answers in one form neither would be the right one."""
    seen: set[str] = set()
    for section in form.tables("section"):
        prefix = f"{section.data.get('list')}." if section.data.get("list") else ""
        for key in ("fields", "columns", "common"):
            for entry in section.tables(key):
                name = prefix + str(entry.data.get("fact"))
                if name in seen:
                    entry.wrong("P-DUPLICATE", "fact", f"「{name}」在本表中问了两次", "请删去一处")
                seen.add(name)
