"""The English catalogue: gettext's, each of its texts a template with named places in braces (`{{` is a brace)."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path


class _Whole(gettext.GNUTranslations):
    """gettext's own reader of the file; sentences with something filled in cannot be looked up one by one."""

    _catalog: dict[str, str]

    def entries(self) -> Mapping[str, str]:
        return {said: english for said, english in self._catalog.items() if said}


def entries() -> Mapping[str, str]:
    """Template in Chinese → template in English."""
    path = Path(__file__).parents[1] / "locale" / "en" / "LC_MESSAGES" / "paperwork.mo"
    with path.open("rb") as file:
        return _Whole(file).entries()
