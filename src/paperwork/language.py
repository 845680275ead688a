"""The language in which people are spoken to at the command line: Chinese, or English under an English locale.

The words in the code are Chinese; `locale/en` holds the English ones. Documents, slips and folders are Chinese whatever
the locale, keys, codes and logs always English. The catalogue is opened when the first word is asked for.
"""

from __future__ import annotations

import functools
import gettext
import os

_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of gettext: the first that says something decides


def english() -> bool:
    """Whether the environment asks for English (`LANG=en_US.UTF-8`)."""
    return next(filter(None, (os.environ.get(name) for name in _ASKED)), "").lower().startswith("en")


def _(text: str) -> str:
    """`text`, or what it is in English; what has no English stays as it is."""
    return _english().gettext(text) if text and english() else text


@functools.cache
def _english() -> gettext.NullTranslations:
    from pathlib import Path

    with (Path(__file__).with_name("locale") / "en" / "LC_MESSAGES" / "paperwork.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
