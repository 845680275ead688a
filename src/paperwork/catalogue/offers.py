"""policy/ [[offer]]: which blank form lies beside a reply slip, and when; [[wording]]: what answers must not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from paperwork.catalogue.naming import Names, conditions_of, fact_at, known
from paperwork.catalogue.sheets import Table, meant
from paperwork.model import Form, Offer, Wording

_SEVERITIES: tuple[Literal["error", "warning"], ...] = ("error", "warning")
Read = list[tuple[Table, Offer]]


def read_offer(table: Table, names: Names) -> Offer:
    """One [[offer]]. `fill` names what is filled in: a column or a fact, from a fact or with these words."""
    per = fact_at(table, "per", names, ("list",))
    offer = Offer(
        form=table.text("form"),
        when=conditions_of(table, "when", names, per),
        unless=conditions_of(table, "unless", names, per),
        per=per,
        fill=_fill(table.mapping("fill"), names),
        why=table.text("why"),
    )
    table.close()
    return offer


def read_wording(table: Table, names: Names) -> Wording:
    """One [[wording]]: the answers that must not contain the words, nor what the patterns find.

    Conditions are asked of the item at hand where all answers are columns of one list.
    """
    facts = tuple(name for _, name in table.placed_words("facts", True))
    owners = {name.rpartition(".")[0] for name in facts}
    owner = owners.pop() if len(owners) == 1 else ""
    per = owner if owner in names.facts and names.facts[owner].type == "list" else ""
    wording = Wording(
        code=table.text("code"),
        facts=facts,
        words=table.words("words"),
        spare=table.words("spare"),
        message=table.text("message"),
        patterns=patterns(table),
        when=conditions_of(table, "when", names, per),
        unless=conditions_of(table, "unless", names, per),
        per=per,
        severity=table.one_of("severity", _SEVERITIES, "error"),
    )
    for index, name in table.placed_words("facts"):
        _askable(table, f"facts.{index}", name, names)
    table.close()
    return wording


def patterns(table: Table) -> tuple[str, ...]:
    """The regular expressions of a table; one that is none is a problem with its place."""
    good = []
    for index, pattern in table.placed_words("patterns"):
        try:
            re.compile(pattern)
        except re.error as error:
            what = f"「{pattern}」不是正则表达式：{error}"
            table.report.add("P-VALUE", table.where("patterns", index), what, "例如 1[3-9][0-9]{9}")
        else:
            good.append(pattern)
    return tuple(good)


def _askable(table: Table, key: str, name: str, names: Names) -> None:
    """A fact, or a column of a list by its full name."""
    owner, _, short = name.rpartition(".")
    listed = names.facts.get(owner)
    if name not in names.facts and (listed is None or short not in listed.items):
        columns = [f"{fact.name}.{column}" for fact in names.facts.values() for column in fact.items]
        what = f"没有「{name}」这项可以填写的事实"
        table.wrong("P-FACT-UNKNOWN", key, what, meant(name, [*names.facts, *columns]))


def _fill(table: Table, names: Names) -> Mapping[str, str]:
    filled = {}
    for name in table.data:
        _askable(table, name, name, names)
        filled[name] = table.text(name)
    return filled


def check_offers(offers: Read, forms: Mapping[str, Form]) -> tuple[Offer, ...]:
    """Every form that is offered is a form of the office."""
    for table, offer in offers:
        if offer.form:
            known(table, ("form",), offer.form, forms, "FORM")
    return tuple(offer for _, offer in offers)
