"""A form as a fillable PDF (ISO 32000-1, 12.7): its fields written and found again by the tags of the Word form.

The floor under the blank and the reader of PDF. A full stop parts the names of nested fields there, so a tag bears a
slash in its place: `party/name`.
"""

from __future__ import annotations

from paperwork.pdfform.fields import Kind, Spot, with_fields
from paperwork.pdfform.filled import Filled, filled

__all__ = ["Filled", "Kind", "Spot", "filled", "with_fields"]
