"""Reads a filled Word form."""

from __future__ import annotations

from collections.abc import Mapping

from paperwork.model import Fact, Form, Raw, RawForm
from paperwork.wordform import Package, content_of, returned_as, survey, which


def read(package: Package, forms: Mapping[str, Form], facts: Mapping[str, Fact]) -> tuple[RawForm, ...]:
    """The one form in a Word file. Raises `Unreadable` when it is torn or shows no form of the office."""
    content = content_of(package.xml(package.main or "word/document.xml"), placed=False)
    form, version = which(package, content, forms)
    found = survey(content, form, facts)
    if version:
        found.meta["form_version"] = Raw(version, "页脚")
    lists = found.lists()
    said = (found.meta, found.values, lists, found.common, tuple(found.unknown))
    return (RawForm(form.id, 0, *said, returned=returned_as(package)),)
