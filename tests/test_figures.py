"""Every figure counted a second time, in another way: from what was thrown, not from what the program made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

import figured
from figured import SINCE, TODAY, UNTIL, Thrown, world
from paperwork import counting, periods, spans
from paperwork.ledger import Figures
from paperwork.summary.reckoning import Reckoned, reckon
from samples import shipped

Q2 = spans.parse("2026Q2")


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    with figured.written(tmp_path_factory.mktemp("figures")) as ledger, ledger.figures() as opened:
        yield opened


@pytest.fixture(scope="module")
def now(look: Figures) -> Reckoned:
    return reckon(look, shipped(), Q2, today=TODAY)


def of(type_: str) -> list[Thrown]:
    return [made for made in world() if made.type == type_]


def here(day: Any) -> bool:
    return isinstance(day, dt.date) and SINCE <= day <= UNTIL


def many(type_: str, when: str, holds: Callable[[dict[str, Any]], Any] = lambda told: True) -> int:
    """How many matters of this type have this day in the quarter, and what holds."""
    return sum(here(made.told[when]) and bool(holds(made.told)) for made in of(type_))


def total(type_: str, when: str, amount: Callable[[dict[str, Any]], int | None], holds: Any = lambda told: True) -> int:
    return sum(amount(m.told) or 0 for m in of(type_) if here(m.told[when]) and holds(m.told))


def parties(type_: str, when: str, holds: Any = lambda told: True) -> set[str]:
    return {made.party for made in of(type_) if here(made.told[when]) and holds(made.told)}


def ended(*ends: str) -> Callable[[dict[str, Any]], bool]:
    return lambda told: told["standing"] and told["end"] in ends


def hinted(code: str) -> int:
    return many("guidance", "hinted", lambda told: told["hint"][1] == code)


def after(day: dt.date, workdays: int) -> dt.date:
    return periods.add_workdays(day, workdays, shipped().calendars)


def kept(type_: str, start: str, met: str, until: Callable[[dt.date], dt.date], holds: Any = lambda told: True) -> list[bool]:
    """Of every period that ends in the quarter, whether it was kept."""
    told = [m.told for m in of(type_) if m.told[start] and holds(m.told) and here(until(m.told[start]))]
    return [bool(one[met]) and one[met] <= until(one[start]) for one in told]


def workdays(first: dt.date, last: dt.date) -> int:
    return periods.workdays_between(first, last, shipped().calendars)


def in90() -> list[bool]:
    return kept("case", "filed", "on", lambda day: day + dt.timedelta(days=90))


def served() -> list[bool]:
    return kept("case", "on", "served", lambda day: after(day, 7), lambda told: told["end"] in ("fined", "spared"))


def shown() -> list[bool]:
    return kept("case", "on", "published", lambda day: after(day, 7), lambda told: told["end"] == "fined")


def answered() -> list[bool]:
    first = [{**m.told, "first": min(filter(None, (m.told["accepted"], m.told["answered"])), default=None)} for m in of("repair")]
    due = [one for one in first if here(after(one["asked"], 3))]
    return [bool(one["first"]) and one["first"] <= after(one["asked"], 3) for one in due]


def repaired() -> list[bool]:
    return kept("repair", "accepted", "answered", lambda day: after(day, 7))


def random_shown() -> list[bool]:
    return kept("check", "on", "published", lambda day: after(day, 20))


def reminded() -> list[tuple[dt.date, bool]]:
    """(last day, done by then) of each duty that a reminder was issued for."""
    duties = [m.told for m in of("guidance") if m.told["hint"][1] == "D-02c" and here(m.told["until"])]
    return [(one["until"], one["is_done"] and one["done"] <= one["until"]) for one in duties]


def standing(kinds: tuple[str, ...]) -> int:
    begun = [m.told for m in of("observation") if m.told["kind"] in kinds and m.told["set"] <= UNTIL]
    return sum(not any(one[end] and one[end] <= UNTIL for end in ("closed", "harmed")) for one in begun)


def overdue() -> int:
    watched = [m.told for m in of("observation") if m.told["kind"] != "key" and here(m.told["end"])]
    return sum(not (one["closed"] and one["closed"] <= one["end"]) for one in watched)


def spread() -> Decimal:
    alike: dict[tuple[str, bool], list[int]] = {}
    for made in of("case"):
        told = made.told
        if told["end"] == "fined" and told["standing"] and told["fine"] and here(told["on"]):
            alike.setdefault((told["step"], bool(told["floor"])), []).append(told["fine"])
    # the provision is the same for all; what it fines at least is no part of it
    steps: dict[str, list[int]] = {}
    for (step, _), fines in alike.items():
        steps.setdefault(step, []).extend(fines)
    return tenth(max(Decimal(max(f)) / min(f) for f in steps.values() if len(f) > 1))


def tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def first_over() -> set[str]:
    return {m.party for m in of("case") if ended("spared")(m.told) and m.told["rule"] == figured.FIRST
            and here(periods.add_months(m.told["on"], 12))}  # fmt: skip


def again() -> set[str]:
    """The one earlier decision that is thrown is of 2 May 2025: its year ends on 2 May 2026."""
    over = dt.date(2026, 5, 2)
    cases = [m for m in of("case") if m.told["spared_before"] and here(over)]
    return {m.party for m in cases if m.told["spared_before"] <= m.told["filed"] <= over}


DECIDED = ended("spared", "fined")
FINED = ended("fined")
def claims() -> list[bool]:
    return kept("guidance", "pushed", "claimed", lambda day: after(day, 5))


def requests() -> list[bool]:
    return kept("affair", "asked", "replied", lambda day: after(day, 5))


AGAIN: dict[str, Callable[[], Any]] = {
    "R-05": lambda: many("guidance", "shown", lambda t: t["shown_as"] != "media"),
    "R-05b": lambda: total("guidance", "shown", lambda t: t["people"], lambda t: t["shown_as"] != "media"),
    "R-05c": lambda: many("guidance", "shown", lambda t: t["shown_as"] == "media"),
    "R-06b": lambda: hinted("D-02c"), "R-06d": lambda: hinted("D-02a"), "R-06g": lambda: hinted("D-02g"),
    "R-06a": lambda: hinted("D-02b"), "R-06c": lambda: hinted("D-02d"), "R-06f": lambda: hinted("D-02e"),
    "R-06e": lambda: hinted("D-02f"), "R-06x": lambda: many("guidance", "informed"),
    "R-06": lambda: many("guidance", "hinted"),
    "R-02": lambda: many("affair", "met"), "R-09": lambda: many("guidance", "told_twice"),
    "R-09n": lambda: len(claims()), "R-09t": lambda: sum(claims()),
    "R-31": lambda: len(parties("guidance", "model")), "R-35": lambda: many("affair", "replied"),
    "R-35n": lambda: len(requests()), "R-35t": lambda: sum(requests()), "R-14q": lambda: many("case", "banned"),
    "R-06n": lambda: len(reminded()), "R-06t": lambda: sum(done for _, done in reminded()),
    "R-07": lambda: many("guidance", "advised"), "R-07b": lambda: many("guidance", "hinted", lambda t: t["warned"]),
    "R-07n": lambda: many("guidance", "checked", lambda t: t["of_advice"]),
    "R-07a": lambda: many("guidance", "checked", lambda t: t["of_advice"] and t["result"] == "done"),
    "R-08": lambda: many("guidance", "talk", lambda t: t["held"]),
    "R-08a": lambda: many("guidance", "talk", lambda t: t["held"] and t["talk_kind"] == "guidance"),
    "R-08b": lambda: many("guidance", "talk", lambda t: t["held"] and t["talk_kind"] == "responsibility"),
    "R-08c": lambda: many("guidance", "talk", lambda t: t["held"] and t["talk_kind"] == "repair"),
    "R-08x": lambda: many("guidance", "talk", lambda t: not t["held"]), "R-08n": lambda: many("guidance", "talk"),
    "R-04": lambda: many("guidance", "hinted") + many("guidance", "advised") + many("guidance", "talk", lambda t: t["held"]),
    "R-16n": lambda: many("case", "due"), "R-16a": lambda: many("case", "due", lambda t: t["mended"]),
    "R-16c": lambda: many("case", "mended"),
    "R-16d": lambda: total("case", "mended", lambda t: (t["mended"] - t["asked"]).days),
    "R-16e": lambda: many("guidance", "checked", lambda t: t["result"] == "done"),
    "R-16f": lambda: many("guidance", "checked", lambda t: t["result"] != "done"),
    "R-16g": lambda: many("guidance", "checked"),
    "R-17c": lambda: many("repair", "asked", lambda t: t["promised"]),
    "R-03": lambda: many("case", "filed"), "R-25a": lambda: many("case", "filed", lambda t: t["channel"] == "online"),
    "R-10": lambda: many("case", "on", ended("spared")), "R-13": lambda: many("case", "on", FINED),
    "R-10m": lambda: total("case", "on", lambda t: t["floor"], ended("spared")) // 100,
    "R-13h": lambda: many("case", "on", lambda t: FINED(t) and t["grave"]),
    "R-13m": lambda: Decimal(total("case", "on", lambda t: t["fine"], FINED)) / 100,
    "R-11a": lambda: many("case", "on", lambda t: FINED(t) and t["depth"] == "lighter"),
    "R-11b": lambda: many("case", "on", lambda t: FINED(t) and t["depth"] == "reduced"),
    "R-11": lambda: many("case", "on", lambda t: FINED(t) and t["depth"] != "ordinary"),
    "R-03w": lambda: many("case", "on", ended("withdrawn")),
    "R-14": lambda: many("case", "on", ended("transferred", "crime")), "R-14c": lambda: many("case", "on", ended("crime")),
    "R-14l": lambda: many("lead", "sent"), "R-03c": lambda: many("case", "mended_and_closed"), "R-03b": lambda: many("case", "on") + many("case", "mended_and_closed"), "R-26": spread,
    "R-37n": lambda: len(first_over()), "R-37a": lambda: len(again()),
    "R-30n": lambda: many("case", "on", DECIDED), "R-30a": lambda: many("case", "on", lambda t: DECIDED(t) and t["reviewed"]),
    "R-30m": lambda: many("case", "on", lambda t: FINED(t) and (t["grave"] or t["depth"] == "reduced" or t["complex"])),
    "R-30b": lambda: many("case", "on", lambda t: FINED(t) and t["discussed"] and (t["grave"] or t["depth"] == "reduced" or t["complex"])),
    "R-30dn": lambda: len(in90()), "R-30dt": lambda: sum(in90()), "R-30dx": lambda: len(in90()) - sum(in90()),
    "R-30en": lambda: len(served()), "R-30et": lambda: sum(served()), "R-30ex": lambda: len(served()) - sum(served()),
    "R-15": lambda: many("case", "published"), "R-15w": lambda: many("case", "withdrawn"),
    "R-15dn": lambda: len(shown()), "R-15dt": lambda: sum(shown()), "R-15dx": lambda: len(shown()) - sum(shown()),
    "R-17a": lambda: many("repair", "asked"), "R-17b": lambda: many("repair", "accepted"),
    "R-17d": lambda: many("repair", "answered", lambda t: t["result"] == "repair_granted"),
    "R-17h": lambda: many("repair", "answered"),
    "R-17k": lambda: total("repair", "answered", lambda t: workdays(t["accepted"], t["answered"])),
    "R-17en": lambda: len(answered()), "R-17et": lambda: sum(answered()), "R-17ex": lambda: len(answered()) - sum(answered()),
    "R-17fn": lambda: len(repaired()), "R-17ft": lambda: sum(repaired()), "R-17fx": lambda: len(repaired()) - sum(repaired()),
    "R-17v": lambda: many("repair", "false"),
    "R-20": lambda: len(parties("case", "filed", lambda t: t["new"])
                        | parties("observation", "set", lambda t: t["new"] and t["kind"] != "key")),
    "R-21": lambda: len(parties("observation", "set", lambda t: t["kind"] != "key")),
    "R-21s": lambda: standing(("observation", "tolerance")), "R-24s": lambda: standing(("key",)),
    "R-21a": lambda: len(parties("observation", "closed", lambda t: t["became"] == "rules")),
    "R-21b": lambda: len(parties("observation", "closed", lambda t: t["became"] == "enforcement")),
    "R-21h": lambda: len(parties("observation", "harmed")), "R-21x": overdue, "R-24": lambda: len(parties("observation", "set", lambda t: t["kind"] == "key")),
    "R-23": lambda: many("observation", "answered"), "R-28": lambda: many("observation", "answered"),
    "R-23d": lambda: total("observation", "answered", lambda t: (t["answered"] - t["hit"]).days),
    "R-22": lambda: many("rule", "on"), "R-29n": lambda: many("rule", "on", lambda t: t["major"]),
    "R-29a": lambda: many("rule", "on", lambda t: t["major"] and t["argued"]),
    "R-38b": lambda: many("case", "inspected"), "R-38a": lambda: 3 * many("case", "inspected"),
    "R-32n": lambda: len(parties("case", "inspected")),
    "R-18t": lambda: len({m.told["task"] for m in of("check") if here(m.told["on"])}), "R-18": lambda: many("check", "on"),
    "R-18p": lambda: many("check", "on", lambda t: t["found"]),
    "R-18n": lambda: len(random_shown()), "R-18o": lambda: sum(random_shown()),
    "R-18x": lambda: len(random_shown()) - sum(random_shown()),
}  # fmt: skip
"""Figure → the same once more."""


@pytest.mark.clauses("G-04", "W-01", "G-06", "G-07", "G-10", "G-13", "B-03", "B-04", "W-03", "K-01")
def test_every_figure_is_what_a_second_count_in_another_way_finds(now: Reckoned) -> None:
    figures = shipped().figures
    plain = {f for f, known in figures.items() if not known.is_ratio and f not in now.waiting}
    assert plain - AGAIN.keys() == set(), "no second count"
    assert {f: now.number(f) for f in AGAIN if f in plain} == {f: count() for f, count in AGAIN.items() if f in plain}


def test_every_figure_has_something_to_count_here(now: Reckoned) -> None:
    silent = {f for f, count in AGAIN.items() if f not in now.waiting and not count()}
    assert silent == set()


def test_a_ratio_is_its_two_sides_and_a_mean_is_days_by_cases(now: Reckoned) -> None:
    for figure, known in shipped().figures.items():
        sides = now.sides(figure)
        if sides is None or not sides[1]:
            continue
        parts = [sum(AGAIN[f]() for f in side) for side in (known.numerator, known.denominator)]
        assert list(sides) == parts, figure
        assert now.number(figure) == tenth(Decimal(parts[0]) * (1 if known.mean else 100) / parts[1]), figure
    assert now.told("R-16m") == str(now.number("R-16m")) and now.told("R-16").endswith("%")


def test_every_cut_of_a_figure_sums_to_it(now: Reckoned) -> None:
    for figure, known in shipped().figures.items():
        if known.adds and figure not in now.waiting:
            for part in ("month", "industry", "unit", "ground"):
                assert sum(now.by(figure, part).values()) == now.count(figure), (figure, part)


def test_what_nothing_feeds_says_why_and_is_no_number(now: Reckoned) -> None:
    assert now.waiting
    for figure, why in counting.waiting(shipped()).items():
        assert now.number(figure) is None and now.told(figure) == "—"
        assert len(why) > 8, (figure, why)


def test_what_falls_due_later_is_late_no_earlier(look: Figures) -> None:
    early = reckon(look, shipped(), Q2, today=dt.date(2026, 5, 10))
    due = [m.told["filed"] + dt.timedelta(days=90) for m in of("case")]
    assert early.count("R-30dn") == sum(SINCE <= day <= dt.date(2026, 5, 10) for day in due)


def test_what_stands_is_told_of_one_unit_too_and_listed_with_its_beginnings_and_ends(look: Figures) -> None:
    for unit in ("一中队", "二中队"):
        one = reckon(look, shipped(), Q2, unit, TODAY)
        begun = [m.told for m in of("observation") if m.unit == unit and m.told["kind"] == "key" and m.told["set"] <= UNTIL]
        assert one.count("R-24s") == sum(not (t["closed"] and t["closed"] <= UNTIL) for t in begun)
        rows = [row for row in look.listed(one.scope, ["R-24s"]) if not row.why]
        assert sum(row.amount for row in rows) == one.count("R-24s") and min(row.amount for row in rows) == -1
