"""Fill a template and prove the result: the compiled way where it holds the template, docxtpl's where it does not."""

from __future__ import annotations

from paperwork.errors import TemplateError
from paperwork.model import Json
from paperwork.rendering import reference
from paperwork.rendering.compiled import compiled
from paperwork.rendering.values import require_printable


def render(template: bytes, context: Json) -> bytes:
    """The document: bytes of a .docx, the same for the same template and context.

    `context` is JSON whose printed values are strings or numbers. Raises `BadCharacters` before anything is made,
    `MissingFacts` with every name that should be printed and is not given, and `TemplateError` for a template that
    is not sound or whose result cannot be proven.
    """
    require_printable(context)
    ready = compiled(template)
    try:
        document = ready.filled(context)
    except TemplateError:  # what could not be proven here docxtpl makes and proves, or refuses with the place
        document = None
    return reference.filled(ready.analysis, context) if document is None else document


def fallback(template: bytes) -> tuple[str, ...]:
    """Why docxtpl itself must fill this template, in words for people; empty when it is compiled."""
    return compiled(template).reasons
