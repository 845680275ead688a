"""Words that stand in a sheet and are no answers: heads of our own columns, marks of rows, names of sheets."""

from __future__ import annotations

NUMBER = "行号"
"""Head of the first column, where rows are numbered and marked; it is never read as an answer."""

WHY = "退回原因"
"""Head of the column that says in a returned copy what must be mended; never read."""

HELP, EXAMPLE = "说明", "示例"
"""What the first column says of a row that explains, and of one that shows how it is done."""

HELP_SHEET, FILED_SHEET, CHOICES_SHEET = "填写说明", "已登记的行", "选项"
"""Sheets that hold no rows of the form."""
