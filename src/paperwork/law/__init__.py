"""The law on file: name a provision, find the text in force on a day, quote it, print it, weigh its fine."""

from paperwork.law.book import LawBook, load_law
from paperwork.law.citing import (
    LawError,
    Laws,
    NoTextForDay,
    UnknownLaw,
    UnknownProvision,
    by_name,
    chinese_number,
    cite,
    parse,
    provision,
    resolve,
    text_on,
)
from paperwork.law.fines import maximum_fine, minimum_fine
from paperwork.law.money import capitals, spelled
from paperwork.law.typed import wrongly_typed

__all__ = [
    "LawBook",
    "LawError",
    "Laws",
    "NoTextForDay",
    "UnknownLaw",
    "UnknownProvision",
    "by_name",
    "capitals",
    "chinese_number",
    "cite",
    "load_law",
    "maximum_fine",
    "minimum_fine",
    "parse",
    "provision",
    "resolve",
    "spelled",
    "text_on",
    "wrongly_typed",
]
