"""What no document of the bureau may carry, wherever in the package: macros, links outwards, comments, live fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from paperwork.model import Problem
from paperwork.rendering.charts import Chart
from paperwork.rendering.package import Tree
from paperwork.rendering.wording import W, shortened

_MACROS = re.compile(r"(?i)(vbaproject|vbadata|macroenabled|activex)")
_OBJECTS = re.compile(r"(?i)(oleobject|/embeddings/|afchunk|\.package$)")
_LIVE = re.compile(r"(?i)^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE)\b")
_CLOCK = re.compile(r"(?i)^\s*(DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE|EDITTIME|AUTHOR|USERNAME|FILENAME)\b")


def package_problems(
    types: Mapping[str, str], trees: Mapping[str, Tree], shown: Iterable[Chart]
) -> Iterator[Problem]:
    """Everything of the kind, part by part."""
    ours = {chart.workbook for chart in shown}  # the workbook of a named chart is made anew for each document
    for name, kind in types.items():
        if _MACROS.search(name) or _MACROS.search(kind):
            yield Problem("E-TEMPLATE-MACRO", name, "模板含有宏或者控件", "请另存为不含宏的 Word 文档（.docx）")
        elif _OBJECTS.search(f"/{name}") and name not in ours:
            yield Problem("E-TEMPLATE-OBJECT", name, "模板嵌有其他文件", "请删除嵌入的对象")
        elif kind.endswith("wordprocessingml.comments+xml") and len(trees.get(name, ())):
            yield Problem("E-TEMPLATE-COMMENT", name, "模板中有批注", "请删除全部批注")
    for name, tree in trees.items():
        if name.endswith(".rels"):
            yield from _links(name, tree)
        else:
            yield from _fields(name, tree)


def _links(name: str, tree: Tree) -> Iterator[Problem]:
    for relation in tree:
        if relation.get("TargetMode") == "External":
            what = f"模板链接到外部：{shortened(relation.get('Target', ''))}"
            yield Problem("E-TEMPLATE-LINK", name, what, "请取消超链接，图片请嵌入，并断开附加的模板")


def _fields(name: str, tree: Tree) -> Iterator[Problem]:
    codes = [element.text or "" for element in tree.iter(f"{W}instrText")]
    codes += [element.get(f"{W}instr", "") for element in tree.iter(f"{W}fldSimple")]
    for code in codes:
        if _LIVE.search(code):
            yield Problem("E-TEMPLATE-LINK", name, f"模板含有引用外部内容的域：{shortened(code)}", "请删除该域")
        elif _CLOCK.search(code):
            what = f"模板含有随打开时间或者使用人变化的域：{shortened(code)}"
            yield Problem("E-TEMPLATE-FIELD", name, what, "日期请用 {{ doc.date }} 打印")
