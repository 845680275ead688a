"""The language in which people are spoken to at the command line: Chinese, or English under an English locale.

Everything is said, and recorded, in Chinese where it arises; only the door to a terminal (`cli.say`, `--help`) asks
for English. Documents, slips, folders and what JSON tells programs are Chinese whatever the locale; logs are English
anyway.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperwork.language.reading import Reader

_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of gettext: the first that says something decides


def english() -> bool:
    """Whether the environment asks for English (`LANG=en_US.UTF-8`)."""
    return next(filter(None, (os.environ.get(name) for name in _ASKED)), "").lower().startswith("en")


def spoken(text: str) -> str:
    """`text` as people hear it: itself, or in English as far as the catalogue goes; the rest stays as it is."""
    if not english() or max(text, default="") < "\u3000":  # no Chinese, nor its marks
        return text
    whole = _entries().get(text)  # help is all of this kind, and is there before the reader is made
    return whole if whole is not None and "{" not in text else _reader().spoken(text)


@functools.cache
def _entries() -> Mapping[str, str]:
    from paperwork.language.catalogue import entries

    return entries()


@functools.cache
def _reader() -> Reader:
    from paperwork.language.reading import Reader

    return Reader(_entries())
