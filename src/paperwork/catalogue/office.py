"""bureau.toml, people.toml, matters.toml, competence.toml and calendar/: who the bureau is and what is its business."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from paperwork.catalogue.machines import read_cluster, read_sharing, without_secret
from paperwork.catalogue.naming import DATES, Names, citations_of, fact_at, known
from paperwork.catalogue.sheets import Sheet, Table, meant, unique
from paperwork.model import (
    Calendar,
    Citation,
    Competence,
    Desk,
    MatterType,
    Officer,
    Organ,
    Role,
    Series,
    Settings,
)

# Those without a number must be set; the others came later, and an older office works with these.
THRESHOLDS: Mapping[str, int | None] = {
    "lookback_years": None,
    "time_bar_years": None,
    "time_bar_years_grave": None,
    "collective_fine_floor": None,
    "trigger_complaints": None,
    "trigger_days": None,
    "observation_months": None,
    "hearing_person": None,
    "hearing_unit": None,
    "spot_person": None,
    "spot_unit": None,
    "individual_business_as_person": None,
    "penalty_history_years": 2,
    "minor_fine_ceiling": 5_000_000,
    "minor_days": 30,
    "seal_register": 0,
}
_POWERS: tuple[Literal["own", "transfer", "remind_only"], ...] = ("own", "transfer", "remind_only")
_MAY = ("record", "void")
# What no folder may be called on Windows, where the outbox may well lie.
_NOT_IN_FOLDERS = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$')


# ── bureau.toml ───────────────────────────────────────────────────────────────────────────────────────


def read_settings(table: Table) -> Settings:
    """bureau.toml → Settings."""
    bureau = table.text("bureau")
    if not re.fullmatch(r"[A-Z0-9]{1,12}", bureau):
        table.wrong("P-VALUE", "bureau", f"单位代码「{bureau}」不合要求", "用一至十二个大写英文字母或者数字")
    thresholds = table.mapping("thresholds")
    settings = Settings(
        bureau=bureau,
        organ=_organ(table.mapping("org")),
        series=_series(table.mapping("numbers")),
        thresholds={name: thresholds.integer(name, usual) for name, usual in THRESHOLDS.items()},
        ledger=without_secret(table, "ledger", "账册"),
        settle_seconds=table.number("settle_seconds", 2.0),
        sharing=read_sharing(table.mapping("files")),
        pdf=table.flag("pdf"),
        units=table.words("units"),
        cluster=read_cluster(table.mapping("cluster")),
    )
    thresholds.close()
    table.close()
    return settings


def _organ(org: Table) -> Organ:
    organ = Organ(
        name=org.text("name"),
        uscc=org.text("uscc", ""),
        address=org.text("address"),
        phone=org.text("phone"),
        reviewing_government=org.text("reviewing_government"),
        court=org.text("court"),
        office=org.text("office", ""),
        review_online=org.text("review_online", ""),
        policy_title=org.text("policy_title", ""),
        policy_number=org.text("policy_number", ""),
        payment=org.text("payment", ""),
    )
    org.close()
    return organ


def _series(numbers: Table) -> Mapping[str, Series]:
    series: dict[str, Series] = {}
    patterns: dict[str, str] = {}
    for name, table in numbers.named():
        pattern = table.text("pattern")
        if pattern and sorted(re.findall(r"\{[^}]*\}", pattern)) != ["{Y}", "{n}"]:
            what = f"编号格式「{pattern}」中 {{Y}} 和 {{n}} 应当各有一个，不能有别的括号项"
            table.wrong("P-PATTERN", "pattern", what, "例如 立字〔{Y}〕{n}号")
        elif pattern in patterns:
            what = f"编号格式与「{patterns[pattern]}」相同，会编出重号"
            table.wrong("P-DUPLICATE", "pattern", what, "每个序列用不同的格式")
        patterns.setdefault(pattern, name)
        series[name] = Series(name, pattern, _start(table.mapping("start")))
        table.close()
    return series


def _start(table: Table) -> Mapping[int, int]:
    start: dict[int, int] = {}
    for year in table.data:
        last = table.integer(year)
        if re.fullmatch(r"20\d\d", year):
            start[int(year)] = last
        else:
            table.wrong("P-VALUE", year, f"「{year}」不是年份", "写成 start = { 2026 = 2 }：年份 = 已经编到的号")
    return start


# ── people.toml ───────────────────────────────────────────────────────────────────────────────────────


def read_people(table: Table, names: Names) -> tuple[tuple[Officer, ...], tuple[Role, ...], tuple[Desk, ...]]:
    """people.toml → the officers, the roles, and who may do what at the command line."""
    officers = tuple(_officer(entry) for entry in table.tables("officer"))
    unique(table.tables("officer"), "cert_no", "执法证号")
    roles = tuple(_role(entry, names) for entry in table.tables("role"))
    roles += tuple(role for entry in table.tables("delegation") for role in _delegated(entry, roles, names))
    desks = tuple(_desk(entry) for entry in table.tables("desk"))
    table.close()
    return officers, roles, desks


def _desk(table: Table) -> Desk:
    may = table.placed_words("may", True)
    for index, what in may:
        if what not in _MAY:
            table.report.add("P-VALUE", table.where("may", index), f"「may」不能写「{what}」", meant(what, _MAY))
    desk = Desk(table.text("user"), tuple(what for _, what in may))
    table.close()
    return desk


def _officer(table: Table) -> Officer:
    officer = Officer(
        name=table.text("name"),
        cert_no=table.text("cert_no"),
        unit=table.text("unit"),
        valid_from=table.must_day("valid_from"),
        valid_to=table.must_day("valid_to"),
    )
    if officer.valid_to < officer.valid_from and "valid_to" in table.data:
        table.wrong("P-DATES", "valid_to", "执法证有效期止早于有效期起", "请核对执法证")
    table.close()
    return officer


def _role(table: Table, names: Names) -> Role:
    step = table.text("step")
    if step:
        known(table, ("step",), step, names.steps, "STEP")
    since = table.must_day("since")
    role = Role(step, table.text("person"), since, table.span()[1], table.words("users"))
    table.close()
    return role


def _delegated(table: Table, roles: Iterable[Role], names: Names) -> Iterable[Role]:
    """[[delegation]]: who stands in for whom, in which steps and for which days; never longer than the other's role."""
    person, absent = table.text("person"), table.text("for")
    steps, users = table.placed_words("steps", True), table.words("users")
    for index, step in steps:
        known(table, ("steps", index), step, names.steps, "STEP")
    since, until = table.must_day("since"), table.must_day("until")
    table.close()
    held = [role for role in roles if role.person == absent and role.step in [step for _, step in steps]]
    if not held:
        table.wrong("P-VALUE", "for", f"「{absent}」没有这些审批环节", "核对姓名和环节：只能代理本人担任的环节")
    for role in held:
        first, last = max(since, role.since), min(until, role.until or until)
        if first <= last:
            yield Role(role.step, person, first, last, users, absent)


# ── matters.toml, competence.toml ─────────────────────────────────────────────────────────────────────


def read_matters(table: Table, names: Names) -> Mapping[str, MatterType]:
    """matters.toml → the types of matter by id."""
    matters: dict[str, MatterType] = {}
    letters: dict[str, str] = {}
    for name, entry in table.named():
        matter = MatterType(
            id=name,
            label=entry.text("label"),
            letters=entry.text("letters"),
            series=entry.text("series", ""),
            year_from=fact_at(entry, "year_from", names, DATES),
            folder=entry.text("folder", ""),
            follows_party=entry.flag("follows_party"),
        )
        if matter.letters and not re.fullmatch(r"[A-Z]{2}", matter.letters):
            entry.wrong("P-VALUE", "letters", f"「{matter.letters}」不能写进编号", "用两个大写英文字母，例如 LA")
        if matter.letters in letters:
            what = f"字母「{matter.letters}」与「{letters[matter.letters]}」相同"
            entry.wrong("P-DUPLICATE", "letters", what, "每种事项用不同的字母")
        letters.setdefault(matter.letters, name)
        if matter.series:
            known(entry, ("series",), matter.series, names.series, "SERIES")
        if _NOT_IN_FOLDERS.search(matter.folder):
            advice = '不要用 / \\ : * ? " < > |，不要以点开头，不要以点或者空格结尾'
            entry.wrong("P-VALUE", "folder", f"「{matter.folder}」不能作文件夹名", advice)
        entry.close()
        matters[name] = matter
    return matters


def read_competence(table: Table, names: Names) -> tuple[Mapping[str, Competence], Mapping[Citation, Competence]]:
    """competence.toml → industry → whose business it is; and provision → who alone may punish by it."""
    found: dict[str, Competence] = {}
    for entry in table.tables("competence"):
        power = entry.one_of("power", _POWERS)
        competence = Competence(entry.text("industry"), power, entry.text("to", ""), entry.text("note", ""))
        if power == "transfer" and not competence.to:
            entry.wrong("P-KEY-MISSING", "", "移送的行业没有写「to」", '写明有权的机关，例如 to = "出版主管部门"')
        entry.close()
        found[competence.industry] = competence
    unique(table.tables("competence"), "industry", "行业")
    articles: dict[Citation, Competence] = {}
    for entry in table.tables("provision"):
        other = Competence("", entry.one_of("power", _POWERS[1:]), entry.text("to"), entry.text("note", ""))
        articles |= dict.fromkeys(citations_of(entry, "basis", names), other)
        entry.close()
    table.close()
    return found, articles


# ── calendar/<year>.toml ──────────────────────────────────────────────────────────────────────────────


def read_calendar(sheet: Sheet, table: Table) -> Calendar:
    """One year's notice of the State Council. Ranges of `rest` include both ends."""
    year = table.integer("year", least=2000)
    stem = sheet.name.rpartition("/")[2].removesuffix(".toml")
    if year and str(year) != stem:
        table.wrong("P-CALENDAR", "year", f"年份 {year} 与文件名「{stem}.toml」不一致", "请改正一处")
    rest = frozenset(day for index, pair in enumerate(table.array("rest")) for day in _range(table, index, pair, year))
    work = frozenset(_work(table, rest, year))
    calendar = Calendar(year, rest, work, table.text("source"))
    table.close()
    return calendar


def _range(table: Table, index: int, pair: object, year: int) -> Iterable[dt.date]:
    where = table.where("rest", index)
    if not isinstance(pair, list) or len(pair) != 2 or not all(type(day) is dt.date for day in pair):
        advice = "例如 [2026-01-01, 2026-01-03]；只放一天的写两次"
        table.report.add("P-CALENDAR", where, "放假日期应当写成 [起, 止]", advice)
        return ()
    first, last = pair
    if last < first:
        table.report.add("P-CALENDAR", where, f"放假止日 {last} 早于起日 {first}", "请按国务院办公厅的通知核对")
        return ()
    if first.year != year or last.year != year:
        what = f"{first} 至 {last} 不全在{year}年之内"
        table.report.add("P-CALENDAR", where, what, "跨年的假期分写在两年的文件里")
        return ()
    return (first + dt.timedelta(days) for days in range((last - first).days + 1))


def _work(table: Table, rest: frozenset[dt.date], year: int) -> Iterable[dt.date]:
    for index, day in enumerate(table.array("work")):
        where = table.where("work", index)
        if type(day) is not dt.date or day.year != year:
            table.report.add("P-CALENDAR", where, f"「{day}」不是{year}年的日期", "例如 2026-01-04，不加引号")
        elif day.weekday() < 5 or day in rest:
            what = f"{day} 不是周末" if day.weekday() < 5 else f"{day} 已经列为放假"
            table.report.add("P-CALENDAR", where, what, "work 只写调休上班的周末日")
        else:
            yield day
