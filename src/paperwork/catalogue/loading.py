"""templates/ → Catalogue: read every file, check them against each other, tell all mistakes at once."""

from __future__ import annotations

import contextlib
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from paperwork.catalogue.asking import read_facts, read_form
from paperwork.catalogue.clauses import read_clauses
from paperwork.catalogue.credit import read_credit
from paperwork.catalogue.exemptions import read_exemptions
from paperwork.catalogue.families import read_families
from paperwork.catalogue.figures import read_figures
from paperwork.catalogue.kinds import check_kinds, read_kind
from paperwork.catalogue.naming import Names, known, law_problems_of
from paperwork.catalogue.offers import check_offers
from paperwork.catalogue.office import read_calendar, read_competence, read_matters, read_people, read_settings
from paperwork.catalogue.proofs import read_proofs
from paperwork.catalogue.rules import Policy, check_policy, read_policy
from paperwork.catalogue.sheets import Report, Sheet, Table, read_sheet, unique
from paperwork.catalogue.stamping import Stamp, stamp
from paperwork.errors import OfficeError
from paperwork.facts import DERIVED
from paperwork.law import LawBook
from paperwork.model import Calendar, Catalogue, Form, Kind, Problem, Settings

_SINGLE = ("bureau.toml", "people.toml", "facts.toml", "matters.toml", "competence.toml", "figures.toml")
_OPTIONAL = ("layout.toml", "exemptions.toml", "clauses.toml")
_FORMS = ("forms", "form.toml")
_KINDS = ("documents", "kind.toml")
_ADVICE = "请按提示修改 templates/ 下的文件，再运行 paperwork check。"


def load(root: Path) -> Catalogue:
    """Everything under `root`/templates, typed and checked. `root` is the office folder.

    Law texts are parsed when first asked for; those that a rule, a clock or a kind cites are parsed, and their
    mistakes found, here (all others: `check_laws`). Raises OfficeError with every problem, each with file:line.
    A mistake within a kind.toml stops that kind alone: it stands in `bad`, and whoever asks for its template is told.
    A folder without kind.toml is one in the making.
    """
    shelf = _Shelf(root, Report())
    catalogue = _catalogue(shelf)
    if shelf.report.problems:
        of_kinds = (problem for found in catalogue.bad.values() for problem in found)
        raise _error(list(dict.fromkeys((*shelf.report.problems, *of_kinds))))  # kinds cite the same laws
    return catalogue


def remembered(root: Path) -> Catalogue:
    """The same as `load`, read anew only when a file was edited since: for who asks again and again."""
    return _remembered(root, stamp(root))


@lru_cache(maxsize=8)
def _remembered(root: Path, _stamp: Stamp) -> Catalogue:
    return load(root)


def check_laws(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Parse every law on file: the mistakes of those that nothing cites, for `paperwork check`."""
    problems: list[Problem] = []
    for law_id in catalogue.laws:
        try:
            catalogue.laws[law_id]
        except OfficeError as error:
            problems += law_problems_of(error, catalogue.root)
    return tuple(problems)


def fingerprint(root: Path) -> str:
    """sha256 over names and bytes of all policy and law files of the office: recipes store it. Parses nothing."""
    whole = hashlib.sha256()
    for folder in ("policy", "law"):
        for path in sorted((root / "templates" / folder).glob("*.toml"), key=lambda path: path.name):
            # The hash of each file, not its bytes: the end of one and the start of the next cannot be confused.
            whole.update(f"{folder}/{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def edition(root: Path) -> bytes:
    """All TOML files of `root`/templates but the examples, as one zip: always the same bytes for the same files.

    Kept by its hash, it says by which rules a form was decided, whatever is edited later (`opened_edition`).
    """
    whole = io.BytesIO()
    templates = root / "templates"
    with zipfile.ZipFile(whole, "w") as archive:  # stored: what compresses differs from machine to machine
        for path in sorted(templates.rglob("*.toml"), key=lambda path: path.relative_to(templates).as_posix()):
            name = path.relative_to(templates).as_posix()
            if "/examples/" not in name:
                entry = zipfile.ZipInfo(f"templates/{name}", (1980, 1, 1, 0, 0, 0))
                entry.create_system = 0
                archive.writestr(entry, path.read_bytes())
    return whole.getvalue()


@contextlib.contextmanager
def opened_edition(data: bytes) -> Iterator[Catalogue]:
    """The catalogue of an earlier edition, while the context lasts. Raises OfficeError when it no longer reads."""
    with tempfile.TemporaryDirectory(prefix="paperwork-edition-", ignore_cleanup_errors=True) as folder:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder)
        yield load(Path(folder))


def _error(problems: Sequence[Problem]) -> OfficeError:
    first = problems[0]
    more = f"（另有{len(problems) - 1}处）" if len(problems) > 1 else ""
    return OfficeError(f"{first.where} {first.what}{more}", problems=problems, advice=first.advice or _ADVICE)


@dataclass(frozen=True)
class _Shelf:
    """The files of one office. All are parsed before any is understood: a file that is no TOML stops the rest."""

    root: Path
    report: Report

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    def sheets(self, paths: Iterable[Path]) -> list[Sheet]:
        sheets = [read_sheet(path, self.root, self.report) for path in paths]
        return [sheet for sheet in sheets if sheet]

    def single(self) -> dict[str, Sheet]:
        """The files that there is one of; those that may be absent only where they are there."""
        optional = (name for name in _OPTIONAL if (self.templates / name).is_file())
        sheets = self.sheets(self.templates / name for name in (*_SINGLE, *optional))
        return {sheet.name.split("/")[-1]: sheet for sheet in sheets}

    def folders(self, name: str, file: str) -> list[Sheet]:
        """`name`/*/`file`, in the order of the folders' names."""
        folders = (self.templates / name).glob("*/") if (self.templates / name).is_dir() else ()
        kept = (path for path in folders if path.is_dir() and not path.name.startswith((".", "_")))
        # A document in the making has a folder before it has its kind.toml: `paperwork check` tells.
        ready = (path for path in sorted(kept) if name != _KINDS[0] or (path / file).is_file())
        return self.sheets(path / file for path in ready)

    def files(self, name: str) -> list[Sheet]:
        return self.sheets(sorted((self.templates / name).glob("*.toml")))


def _catalogue(shelf: _Shelf) -> Catalogue:
    report = shelf.report
    single = shelf.single()
    folders = {name: shelf.folders(*name) for name in (_FORMS, _KINDS)}
    files = {name: shelf.files(name) for name in ("policy", "calendar")}
    optional = {name: _optional(shelf, name) for name in ("credit.toml", "masking.toml", "proofreading.toml")}
    if report.problems:
        raise _error(report.problems)
    settings = read_settings(Table(single["bureau.toml"], report))
    names = _names(shelf, single, settings)
    officers, roles, desks = read_people(Table(single["people.toml"], report), names)
    policy = _policy(files["policy"], report, names)
    kinds = _kinds(folders[_KINDS], shelf, names)
    forms = _forms(folders[_FORMS], report, names)
    competence, others = read_competence(Table(single["competence.toml"], report), names)
    catalogue = Catalogue(
        root=shelf.root,
        settings=settings,
        facts=names.facts,
        forms=forms,
        matters=names.matters,
        kinds={kind.kind: kind for _, kind in kinds},
        **_said(policy, forms),
        laws=names.laws,
        officers=officers,
        roles=roles,
        desks=desks,
        exemptions=read_exemptions(Table(single["exemptions.toml"], report) if "exemptions.toml" in single else None),
        credit=read_credit(optional["credit.toml"], optional["masking.toml"]),
        proofs=read_proofs(optional["proofreading.toml"], names),
        competence=competence,
        others=others,
        calendars=_calendars(files["calendar"], report),
        # Last: by now every file has named the measures that it counts on.
        measures=_measures(policy, names),
        figures=read_figures(Table(single["figures.toml"], report), names, [clock for _, clock in policy.clocks]),
        families=names.families,
        clauses=names.clauses,
    )
    return _without_bad(catalogue, kinds, names)


def _names(shelf: _Shelf, single: Mapping[str, Sheet], settings: Settings) -> Names:
    """What the other files may name."""
    names = Names(LawBook(shelf.templates / "law"), shelf.root, series=settings.series)
    names.facts = read_facts(Table(single["facts.toml"], shelf.report), DERIVED)
    names.families = read_families(Table(single["layout.toml"], shelf.report)) if "layout.toml" in single else {}
    names.clauses = read_clauses(Table(single["clauses.toml"], shelf.report)) if "clauses.toml" in single else {}
    names.matters = read_matters(Table(single["matters.toml"], shelf.report), names)
    return names


def _policy(sheets: Iterable[Sheet], report: Report, names: Names) -> Policy:
    policy = Policy()
    for sheet in sheets:
        read_policy(Table(sheet, report), names, policy)
    check_policy(policy)
    return policy


def _optional(shelf: _Shelf, name: str) -> Table | None:
    """A file that an office of an earlier version does not have."""
    path = shelf.templates / name
    return next((Table(sheet, shelf.report) for sheet in shelf.sheets([path])), None) if path.is_file() else None


def _said(policy: Policy, forms: Mapping[str, Form]) -> dict[str, Any]:
    """What the files of policy/ say, as the catalogue holds it."""
    return {
        "rules": tuple(rule for _, rule in policy.rules),
        "gates": tuple(policy.gates),
        "clocks": tuple(clock for _, clock in policy.clocks),
        "yearly": tuple(policy.yearly),
        "reminders": tuple(reminder for _, reminder in policy.reminders),
        "papers": {measure: papers for _, measure, papers in policy.papers},
        "offers": check_offers(policy.offers, forms),
        "wordings": tuple(policy.wordings),
    }


def _without_bad(catalogue: Catalogue, kinds: Sequence[tuple[Table, Kind]], names: Names) -> Catalogue:
    """A kind with a mistake stays, so that whatever may call for it waits; what its mistake hides is taken wide."""
    bad = {kind.kind: tuple(table.report.problems) for table, kind in kinds if table.report.problems}
    wide = {
        name: replace(
            kind,
            measures=kind.measures if set(kind.measures) <= set(catalogue.measures) else tuple(catalogue.measures),
            after=kind.after if kind.after in ("none", *names.steps) else "approval",
        )
        for name, kind in catalogue.kinds.items()
        if name in bad
    }
    return replace(catalogue, kinds={**catalogue.kinds, **wide}, bad=bad)


def _forms(sheets: list[Sheet], report: Report, names: Names) -> Mapping[str, Form]:
    tables = {_folder(sheet): Table(sheet, report) for sheet in sheets}
    unique(tables.values(), "title", "表名")
    return {form_id: read_form(table, form_id, names) for form_id, table in tables.items()}


def _kinds(sheets: list[Sheet], shelf: _Shelf, names: Names) -> list[tuple[Table, Kind]]:
    """Every kind, with a report of its own."""
    read = []
    for sheet in sheets:
        table = Table(sheet, Report())
        read.append((table, read_kind(table, shelf.templates / "documents" / _folder(sheet), names)))
    check_kinds(read)
    return read


def _folder(sheet: Sheet) -> str:
    return sheet.name.split("/")[-2]


def _calendars(sheets: list[Sheet], report: Report) -> Mapping[int, Calendar]:
    calendars = [read_calendar(sheet, Table(sheet, report)) for sheet in sheets]
    return {calendar.year: calendar for calendar in calendars}


def _measures(policy: Policy, names: Names) -> Mapping[str, str]:
    """Measure → label: as the handler chooses it in `measure_requested`, else as its first rule is called."""
    requested = names.facts.get("measure_requested")
    labels = {choice.code: choice.label for choice in requested.choices} if requested else {}
    measures: dict[str, str] = {}
    for _, rule in policy.rules:
        measures.setdefault(rule.measure, labels.get(rule.measure, rule.label))
    for table, place, measure in names.asked_measures:
        known(table, place, measure, measures, "MEASURE")
    return measures
