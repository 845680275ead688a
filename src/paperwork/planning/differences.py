"""Where the form asks for one thing and the policy says another: shown, never followed in silence (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paperwork.model import Facts, Finding, Measure
from paperwork.planning.sight import Sight


def differences(sight: Sight, facts: Facts, judged: Sequence[Measure]) -> tuple[Finding, ...]:
    """Warnings of a submission that proposes something: measure, ground, and the claim of a first offence."""
    proposed = {"measure_requested", "no_penalty.ground", "no_penalty.first_offence"}
    if not proposed & set(sight.submission.facts):
        return ()
    return (*_measure(sight, facts, judged), *_ground(facts, judged), *_first_offence(facts))


def _measure(sight: Sight, facts: Facts, judged: Sequence[Measure]) -> Iterator[Finding]:
    wish = facts.get("measure_requested")
    concluded = [m for m in judged if m.fired and m.terminal]
    if not wish or not concluded or any(m.measure == wish for m in judged if m.fired):
        return
    asked = sight.catalogue.measures.get(str(wish), str(wish))
    said = concluded[0]
    message = f"拟采取措施是「{asked}」，规则结论是 {said.rule}「{said.label}」，两者不同；由审批人决定"
    yield Finding("W-MEASURE", message, "measure_requested", "「拟采取措施」一栏", asked, said.label, "warning")


def _ground(facts: Facts, judged: Sequence[Measure]) -> Iterator[Finding]:
    claimed = facts.get("no_penalty.ground")
    said = next((m.params["ground"] for m in judged if m.fired and "ground" in m.params), "")
    if claimed and said and claimed != said:
        message = f"不予处罚的情形填的是「{claimed}」，规则适用的是「{said}」，文书按规则引用法条"
        yield Finding("W-GROUND", message, "no_penalty.ground", "「不予处罚的情形」一栏", str(claimed), said, "warning")


def _first_offence(facts: Facts) -> Iterator[Finding]:
    if facts.get("no_penalty.first_offence") is True and facts.get("first_offence") is False:
        message = "填的是初次违法，但本机关案件台账有回溯期内的记录，不能按初次违法处理"
        yield Finding("W-FIRST", message, "no_penalty.first_offence", "「是否初次违法」一栏", "是", "否", "warning")
