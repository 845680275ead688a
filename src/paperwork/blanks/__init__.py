"""Blanks: from a form's definition to the file that a clerk fills in. One module per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from paperwork.blanks import docx, pdf, xlsx
from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.model import Fact, Form

Builder = Callable[[Form, Mapping[str, Fact], Prefilled], bytes]

BUILDERS: dict[str, Builder] = {"docx": docx.build, "xlsx": xlsx.build, "pdf": pdf.build}
"""Format → what builds it. A new format is a module beside `docx` and one entry here."""


def build(format: str, form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form` as a file of `format`. KeyError for a format that nothing here builds."""
    return BUILDERS[format](form, facts, prefilled)


__all__ = ["BUILDERS", "EMPTY", "Builder", "Prefilled", "build", "docx", "pdf", "xlsx"]
