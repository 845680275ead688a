"""Raw answers → one typed submission, or findings: all at once, each with its place and its cure.

Values are normalised so that all media agree: 无 and an empty answer are `""` or `()`, labels become codes, dates in
any of the office's spellings become dates. Nothing is guessed: what cannot be read is a finding.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paperwork import codec, law
from paperwork.answers import Unreadable, read_answer, read_moment
from paperwork.conditions import Situation, ask, parse
from paperwork.model import (
    Catalogue,
    Drop,
    Fact,
    Field,
    Finding,
    Form,
    Item,
    Raw,
    RawForm,
    RawItem,
    Scalar,
    Submission,
    Value,
)


@dataclass(frozen=True)
class Checked:
    """What became of a raw form. `submission` holds what could be read, also beside findings."""

    form: Form
    submission: Submission
    findings: tuple[Finding, ...]
    party: str = ""  # the party's name where a joining form states it, to be held against the matter's


def form_of(raw: RawForm, forms: Mapping[str, Form]) -> Form | Finding:
    """The form that the raw form says it is, by id or title."""
    for form in forms.values():
        if raw.form in (form.id, form.title):
            return form
    titles = [form.title for form in forms.values() if form.place != "program"]
    near = difflib.get_close_matches(raw.form, titles, 1)
    hint = f"，是不是「{near[0]}」" if near else ""
    return Finding(
        "E-FORM-UNKNOWN", f"没有「{raw.form}」这种表{hint}", found=raw.form, wanted="、".join(titles), place="表名"
    )


def read(raw: RawForm, form: Form, catalogue: Catalogue, drop: Drop, matter: str) -> Checked:
    """Type every answer of the form. `matter` is the id that the named matter resolved to, "" when it opens one."""
    facts = catalogue.facts
    findings: list[Finding] = [*raw.findings, *(_stray(stray, form, facts) for stray in raw.unknown)]
    values: dict[str, Value] = {}
    adds: set[str] = set()
    for section in form.sections:
        for name, value in _scalars(section.fields, raw.values, Situation(values, facts), findings):
            values[name] = value
        if section.list and section.list in raw.lists:
            common = dict(_common(section.common, raw, facts[section.list], findings))
            rows = [
                {**common, **dict(_cells(row, section.columns, facts[section.list], findings))}
                for row in raw.lists[section.list]
            ]
            values[section.list] = tuple(_with_law(row, catalogue) for row in rows)
            if section.mode == "adds":
                adds.add(section.list)
    moment, corrects, by = _meta(raw, findings)
    submission = Submission(
        drop=drop.id,
        row=raw.row,
        form=form.id,
        matter=matter,
        facts=values,
        adds=frozenset(adds),
        corrects=corrects,
        submitted_at=moment,
        submitted_by=by,
        content_key=codec.sha({"form": form.id, "matter": matter, "corrects": corrects, "facts": codec.dump(values)}),
    )
    party = raw.meta.get("party")
    return Checked(form, submission, tuple(findings), str(party.value).strip() if party else "")


def required(form: Form, facts: Mapping[str, Value], defs: Mapping[str, Fact], submission: Submission) -> list[Finding]:
    """Answers that the form must have once it is laid over what the matter already holds."""
    findings = []
    if not any(value != () or name not in submission.adds for name, value in submission.facts.items()):
        findings.append(Finding("E-REQUIRED", f"《{form.title}》是空的，没有填写任何内容", place="全表"))
    for section in form.sections:
        for field in section.fields:
            if field.required and facts.get(field.fact) in (None, "", ()):
                findings.append(_wanting(field, defs[field.fact], f"「{field.label}」一栏"))
        items = tuple(_rows(submission.facts.get(section.list, ()) if section.list else ()))
        alone = bool(submission.row) and len(items) == 1  # a sheet's row is the item: it has no row of its own
        for number, item in enumerate(items, 1):
            for field in (*section.common, *section.columns):
                if field.required and item.get(field.fact) in (None, "", ()):
                    fact = defs[section.list]
                    place = f"「{field.label}」一栏" if alone else f"「{fact.label}」第{number}行「{field.label}」"
                    findings.append(_wanting(field, fact, place))
    return findings


def _wanting(field: Field, fact: Fact, place: str) -> Finding:
    name = f"{fact.name}.{field.fact}" if fact.type == "list" else field.fact
    wanted = f"例如 {field.example}" if field.example else ""
    return Finding("E-REQUIRED", f"{place}没有填写", field=name, place=place, wanted=wanted)


def _rows(items: object) -> Iterator[Item]:
    if isinstance(items, tuple):
        yield from (item for item in items if isinstance(item, Mapping))


# ── one answer after another ──────────────────────────────────────────────────────────────────────────


def _scalars(
    fields: Sequence[Field], answers: Mapping[str, Raw], known: Situation, findings: list[Finding]
) -> Iterator[tuple[str, Scalar]]:
    """One after another; `known` grows meanwhile, so that a check may depend on an earlier answer (a passport)."""
    for field in fields:
        if field.fact in answers:
            fact = known.defs[field.fact]
            if fact.check_if and ask(parse(fact.check_if, known.defs), known) is False:
                fact = replace(fact, check="")
            value = _answer(answers[field.fact], fact, field.label, findings)
            if value is not None:
                yield field.fact, value


def _common(
    fields: Sequence[Field], raw: RawForm, owner: Fact, findings: list[Finding]
) -> Iterator[tuple[str, Scalar]]:
    for field in fields:
        if field.fact in raw.common:
            value = _answer(raw.common[field.fact], owner.items[field.fact], field.label, findings)
            if value is not None:
                yield field.fact, value


def _with_law(row: Item, catalogue: Catalogue) -> Item:
    """A provision names its law by the id of the text on file, however the clerk called it."""
    name = row.get("law")
    return {**row, "law": law.by_name(catalogue.laws, name) or name} if isinstance(name, str) and name else row


def _cells(
    row: RawItem, columns: Sequence[Field], owner: Fact, findings: list[Finding]
) -> Iterator[tuple[str, Scalar]]:
    for field in columns:
        if field.fact in row:
            value = _answer(row[field.fact], owner.items[field.fact], field.label, findings)
            if value is not None:
                yield field.fact, value


def _answer(raw: Raw, fact: Fact, label: str, findings: list[Finding]) -> Scalar | None:
    try:
        value, warnings = read_answer(raw.value, fact)
    except Unreadable as wrong:
        findings.append(
            Finding(
                code=fact.finding or wrong.code,
                message=f"{raw.place or label}：{wrong}",
                field=fact.name,
                place=raw.place,
                found=_seen(raw),
                wanted=wrong.wanted,
            )
        )
        return None
    seen = "" if fact.personal in ("id", "contact") else _seen(raw)  # a number of a person does not travel into slips
    findings += [Finding(w.code, w.message, fact.name, raw.place, seen, w.wanted, w.severity) for w in warnings]
    return None if any(w.severity == "error" for w in warnings) else value


def _seen(raw: Raw) -> str:
    return "、".join(raw.value) if isinstance(raw.value, tuple) else str(raw.value)


def _meta(raw: RawForm, findings: list[Finding]) -> tuple[dt.datetime | None, str, str]:
    moment = None
    if stamp := raw.meta.get("submitted_at"):
        try:
            moment = read_moment(str(stamp.value))
        except Unreadable as wrong:
            findings.append(
                Finding(wrong.code, f"填表日期：{wrong}", "submitted_at", stamp.place, _seen(stamp), wrong.wanted)
            )
    corrects, by = raw.meta.get("corrects"), raw.meta.get("submitted_by")
    return moment, _key(str(corrects.value)) if corrects else "", str(by.value).strip() if by else ""


def _key(text: str) -> str:
    """A receipt number as people write it: without the row it means the form itself."""
    text = text.strip()
    return text if not text or "/" in text else f"{text}/0"


def _stray(raw: Raw, form: Form, facts: Mapping[str, Fact]) -> Finding:
    """Something the form has no field for: named, with what was probably meant."""
    name = _seen(raw)
    last = name.rsplit("：", 1)[0]
    known = [*_names(form, facts)]
    near = difflib.get_close_matches(last, known, 1)
    hint = f"，是不是「{near[0]}」" if near else ""
    return Finding("E-FIELD-UNKNOWN", f"表中没有「{name}」这一项{hint}", place=raw.place, found=name)


def _names(form: Form, facts: Mapping[str, Fact]) -> Iterable[str]:
    for section in form.sections:
        for field in section.fields:
            yield from (field.fact, field.label)
        if section.list:
            yield from (section.list, facts[section.list].label)
            columns = (*section.common, *section.columns)
            yield from (name for field in columns for name in (f"{section.list}.{field.fact}", field.label))
