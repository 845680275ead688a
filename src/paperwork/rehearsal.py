"""Before a number exists: every paper of the plan rendered and proven, as draft and as it will be issued."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paperwork import filing, numbering, rendering
from paperwork.errors import Bug, MachineError, OfficeError, TemplateError
from paperwork.model import Document, Fact, Finding, Issue, Json, Plan, Recipe, Slot, Wanted
from paperwork.office import Office
from paperwork.templates import blamed

# What `templates/bureau.toml` [org] holds, as people call it.
_SETTINGS = {
    "name": "本机关名称",
    "uscc": "本机关统一社会信用代码",
    "address": "本机关地址",
    "phone": "本机关电话",
    "reviewing_government": "行政复议机关",
    "court": "管辖法院",
    "office": "意见反馈的受理部门",
    "review_online": "复议机关的互联网渠道，电子送达时必填",
    "policy_title": "实施方案的名称",
    "policy_number": "实施方案的文号",
    "payment": "罚款的缴款银行或者电子支付渠道",
}

_OFFICE_NUMBER = "发〔2026〕99999号"
"""For a paper whose number the office gives with its approval."""


def rehearse(office: Office, plan: Plan, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Findings when a paper lacks a fact or cannot hold a character; OfficeError when its template is at fault.

    The templates that the recipes name are put into the objects here, so that from registering on nothing live is
    needed.
    """
    _place(office, plan)
    _keep(office)
    found: dict[Finding, None] = {}
    lacking: dict[tuple[str, str], dict[str, None]] = {}
    for recipe in _papers(office, plan, documents):
        try:
            _render(office, recipe)
        except rendering.MissingFacts as missing:
            for field in _missing(office, recipe, missing.names):
                lacking.setdefault(field, {})[recipe.title] = None
        except rendering.BadCharacters as bad:
            found.update(dict.fromkeys(_unprintable(recipe, bad)))
    return (*_lacks(lacking), *found)


def _keep(office: Office) -> None:
    """The rules by which the form is decided, kept by hash like the templates: the submission's event names them."""
    if not office.objects.has(office.edition_id):
        office.objects.put(office.edition)


def _papers(office: Office, plan: Plan, documents: Sequence[Document]) -> Iterator[Recipe]:
    """Every paper that the plan makes or issues, in every shape in which it will stand."""
    rehearsed: set[tuple[str, str]] = set()
    for wanted in plan.documents:
        template = office.templates[wanted.kind]
        if not office.objects.is_sound(template.sha256):
            office.objects.put(template.data)
        if (wanted.kind, wanted.recipe.template) in rehearsed and not wanted.code:
            continue  # forms of one kind differ in a label only
        rehearsed.add((wanted.kind, wanted.recipe.template))
        if not _living(office, wanted):
            yield from _shapes(office, plan, wanted)
    by_key = {d.key: d for d in documents}
    for issue in plan.issues:
        yield _issued(office, by_key[issue.key], issue)


def _place(office: Office, plan: Plan) -> None:
    """The folder of a matter that opens must lie inside the outbox; afterwards its number would be used already."""
    if plan.opening is None:
        return
    try:
        filing.inside(office.root, plan.opening.folder.as_posix())
    except Bug as wrong:
        raise MachineError(str(wrong), advice="outbox 和年份文件夹应当是真实的文件夹，不能是链接") from wrong


def _living(office: Office, wanted: Wanted) -> bool:
    kind = office.catalogue.kinds.get(wanted.kind)
    return kind is not None and kind.living


def _shapes(office: Office, plan: Plan, wanted: Wanted) -> Iterator[Recipe]:
    """The paper with numbers of the right shape; a draft also as it will be issued once its steps agree."""
    case = _sample(office, plan.opening.case_slot) if plan.opening else "案号"
    number = _sample(office, wanted.slot)
    served = dict.fromkeys([*([wanted.serves] if wanted.serves else []), *wanted.refs.values()], "〔2026〕1号")
    draft = wanted.bound(plan.matter or "2026-LA-0001", case, number, served)
    yield draft
    if wanted.state == "draft" and wanted.code:
        series = office.catalogue.kinds[wanted.kind].number
        slot = None if series in ("none", "office") else Slot(series, 2026)
        number = _OFFICE_NUMBER if series == "office" else _sample(office, slot)
        yield draft.issued(number, dt.date(2026, 12, 31), _sample_approvals(draft))


def _sample(office: Office, slot: Slot | None) -> str:
    if slot is None:
        return ""
    return numbering.format_number(office.catalogue.settings.series[slot.series].pattern, slot.year, 99999)


def _sample_approvals(draft: Recipe) -> Json:
    wanted = draft.context.get("approvals", [])
    return [{**a, "person": "某某某", "decision": "同意", "opinion": "同意", "on": "2026年12月31日"} for a in wanted]


def _issued(office: Office, document: Document, issue: Issue) -> Recipe:
    return document.recipe.issued(issue.number or _sample(office, issue.slot), issue.dated, issue.approvals)


def _unprintable(recipe: Recipe, bad: rendering.BadCharacters) -> Iterator[Finding]:
    for place, characters in bad.places.items():
        named = "、".join(characters)
        message = f"《{recipe.title}》不能印出「{place}」中的字符 {named}"
        yield Finding("E-CHARACTER", message, place, found=named)


def _lacks(lacking: Mapping[tuple[str, str], Iterable[str]]) -> Iterator[Finding]:
    """One finding per field, with all the papers that want it: the clerk fills it in once."""
    for (field, label), titles in lacking.items():
        papers = "".join(f"《{title}》" for title in titles)
        yield Finding("E-DOC-FACT", f"{papers}需要「{label}」，请补充填写", field, f"「{label}」一栏")


def _render(office: Office, recipe: Recipe) -> None:
    """The paper, thrown away. A fault of the template is told with the file that has it."""
    try:
        rendering.render(office.objects.get(recipe.template), recipe.context)
    except TemplateError as error:
        raise blamed(error, office.templates.where(recipe.kind)) from error


def _missing(office: Office, recipe: Recipe, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(fact, label) of what the clerk can give. OfficeError for what only the office can."""
    for name in names:
        group, _, key = name.partition(".")
        if group == "org":
            raise _not_set(recipe, key)
        if group in ("cites", "measure", "doc"):
            raise OfficeError(
                f"{office.templates.where(recipe.kind)}：《{recipe.title}》要打印「{name}」，而规则里没有",
                advice="请管理员核对这份模板和 templates/policy.toml 中相应的规则，改好后运行 paperwork check",
            )
        fact = _fact(office, name)
        if fact:
            yield fact.name, fact.label or fact.name
        else:
            yield name, _of_paper(office, recipe, key) if group == "refs" else name


def _of_paper(office: Office, recipe: Recipe, key: str) -> str:
    """`demand_number` as people say it: 《履行行政处罚决定催告书》的文号."""
    of, _, what = key.rpartition("_")
    code = office.catalogue.kinds[recipe.kind].refers.get(of, "")
    title = next((kind.title for kind in office.catalogue.kinds.values() if kind.code == code), of)
    return f"《{title}》的{_REFERRED.get(what, what)}"


_REFERRED = {"number": "文号", "date": "日期", "title": "名称"}


def _not_set(recipe: Recipe, key: str) -> OfficeError:
    told = f"（{_SETTINGS[key]}）" if key in _SETTINGS else ""
    return OfficeError(
        f"templates/bureau.toml [org] {key} 没有填写，《{recipe.title}》要打印它{told}",
        advice=f'请管理员在 templates/bureau.toml 的 [org] 下填写 {key} = "…"；材料原样保留，填好后自动再试',
    )


def _fact(office: Office, name: str) -> Fact | None:
    """The fact that prints under a name of the context: `no_penalty.query_on`, `evidence[2].name`, `talk.a5`."""
    facts, plain = office.catalogue.facts, re.sub(r"\[\d+\]", "", name)
    root, _, column = plain.rpartition(".")
    for fact in facts.values():
        if plain in (fact.name, _printed_as(fact.name)):
            return fact
        if column in fact.items and root in (fact.name, fact.name.removesuffix("s")):
            return fact.items[column]
    return None


def _printed_as(name: str) -> str:
    root, _, rest = name.partition(".")
    return f"{root}.{rest.replace('.', '_')}" if rest else root
