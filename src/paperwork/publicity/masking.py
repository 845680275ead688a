"""What is masked: personal facts by their class, and whatever of them, or of their kind, stands inside free text.

A text is made to one width and searched with blanks and dashes taken for nothing: 138 0013 8000 and a number written
in full width are telephone numbers too. What is sent out is searched once more at the end (`leaks`): nothing that
fails is sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from paperwork.errors import Bug
from paperwork.facts import is_young
from paperwork.model import Catalogue, Column, Fact, Facts

HIDDEN = "（已隐去）"
_GAP = r"[\s\-—–－·.．_]*"


def _spaced(pattern: str, count: int) -> str:
    """`count` characters of a class with gaps between them."""
    return pattern + f"(?:{_GAP}{pattern})" * (count - 1)


_NUMBERS = re.compile(
    "|".join(
        (
            rf"(?<![0-9A-Z]){_spaced('[0-9]', 17)}{_GAP}[0-9X](?![0-9A-Z])",  # 公民身份号码
            rf"(?<![0-9A-Z]){_spaced('[0-9]', 15)}(?![0-9A-Z])",  # of the first generation
            rf"(?<![0-9])(?:\+?86{_GAP})?1{_GAP}[3-9]{_GAP}{_spaced('[0-9]', 9)}(?![0-9])",  # mobile
            rf"(?<![0-9])\(?0[0-9]{{2,3}}\)?{_GAP}{_spaced('[0-9]', 7)}(?:{_GAP}[0-9])?(?![0-9])",  # landline
        )
    ),
    re.IGNORECASE,
)


class Mask:
    """One rendition of one matter: how each fact is shown, and what must not stand in any text of it."""

    def __init__(self, rules: Mapping[str, str], defs: Mapping[str, Fact], facts: Facts) -> None:
        """`rules`: class or fact → full, surname, remove, of templates/masking.toml."""
        self._rules = rules
        self._defs = defs
        found = list(_personal(defs, facts))
        self._secrets = {value: self._how(fact) for fact, value in found if self._how(fact) != "full"}
        if facts.get("party.kind") == "person" and facts.get("party.name"):
            self._secrets[str(facts["party.name"])] = rules.get("name", "remove")

    def _how(self, fact: Fact) -> str:
        return self._rules.get(fact.name, self._rules.get(fact.personal, "remove"))

    def shown(self, name: str, text: str) -> str:
        """The answer to a fact as this rendition shows it; free text without what it may hold by the way."""
        fact = self._defs.get(name)
        if text and fact is not None and fact.personal:
            return _masked(text, self._how(fact))
        if text and text in self._secrets:
            return _masked(text, self._secrets[text])
        return text if name == "party.uscc" else self.scrubbed(text)

    def scrubbed(self, text: str) -> str:
        """A text without the personal facts of the matter and without anything that looks like such a number."""
        if all(how == "full" for how in (self._rules.get(c, "remove") for c in ("name", "id", "contact"))):
            return text
        for secret in sorted(self._secrets, key=len, reverse=True):
            shown = _masked(secret, self._secrets[secret]) or HIDDEN
            text = _replaced(text, re.compile(_loose(secret), re.IGNORECASE), shown)
        return _replaced(text, _NUMBERS, HIDDEN)


def masked_row(
    columns: Sequence[Column], known: Catalogue, facts: Facts, told: Callable[[Column], str], of: str = ""
) -> list[str]:
    """The cells of one row of a published file, masked; `told` is what a column shows of its source, unmasked.

    The one gate for every file: Bug (named by `of`, a document's number) rather than a row that would tell an
    identity number, a telephone or a minor's name.
    """
    mask = Mask(known.credit.masks.get("published", {}), known.facts, facts)
    secrets = secrets_of(known.facts, facts, is_young(facts))
    cells = []
    for column in columns:
        text = mask.shown(column.source, told(column)) if column.source else column.text
        if column.source != "party.uscc" and leaks(text, secrets):
            raise Bug(f"{of + ' 的' if of else ''}「{column.title}」含有不得公开的信息，没有导出任何文件")
        cells.append(text)
    return cells


def leaks(text: str, secrets: Mapping[str, str]) -> str:
    """The first thing in a text that must not leave the office: a number of a kind, or one of these; "" = none."""
    said = unicodedata.normalize("NFKC", text)
    if found := _NUMBERS.search(said):
        return found[0]
    return next((secret for secret in secrets if re.search(_loose(secret), said, re.IGNORECASE)), "")


def secrets_of(defs: Mapping[str, Fact], facts: Facts, young: bool) -> dict[str, str]:
    """What must not stand in anything published, whatever the mask says: numbers, contacts, and a minor's name."""
    never = ("id", "contact")
    found: dict[str, str] = {value: of.personal for of, value in _personal(defs, facts) if of.personal in never}
    if young and facts.get("party.name"):
        found[str(facts["party.name"])] = "name"
    return found


def _personal(defs: Mapping[str, Fact], facts: Facts) -> Iterator[tuple[Fact, str]]:
    """Every answer of a personal class, in lists too."""
    for name, value in facts.items():
        fact = defs.get(name)
        if fact is None:
            continue
        if fact.personal and isinstance(value, str) and value:
            yield fact, value
        if fact.personal and isinstance(value, tuple):
            yield from ((fact, one) for one in value if isinstance(one, str) and one)
        for item in value if isinstance(value, tuple) else ():
            for column, answer in item.items() if isinstance(item, Mapping) else ():
                of = fact.items.get(column)
                if of is not None and of.personal:
                    told = answer if isinstance(answer, tuple) else (answer,)
                    yield from ((of, one) for one in told if isinstance(one, str) and one)


def _replaced(text: str, pattern: re.Pattern[str], shown: str) -> str:
    """A text whose places that match in one width are replaced; all else stays as it was typed."""
    wide = [unicodedata.normalize("NFKC", character) for character in text]
    where = [at for at, made in enumerate(wide) for _ in made]
    parts, done = [], 0
    for found in pattern.finditer("".join(wide)):
        start, end = max(where[found.start()], done), where[found.end() - 1] + 1
        parts += [text[done:start], shown]
        done = end
    return "".join(parts) + text[done:]


def _loose(secret: str) -> str:
    characters = [c for c in unicodedata.normalize("NFKC", secret) if not re.fullmatch(_GAP, c)]
    return _GAP.join(re.escape(c) for c in characters) or r"(?!)"


def _masked(text: str, how: str) -> str:
    if how == "full":
        return text
    return f"{text[0]}某某" if how == "surname" else ""
