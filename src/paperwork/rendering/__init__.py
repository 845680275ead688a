"""From a Word template and a context to a document whose every printed value is proven to stand in it.

docxtpl's own reading of the tags, made strict: sandboxed, every part strict XML, nothing cut off in silence, nothing
missing, the same bytes for the same input. The template's faults are `TemplateError`; the facts' faults are
`MissingFacts` and `BadCharacters`.
"""

from __future__ import annotations

from paperwork.rendering.analysis import needs
from paperwork.rendering.checking import check
from paperwork.rendering.pictures import Picture
from paperwork.rendering.refusals import BadCharacters, MissingFacts
from paperwork.rendering.render import fallback, render
from paperwork.rendering.values import walked
from paperwork.rendering.wording import text_of

__all__ = ["BadCharacters", "MissingFacts", "Picture", "check", "fallback", "needs", "render", "text_of", "walked"]
