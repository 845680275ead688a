"""The templates as they stand, each read and checked when first asked for: a bad one stops its own kind alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from paperwork import blanks, law, rendering
from paperwork.catalogue import printable
from paperwork.errors import TemplateError
from paperwork.model import Catalogue, Family, Form, Kind, Problem, Template


class Templates(Mapping[str, Template]):
    """`no_penalty_decision`, `form/approval` → the template. Raises TemplateError for a kind that is not sound."""

    def __init__(self, known: Catalogue) -> None:
        self._catalogue = known
        self._read: dict[str, Template] = {}

    def __getitem__(self, name: str) -> Template:
        if name not in self._read:
            data = self._form(name) if name.startswith("form/") else self._document(self._catalogue.kinds[name])
            try:
                needs = rendering.needs(data)
            except TemplateError as error:
                raise blamed(error, self.where(name)) from error
            self._read[name] = Template(hashlib.sha256(data).hexdigest(), data, needs)
        return self._read[name]

    def where(self, name: str) -> str:
        """The file of a template, from the office's folder on; a form's is made and has none."""
        kind = self._catalogue.kinds.get(name)
        return where(self._catalogue, kind) if kind else f"「{name}」的空白表"

    def __iter__(self) -> Iterator[str]:
        yield from self._catalogue.kinds
        yield from (f"form/{form}" for form in self._catalogue.forms if form == "approval")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _document(self, kind: Kind) -> bytes:
        problems = faults(self._catalogue, kind)
        if problems:
            told = "；".join(f"{problem.where} {problem.what}" for problem in problems)
            advice = problems[0].advice or "请改正后运行 paperwork check"
            raise TemplateError(f"《{kind.title}》暂时不能制作：{told}", problems=problems, advice=advice)
        return _bytes_of(kind)

    def _form(self, name: str) -> bytes:
        """The approval form with tags where matter, party, measure, code and step will stand."""
        form: Form = self._catalogue.forms[name.removeprefix("form/")]
        tags = blanks.Prefilled(
            meta={
                "matter": "{{ matter.ref }}",
                "party": "{{ party.name }}",
                "draft": "{{ doc.code }}",
                "measure": "{{ measure.name }}",
            },
            items={"approvals": ({"step": "{{ step }}"},)},
        )
        return blanks.build("docx", form, self._catalogue.facts, tags)


# ── is a kind sound? ──────────────────────────────────────────────────────────────────────────────────


def faults(known: Catalogue, kind: Kind) -> tuple[Problem, ...]:
    """Whatever stops this kind: mistakes of its kind.toml, and the problems of its template that are no hints."""
    template = (problem for problem in problems_of(known, kind) if not problem.code.startswith("W-"))
    return (*known.bad.get(kind.kind, ()), *template)


def all_faults(known: Catalogue) -> tuple[Problem, ...]:
    """The faults of every kind, for whoever looks over the office."""
    return tuple(problem for kind in known.kinds.values() for problem in faults(known, kind))


def problems_of(known: Catalogue, kind: Kind) -> Sequence[Problem]:
    """Everything that is to be said of a kind's template, with its file from the office's folder on."""
    from paperwork import layout  # with lxml: only for who looks at a template

    file = where(known, kind)
    try:
        data = _bytes_of(kind)
    except TemplateError as error:
        return [Problem("E-TEMPLATE-FILE", file, str(error), error.advice)]
    found = (
        *rendering.check(data, printable(known, kind)),
        *_cited(known, data),
        *_laid_out(known, kind, data),
        *layout.leftovers(data),
    )
    return [replace(problem, where=f"{file} {problem.where}".strip()) for problem in found]


def _cited(known: Catalogue, data: bytes) -> Iterator[Problem]:
    """Provisions that stand typed in the template and not in the law on file: nobody would notice when they change."""
    for line in _naming_laws(hashlib.sha256(data).digest(), data):
        for typed, wrong in law.wrongly_typed(known.laws, line):
            advice = "核对条文；法律库没有的，把条文录入 templates/law/，或者改为由 kind.toml 的 cites 引用"
            yield Problem("E-TEMPLATE-ARTICLE", f"：「{line}」", f"模板里写的{typed}查不到：{wrong}", advice)


def _naming_laws(digest: bytes, data: bytes) -> tuple[str, ...]:
    """The paragraphs of a template that name a law, kept by its digest: every start of the daemon asks for them."""
    if digest not in _LINES:
        try:
            _LINES[digest] = tuple(line for line in rendering.text_of(data).splitlines() if "《" in line)
        except TemplateError:
            return ()  # told already
    return _LINES[digest]


_LINES: dict[bytes, tuple[str, ...]] = {}


def _laid_out(known: Catalogue, kind: Kind, data: bytes) -> tuple[Problem, ...]:
    if kind.family:
        return _held(data, known.families[kind.family], kind.title)
    if not known.families:
        return ()
    advice = f"在 kind.toml 写 family = …，可以写：{'、'.join(known.families)}"
    return (Problem("W-LAYOUT-NONE", "", "没有写明格式族，不核对版面", advice),)


def _held(data: bytes, family: Family, title: str) -> tuple[Problem, ...]:
    """Kept by what it was asked about: the same template is asked for again with every matter, in every office."""
    from paperwork import layout

    asked = (hashlib.sha256(data).digest(), repr(family), title)
    if asked not in _HELD:
        _HELD[asked] = layout.check(data, family, title)
    return _HELD[asked]


_HELD: dict[tuple[bytes, str, str], tuple[Problem, ...]] = {}


def where(known: Catalogue, kind: Kind) -> str:
    """templates/documents/<kind>/template.docx"""
    return (kind.folder / "template.docx").relative_to(known.root).as_posix()


def _bytes_of(kind: Kind) -> bytes:
    try:
        return (kind.folder / "template.docx").read_bytes()
    except OSError as error:
        what = f"《{kind.title}》没有模板或者读不出来"
        raise TemplateError(what, advice="放入用 Word 制作的 template.docx") from error


def blamed(error: TemplateError, where: str) -> TemplateError:
    """The same fault with the file that has it: several templates are read for one form."""
    problems = [replace(one, where=f"{where} {one.where}") for one in error.problems]
    return TemplateError(f"{where}：{error}", problems=problems, advice=error.advice)
