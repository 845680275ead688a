"""The catalogue as tables: `kinds` and `rules`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from paperwork import law
from paperwork.catalogue import printable
from paperwork.errors import UsageError
from paperwork.model import Catalogue, Citation, Fact, Json, Kind, Rule
from paperwork.office import Office
from paperwork.views.entries import iso_day
from paperwork.views.words import step_labels, told_condition


def kind_entries(office: Office) -> list[Json]:
    """`kinds`: every document kind of the catalogue."""
    return [_kind(k) for k in sorted(office.catalogue.kinds.values(), key=lambda k: k.code)]


def _kind(k: Kind) -> Json:
    return {
        "code": k.code,
        "kind": k.kind,
        "title": k.title,
        "series": None if k.number == "none" else k.number,
        "per": k.per,
        "after": k.after,
        "clauses": list(k.clauses),
    }


# ── what a template may print ─────────────────────────────────────────────────────────────────────────

_SHOWN = {
    "date": "2026年7月8日",
    "datetime": "2026年7月8日15时10分",
    "flag": "只用于判断：{% if … %}",
    "money": "15000.00",
    "set": "多项：{{ …|join('、') }}",
    "list": "逐项，以 {% endfor %} 结束",
}
_OTHERS = {
    "doc.number": "文号",
    "doc.date": "成文日期",
    "doc.code": "审批代码",
    "doc.title": "文书名称",
    "doc.draft": "是否送审稿",
    "case.no": "案号",
    "matter.id": "编号",
    "matter.case": "案号",
    "matter.ref": "案号，没有的为编号",
    "party.is_person": "当事人是否自然人",
    "org.name": "本机关名称",
    "org.address": "本机关地址",
    "org.phone": "本机关电话",
    "org.reviewing_government": "行政复议机关",
    "org.court": "管辖法院",
    "measure.name": "措施名称",
    "measure.label": "规则名称",
    "measure.basis": "实体依据",
    "measure.procedure": "程序依据",
    "measure.grounds": "全部依据",
    "approvals": "各环节的审批意见",
}


def kind_entry(office: Office, wanted: str) -> Json:
    """`kinds KIND`: one kind, by code, folder or title, with every name that its template may print.

    Raises UsageError, with the nearest, for a kind that is not there.
    """
    known = office.catalogue
    found = next((k for k in known.kinds.values() if wanted in (k.code, k.kind, k.title)), None)
    if found is None:
        words = [word for k in known.kinds.values() for word in (k.code, k.kind, k.title)]
        near = difflib.get_close_matches(wanted, words, 1)
        advice = f"是不是 {near[0]}？" if near else "全部文书见 paperwork kinds"
        raise UsageError(f"没有文书「{wanted}」", advice=advice)
    template = (found.folder / "template.docx").relative_to(known.root).as_posix()
    return {**_kind(found), "template": template, "names": list(_names(known, found))}


def _names(known: Catalogue, kind: Kind) -> Iterator[Json]:
    """`{name, label, tag, shown}`: `tag` is how a template writes it, within its list's loop for a column."""
    facts = dict(_facts(known, kind))
    for name in sorted(printable(known, kind)):
        fact, listed = facts.get(name), facts.get(name.rpartition(".")[0])
        label = fact.label if fact else _OTHERS.get(name, "")
        tag = f"{{{{ {name} }}}}"
        if fact and fact.type == "list" and fact.name == name:
            tag = f"{{% for 项 in {name} %}}"
        elif listed and listed.type == "list" and listed.name == name.rpartition(".")[0]:
            tag = f"　{{{{ 项.{name.rpartition('.')[2]} }}}}"
        shown = "、".join(c.label for c in fact.choices) if fact and fact.choices else ""
        yield {"name": name, "label": label, "tag": tag, "shown": shown or _SHOWN.get(fact.type if fact else "", "")}


def _facts(known: Catalogue, kind: Kind) -> Iterator[tuple[str, Fact]]:
    """Name in a template → the fact that it prints."""
    for fact in known.facts.values():
        root, _, rest = fact.name.partition(".")
        name = f"{root}.{rest.replace('.', '_')}" if rest else root
        here = kind.per.rpartition(".")[2].removesuffix("s") if fact.name == kind.per else ""
        for at in filter(None, (name, here)):
            yield at, fact
            yield from ((f"{at}.{short}", column) for short, column in fact.items.items())


def rule_entries(office: Office, ids: Sequence[str] = ()) -> list[Json]:
    """`rules`: the policy as a table, in the order in which it is asked."""
    return [
        {
            "rule": r.id,
            "measure": r.measure,
            "label": r.label,
            "when": [c.text for c in r.when],
            "unless": [c.text for c in r.unless],
            "basis": [str(c) for c in r.basis],
            "procedure": [str(c) for c in r.procedure],
            "since": iso_day(r.since),
            "until": iso_day(r.until),
            "force": r.force,
            "approvals": [s.step for s in r.approvals],
            "clauses": list(r.clauses),
        }
        for r in _in_order(office, ids)
    ]


def rule_rows(office: Office, ids: Sequence[str] = ()) -> list[dict[str, str]]:
    """`rules` for people: one row a rule, `{rule, label, days, conditions, basis, approvals}`, several lines in a cell.

    `days` are those of the acts that the rule judges; basis and procedure stand as a document cites them.
    """
    steps = step_labels(office)
    return [
        {
            "rule": r.id,
            "label": r.label + _FORCES.get(r.force, ""),
            "days": _days(r),
            "conditions": "\n".join(
                [told_condition(office, c.text) for c in r.when]
                + [told_condition(office, f"unless {c.text}") for c in r.unless]
            ),
            "basis": "\n".join([*_cited(r.basis), *(f"程序：{one}" for one in _cited(r.procedure))]),
            "approvals": "\n".join(dict.fromkeys(steps.get(s.step, s.step) for s in r.approvals)),
        }
        for r in _in_order(office, ids)
    ]


_FORCES = {"may": "（可以）"}


def _in_order(office: Office, ids: Sequence[str]) -> list[Rule]:
    """All rules, or those with these ids. UsageError for one that there is not."""
    known = {r.id: r for r in sorted(office.catalogue.rules, key=lambda r: r.rank)}
    for unknown in (one for one in ids if one not in known):
        near = difflib.get_close_matches(unknown, known, 1)
        advice = f"最接近的编号：{near[0]}" if near else "全部规则见 paperwork rules"
        raise UsageError(f"没有规则「{unknown}」", advice=advice)
    return [r for r in known.values() if not ids or r.id in ids]


def _days(rule: Rule) -> str:
    """The days of the acts; a lighter rule judges older acts too (行政处罚法 art 37)."""
    since = f"{rule.since} 起" if rule.since else ""
    days = "\n".join(filter(None, (since, f"{rule.until} 止" if rule.until else ""))) or "不限"
    return f"{days}\n较轻的，也管以前" if rule.favourable else days


def _cited(citations: Iterable[Citation]) -> list[str]:
    return [f"{one.law}{law.provision(one)}" for one in citations]
