"""Blanks: from a form's definition to the file that a clerk fills in. One module per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from paperwork.blanks.prefilled import EMPTY, Prefilled
from paperwork.model import Fact, Form

Builder = Callable[[Form, Mapping[str, Fact], Prefilled], bytes]

BUILDERS = ("docx", "xlsx", "pdf")
"""The formats: each is a module of this room with a `build`, loaded when one is built."""


def build(format: str, form: Form, facts: Mapping[str, Fact], prefilled: Prefilled = EMPTY) -> bytes:
    """The blank of `form` as a file of `format`. KeyError for a format that nothing here builds."""
    if format not in BUILDERS:
        raise KeyError(format)
    builder: Builder = import_module(f"{__name__}.{format}").build
    return builder(form, facts, prefilled)


__all__ = ["BUILDERS", "EMPTY", "Builder", "Prefilled", "build"]
