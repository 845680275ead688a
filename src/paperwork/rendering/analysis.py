"""A template taken apart, once: its parts, the source that docxtpl makes of them, the names it uses, its faults."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from paperwork.errors import TemplateError
from paperwork.model import Problem
from paperwork.rendering.charts import Chart, charts, filled
from paperwork.rendering.hazards import package_problems
from paperwork.rendering.names import full_names, refused, to_depth_two
from paperwork.rendering.package import Parts, Tree, dynamic, is_xml, parsed, types_of, unpacked
from paperwork.rendering.sandbox import Sandbox
from paperwork.rendering.scan import paragraph_problems
from paperwork.rendering.wording import plain

ADVICE = "请检查标记的写法：{{ 名称 }}、{% if 名称 %}…{% endif %}、{% for 项 in 列表 %}…{% endfor %}"


@dataclass(frozen=True)
class Analysis:
    """`sources` are the dynamic parts as Jinja sees them: one paragraph a line, tags whole."""

    parts: Parts
    types: Mapping[str, str]
    sources: Mapping[str, str]
    full: frozenset[str]  # officers[].name
    problems: tuple[Problem, ...]
    charts: tuple[Chart, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*(to_depth_two(full) for full in self.full), *(chart.list for chart in self.charts)})


@lru_cache(maxsize=256)
def analysed(template: bytes) -> Analysis:
    """Kept by the template's bytes. Raises `TemplateError` only for what is no Word document at all."""
    parts = unpacked(template)
    types = types_of(parts)
    trees = {name: parsed(blob, name) for name, blob in parts.items() if is_xml(name)}
    sources: dict[str, str] = {}
    full: set[str] = set()
    shown = charts(trees, parts)
    problems = [*package_problems(types, trees, shown), *_misdrawn(shown)]
    for name in dynamic(types):
        broken = list(paragraph_problems(trees[name], name))
        sources[name] = source(trees[name])
        problems += broken
        # A broken tag makes a syntax error too: told once is enough. Names are gathered all the same.
        unclear = list(_syntax(sources[name], name, full))
        problems += () if broken else unclear
    return Analysis(parts, types, sources, frozenset(full), tuple(problems), shown)


def _misdrawn(shown: tuple[Chart, ...]) -> Iterator[Problem]:
    """Charts whose data no facts could fill."""
    for chart in shown:
        try:
            filled(chart, ())
        except TemplateError as error:
            yield Problem("E-TEMPLATE-CHART", chart.part, str(error), error.advice)


def needs(template: bytes) -> frozenset[str]:
    """The names of the context that a template uses, to depth two: `case.act`, `officers`, `law.violated`.

    A name that is only tested counts. Raises `TemplateError` with every problem when the template is not sound.
    """
    return sound(template).names


def sound(template: bytes) -> Analysis:
    """The analysis of a template without faults; else `TemplateError` with all of them."""
    analysis = analysed(template)
    if analysis.problems:
        told = "；".join(f"{problem.what}（{problem.where}）" for problem in analysis.problems)
        raise TemplateError(f"文书模板有误：{told}", problems=analysis.problems, advice=analysis.problems[0].advice)
    return analysis


def engine() -> DocxTemplate:
    """docxtpl, for its reading of tags, line breaks and tables only; it never opens the template itself."""
    return DocxTemplate(io.BytesIO())


def source(tree: Tree) -> str:
    """docxtpl's source of one part, each paragraph on a line of its own so that line numbers name a place."""
    xml = etree.tostring(tree, encoding="unicode").replace("\n", " ")
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", engine().patch_xml(xml))


def joined(text: str) -> str:
    """What `source` parted into lines, as one line again."""
    return re.sub(r"\n<w:p([ >])", r"<w:p\1", text)


def line_of(text: str, number: int) -> str:
    """The text of the paragraph on that line of a source."""
    lines = text.splitlines()
    return plain(lines[min(max(number, 1), len(lines)) - 1]) if lines else ""


def _syntax(text: str, part: str, full: set[str]) -> Iterator[Problem]:
    """Syntax errors and forbidden means of one part; the names it uses go into `full`."""
    environment = Sandbox()
    try:
        tree: nodes.Template = environment.parse(text)
        environment.compile(tree)
    except TemplateSyntaxError as error:
        where = f"{part}：「{line_of(text, error.lineno)}」"
        yield Problem("E-TEMPLATE-SYNTAX", where, f"标记写法有误：{_told(error.message or '')}", ADVICE)
        return
    for line, what in refused(tree):
        yield Problem("E-TEMPLATE-UNSAFE", f"{part}：「{line_of(text, line)}」", what)
    found = full_names(environment.parse(text))
    if any(name.split(".")[0] == "loop" for name in found):
        where = next((line_of(text, number) for number, line in enumerate(text.splitlines(), 1) if "loop." in line), "")
        what = "loop、{% hm %}、{% vm %} 写在了循环外面，那里的文字会丢失"
        advice = "请写在 {% for … %} 和 {% endfor %} 之间，或者删去"
        yield Problem("E-TEMPLATE-LOOP", f"{part}：「{where}」", what, advice)
    full |= found


_JINJA = (
    (r"^Unexpected end of template\. .*innermost block that needs to be closed is '(\w+)'.*", r"\1 没有写结束标记"),
    (r"^Encountered unknown tag '(\w+)'.*", r"不认识的或者多余的标记 \1"),
    (r"^No (filter|test) named '(\w+)'.*", r"没有名为 \2 的过滤器"),
    (r"^unexpected char (.+) at \d+$", r"不能有字符 \1"),
    (r"^unexpected '(.+)'$", r"多余的 \1"),
)


def _told(message: str) -> str:
    """Jinja's commonest complaints in Chinese; the rest as they are."""
    for pattern, chinese in _JINJA:
        message = re.sub(pattern, chinese, message)
    return message
