"""From a Word template and a context to a document whose every printed value is proven to stand in it.

docxtpl's own reading of the tags, made strict: sandboxed, every part strict XML, nothing cut off in silence, nothing
missing, the same bytes for the same input. The template's faults are `TemplateError`; the facts' faults are
`MissingFacts` and `BadCharacters`.

The pages of this room, and the libraries they need, are loaded when something is rendered: whoever only looks things
up does not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperwork.rendering.analysis import needs
    from paperwork.rendering.checking import check
    from paperwork.rendering.choosing import fallback, render
    from paperwork.rendering.pictures import Picture
    from paperwork.rendering.refusals import BadCharacters, MissingFacts
    from paperwork.rendering.values import walked
    from paperwork.rendering.wording import text_of

# No page is called as something in it: loading the page would put itself in the place of the thing.
_PAGES = {
    **dict.fromkeys(("BadCharacters", "MissingFacts"), "refusals"),
    **dict.fromkeys(("fallback", "render"), "choosing"),
    "needs": "analysis",
    "check": "checking",
    "Picture": "pictures",
    "walked": "values",
    "text_of": "wording",
}


def __getattr__(name: str) -> Any:
    """A name of this room, with its page loaded (PEP 562)."""
    if name not in _PAGES:
        raise AttributeError(name)
    value = globals()[name] = getattr(import_module(f"{__name__}.{_PAGES[name]}"), name)
    return value


__all__ = ["BadCharacters", "MissingFacts", "Picture", "check", "fallback", "needs", "render", "text_of", "walked"]
