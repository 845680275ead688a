"""Which form a Word file is: by document property, else by the footer, else by the title."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperwork.model import Form
from paperwork.wordform.grid import Content, all_words
from paperwork.wordform.labels import bare, plain
from paperwork.wordform.package import Package
from paperwork.wordform.unreadable import unknown_form
from paperwork.wordform.words import W, words

PROPERTIES, RETURNED = "docProps/custom.xml", "paperwork_returned"
_FOOTER = re.compile(r"表单[:：]\s*(\S+?)\s*第\s*(\d+)\s*版")
_MOST_TITLE = 60  # characters of a paragraph that may be a title


def which(package: Package, content: Content, forms: Mapping[str, Form]) -> tuple[Form, int]:
    """The form and its version, 0 = unknown. Raises `Unreadable` when it shows no form of the office."""
    named, version = properties(package)
    if named not in forms:
        printed, version = _printed(package)
        named = printed if printed in forms else named or printed
    if named in forms:
        return forms[named], version
    titles = {plain(form.title): form for form in forms.values()}
    first = ""
    for said in all_words(content):
        text = said.text
        form = titles.get(plain(text)) or titles.get(bare(text)) or titles.get(plain(text.split("\n")[0]))
        if form is not None:
            return form, 0
        first = first or (text if 0 < len(text) <= _MOST_TITLE else "")
    raise unknown_form(named or first, forms)


def returned_as(package: Package) -> str:
    """The drop as which this copy once went back to its clerk; "" when it never did, or has lost it."""
    return _properties(package).get(RETURNED, "")


def _properties(package: Package) -> dict[str, str]:
    if PROPERTIES not in package.names:
        return {}
    return {str(p.get("name")): "".join(p.itertext()).strip() for p in package.xml(PROPERTIES)}


def properties(package: Package) -> tuple[str, int]:
    """Form and version by the properties that our blanks bear: ("", 0) when there are none."""
    given = _properties(package)
    return given.get("paperwork_form", ""), _integer(given.get("paperwork_form_version", ""))


def _printed(package: Package) -> tuple[str, int]:
    for name in sorted(package.names):
        if re.fullmatch(r"word/(footer|header)\d*\.xml", name):
            for paragraph in package.xml(name).iter(W + "p"):
                match = _FOOTER.search(words(paragraph).text)
                if match:
                    return match[1], _integer(match[2])
    return "", 0


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
