"""What a blank says of a column: a line of help, and an answer as it may look."""

from __future__ import annotations

from paperwork.model import Fact
from paperwork.sheetform.columns import Column
from paperwork.sheetform.items import shape

DAY, MOMENT, AMOUNT, COUNT = "2026年7月8日", "2026年7月8日15时10分", "15000.00", "1"
_BY_TYPE = {"date": DAY, "datetime": MOMENT, "money": AMOUNT, "integer": COUNT, "flag": "是"}


def example_of(column: Column) -> str:
    """An answer as it may look; "" where none can be shown."""
    if column.example or column.fact is None or column.kind == "list":
        return column.example
    if column.fact.choices:
        return column.fact.choices[0].label
    return _BY_TYPE.get(column.fact.type, "")


def sample_of(column: Column) -> str:
    """What stands in the row that shows how it is done: where the form gives a whole matter, the answer of that."""
    return example_of(column) if column.sample is None else column.sample


def hint_of(column: Column) -> str:
    """How the column is filled in, in one line or a few."""
    lines = [column.help] if column.help else []
    if column.kind == "list":
        lines.append(f"每行一项（Alt＋Enter 换行），各部分用{_BAR_SAID}隔开：{shape(column)}；没有的填「无」")
        lines += [f"「{part.label}」：{_labels(part.fact)}" for part in column.parts if part.fact.choices]
    elif column.fact is not None:
        said = _kind(column.fact)
        if _SEVERAL in column.help:  # said already
            said = said.removeprefix(f"多项{_SEVERAL}").lstrip("；：")
        lines += [said] if said else []
    return "\n".join(lines)


_BAR_SAID = "竖线｜"
_SEVERAL = "用顿号分开"


def _kind(fact: Fact) -> str:
    if fact.type == "set":
        among = f"：{_labels(fact)}" if fact.choices else ""
        return f"多项{_SEVERAL}{among}；没有的填「无」"
    if fact.type == "datetime":
        return f"写明几时几分，例如 {MOMENT}"
    if fact.type == "money":
        return "单位：元"
    if fact.type in ("choice", "flag"):
        return "从下拉列表选择"
    return "按文本填写，数字不要让 Excel 改成科学计数" if fact.check in ("uscc", "id_no", "cert") else ""


def _labels(fact: Fact) -> str:
    return "、".join(choice.label for choice in fact.choices)
