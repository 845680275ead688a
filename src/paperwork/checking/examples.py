"""Examples held against what came of them: measures, findings, and the words of the rendered paper."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from paperwork import catalogue, readers, rendering
from paperwork.checking.playing import Played, play
from paperwork.errors import OfficeError
from paperwork.model import Catalogue, Example, Finding, Problem, Template
from paperwork.templates import Templates

_STATUS = {"fired": "成立", "unmet": "不成立", "unknown": "待定", "outranked": "未轮到", "refused": "被否决"}


Told = Callable[[int, int], None]
"""Is told how many examples have been played, and of how many."""
Printed = dict[str, tuple[str, ...]]
"""Example (its file) → the lines that its papers print."""


def example_problems(
    known: Catalogue, wrong: Container[str] = (), told: Told = lambda done, of: None, printed: Printed | None = None
) -> Iterator[Problem]:
    """Of all examples: the mistakes in their files, what does not come out as they say, and kinds without any.

    Kinds that are `wrong` themselves are not played: what ails them has been told. `printed` is filled, if given.
    """
    read = catalogue.read_examples(known)
    yield from read.problems
    templates = Templates(known)
    for done, example in enumerate(read.examples):
        told(done, len(read.examples))
        if example.kind not in wrong:
            yield from held(example, known, templates, printed)
    for kind in known.kinds.values():
        if not any((kind.folder / "examples").glob("*.toml")):
            where = (kind.folder / "examples").relative_to(known.root).as_posix()
            advice = "写一个 examples/某种情形.toml，写明事实和文书里应当有的文字"
            yield Problem("W-EXAMPLE-NONE", where, f"《{kind.title}》没有样例", advice)


def held(
    example: Example, known: Catalogue, templates: Mapping[str, Template], printed: Printed | None = None
) -> Iterator[Problem]:
    """Where the example does not come out as it says. A template that is wrong is told elsewhere."""
    try:
        played = play(example, known, templates)
    except readers.Unreadable as unreadable:
        for finding in unreadable.findings:
            yield Problem("E-EXAMPLE-FACT", example.where, finding.message, "请改正 [facts]")
        return
    except OfficeError:
        return
    findings = list(_findings(example, played))
    yield from findings
    yield from _measures(example, played)
    if not example.findings and not findings:  # what does not come in makes no paper: told once is enough
        texts: list[str] = []
        yield from _papers(example, known, played, templates, texts)
        if printed is not None and texts:
            printed[example.where.partition(":")[0]] = tuple(line for text in texts for line in text.splitlines())


def _findings(example: Example, played: Played) -> Iterator[Problem]:
    expected = {one.value for one in example.findings}
    for finding in played.findings:
        if finding.severity == "error" and finding.code not in expected:
            what = f"样例通不过：{finding.message}（{finding.code}）"
            yield Problem("E-EXAMPLE-FACT", example.where, what, _cure(finding))
    found = {finding.code for finding in played.findings}
    for one in example.findings:
        if one.value not in found:
            near = difflib.get_close_matches(one.value, found, 1, 0.5)
            yield Problem("E-EXAMPLE-FINDING", one.where, f"没有出现问题 {one.value}", _meant(near))


def _cure(finding: Finding) -> str:
    return f"应为：{finding.wanted}" if finding.wanted else "改正 [facts]；确属期望的，写进 [expect] 的 findings"


def _measures(example: Example, played: Played) -> Iterator[Problem]:
    for status, expected in (("fired", example.fires), ("unmet", example.unmet), ("unknown", example.unknown)):
        for one in expected:
            told = [m for m in played.judged if m.rule == one.value]
            if not any(m.status == status for m in told):
                seen = _STATUS[told[0].status] if told else "没有问到（事项类型或者行为日期不在其列）"
                because = [b.condition for m in told[:1] for b in m.because if b.holds is not (status == "fired")]
                advice = f"看这些条件：{'；'.join(because)}" if because else ""
                what = f"规则 {one.value} 应为{_STATUS[status]}，实为{seen}"
                yield Problem("E-EXAMPLE-MEASURE", one.where, what, advice)


def _papers(
    example: Example, known: Catalogue, played: Played, templates: Mapping[str, Template], texts: list[str]
) -> Iterator[Problem]:
    """`texts` takes what the papers say as they go out."""
    title = known.kinds[example.kind].title
    if bool(played.papers or played.drafts) is not example.made:
        what = f"没有作出《{title}》" if example.made else f"作出了《{title}》，本不应作出"
        advice = "核对 kind.toml 的 for、if、per 和样例的 [facts]；期望不作出的，写 made = false"
        yield Problem("E-EXAMPLE-MADE", example.where, what, advice)
        return
    for recipe in (*played.drafts, *played.papers):
        try:
            document = rendering.render(templates[recipe.kind].data, recipe.context)
        except (rendering.MissingFacts, rendering.BadCharacters, OfficeError) as error:
            yield Problem("E-EXAMPLE-RENDER", example.where, f"印不出《{title}》：{_reason(error)}", _completed(error))
            return
        if recipe in (played.papers or played.drafts):
            texts.append(rendering.text_of(document))
    yield from _texts(example, texts)


def _texts(example: Example, texts: Sequence[str]) -> Iterator[Problem]:
    """What the papers say as they go out; of several (two rechecks), one must say it and none may."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    for one in example.contains:
        if not any(one.value in line for line in lines):
            yield Problem("E-EXAMPLE-TEXT", one.where, f"文书里没有「{one.value}」", _nearest(one.value, lines))
    for one in example.lacks:
        found = next((line for line in lines if one.value in line), None)
        if found is not None:
            yield Problem("E-EXAMPLE-TEXT", one.where, f"文书里不应当有「{one.value}」", f"见「{found}」")


def _nearest(text: str, lines: Sequence[str]) -> str:
    """The sentence of the paper that is likest: what was meant, or what has changed."""
    sentences = [piece for line in lines for piece in re.split("(?<=[。；：])", line) if piece]
    return _meant(difflib.get_close_matches(text, sentences, 1, 0.4))


def _meant(near: list[str]) -> str:
    return f"是不是「{near[0].strip()}」？" if near else ""


def _reason(error: Exception) -> str:
    if isinstance(error, rendering.MissingFacts):
        return f"缺少 {'、'.join(error.names)}"
    if isinstance(error, rendering.BadCharacters):
        return f"{'、'.join(error.places)} 有文书不能容纳的字符"
    return str(error)


def _completed(error: Exception) -> str:
    missing = isinstance(error, rendering.MissingFacts)
    return "在 [facts] 下补上，或者在模板里用 {%p if … %} 包住" if missing else getattr(error, "advice", "")
