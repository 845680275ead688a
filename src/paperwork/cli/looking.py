"""Look things up: matters, one matter, why, and what falls due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command, Days, Reference

if TYPE_CHECKING:
    from paperwork.office import Office

_STATUS = {"fired": "成立", "unknown": "不能判断", "unmet": "不成立", "outranked": "让位", "refused": "未获批准"}
_HOLDS = {True: "是", False: "否", None: "未知"}
_STEP_STATES = {"open": "待审批", "agreed": "同意", "returned": "退回", "refused": "不同意"}
_DRAFT_STATES = {
    "draft": "送审稿",
    "superseded": "已作废的送审稿",
    "issued": "已签发",
    "replaced": "已被替换",
    "void": "作废",
}


@click.command(cls=Command, short_help="列出案件和事项")
@click.argument("text", metavar="[文字]", default="")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def cases(door: Door, text: str, json_: bool) -> int:
    """列出案件和事项；写了文字的，只列编号、案号或者当事人含有它的。

    例如：paperwork cases 网咖
    """
    from paperwork import slips, views

    with door.open() as office:
        rows = views.case_entries(office, text)
        waiting = office.ledger.open_drafts()
    if json_:
        say.as_json(rows)
        return 0
    titles = (
        ("id", "编号"),
        ("case", "案号"),
        ("party", "当事人"),
        ("state", "状态"),
        ("opened_on", "立项"),
        ("waits", "待审批"),
        ("mark", ""),
    )
    for row in rows:
        row["state"] = slips.STATES.get(row["state"], row["state"])
        row["waits"] = "、".join(dict.fromkeys(waiting.get(row["id"], ())))
        row["mark"] = "有待处理的提示" if row["attention"] else ""
    say.table(titles, rows, "（没有案件）")
    return 0


@click.command(cls=Command, short_help="一个案件的全部情况")
@click.argument("matter", metavar="案号或编号", type=Reference())
@click.option("--self-check", "self_check", is_flag=True, help="按案卷评查的十个项目列出系统看得到的问题")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def show(door: Door, matter: str, self_check: bool, json_: bool) -> int:
    """显示一个案件或者事项：事实、文书、收到的表、还缺什么、经过。

    例如：paperwork show 2026-LA-0001
    """
    from paperwork import desk, views

    with door.open() as office:
        found = desk.named(office, matter)
        if self_check:
            return _tell_self_check(views.self_check(office, found), json_)
        entry = views.show(office, found)
        facts = desk.told_facts(office, found)
        titles = {row["form"]: views.form_title(office, row["form"]) for row in entry["forms"]}
    if json_:
        say.as_json(entry)
    else:
        for row in entry["forms"]:
            row["form"] = titles[row["form"]]
        for event in entry["events"]:
            event["kind"] = views.told_event(event["kind"], event["data"])
        _tell_matter(entry, facts)
    return 0


def _tell_self_check(heads: list[dict[str, Any]], json_: bool) -> int:
    if json_:
        say.as_json(heads)
        return 0
    for head in heads:
        say.line(f"{say.coloured(head['label'], 'cyan')}　{'' if head['findings'] else '没有发现问题'}")
        for finding in head["findings"]:
            say.line(f"    {finding}")
    say.line("系统只看得到登记的内容；是否属实、签名盖章是否齐全，由检查人在自查表上填写。")
    return 0


def _tell_matter(entry: Mapping[str, Any], facts: list[dict[str, Any]]) -> None:
    from paperwork import slips

    say.line(f"{entry['case'] or entry['id']}　{entry['party']}　{slips.STATES.get(entry['state'], entry['state'])}")
    say.heading("文书")
    for document in entry["documents"]:
        document["state"] = _DRAFT_STATES.get(document["state"], document["state"])
    columns = (
        ("code", "代码"),
        ("title", "文书"),
        ("number", "文号"),
        ("dated", "日期"),
        ("state", "状态"),
        ("path", "文件"),
    )
    say.table(columns, entry["documents"])
    _tell_missing(entry["missing"])
    say.heading("收到的表")
    say.table((("drop", "回执编号"), ("form", "表"), ("received_at", "收到")), entry["forms"])
    say.heading("事实")
    told = [{**fact, "value": say.worded(fact["value"])} for fact in facts]
    say.table((("label", "事项"), ("name", "名称"), ("value", "内容")), told)
    say.heading("经过")
    say.table((("seq", "序号"), ("on", "日期"), ("kind", "事件"), ("by", "经手")), entry["events"])


def _tell_missing(missing: list[dict[str, Any]]) -> None:
    if missing:
        say.heading("还缺")
        rows = [{**one, "code": one["code"] if one["kind"] == "document" else ""} for one in missing]
        say.table((("code", "代码"), ("name", "名称"), ("why", "原因")), rows)


@click.command(cls=Command, short_help="为什么这样处理")
@click.argument("matter", metavar="案号或编号", type=Reference())
@click.option("--document", metavar="文号", help="说明这一份文书的依据")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def explain(door: Door, matter: str, document: str | None, json_: bool) -> int:
    """逐条说明规则怎样判断：成立、不成立还是缺事实，依据哪一条，审批到了哪一步。

    例如：paperwork explain 2026-LA-0001
    """
    from paperwork import desk, views

    with door.open() as office:
        found = desk.named(office, matter)
        steps = views.step_labels(office)
        entry = views.explain_document(desk.document_of(found, document)) if document else views.explain(office, found)
        if not json_:
            _in_words(office, entry)
    if json_:
        say.as_json(entry)
    elif document:
        _tell_document(entry)
    else:
        _tell_reasons(entry, steps)
    return 0


def _in_words(office: Office, entry: Any) -> None:
    """Conditions and the values they looked at, as people call them."""
    from paperwork import views

    for part in entry.get("measures", [entry]):
        part["because"] = [
            {
                **reason,
                "condition": views.told_condition(office, reason["condition"]),
                "value": views.told_value(office, reason["condition"], reason["value"]),
            }
            for reason in part["because"] or ()
        ]


def _tell_document(entry: Mapping[str, Any]) -> None:
    document = entry["document"]
    say.line(f"{document['code']} {document['title']}　{document['number'] or ''}　{document['dated'] or ''}")
    say.line(f"规则：{entry['rule'] or '（登记时制作，不经规则）'}")
    _tell_because(entry["because"])
    say.line(f"模板：{entry['template']}")
    say.line(f"规则和法条的版本：{entry['catalogue']}")


def _tell_because(because: Any) -> None:
    for reason in because or ():
        value = "未填" if reason["value"] is None else say.worded(reason["value"])
        say.line(f"    {_HOLDS[reason['holds']]}", f"　{reason['condition']}", say.aside(value))


def _tell_reasons(entry: Mapping[str, Any], steps: Mapping[str, str]) -> None:
    for measure in entry["measures"]:
        colour = {"fired": "green", "unknown": "yellow"}.get(measure["status"], "")
        word = _STATUS.get(measure["status"], measure["status"])
        said = say.coloured(word, colour) if colour else word
        say.line(measure["rule"], measure["label"], f"：{said}")
        _tell_because(measure["because"])
        if measure["fired"] and measure["cited"]:
            say.line(f"    依据 {measure['cited']}")
        for step in measure["approvals"] if measure["fired"] else ():
            who = f"　{step['person']} {step['on']}" if step["person"] else ""
            say.line(f"    审批 {steps.get(step['step'], step['step'])}：{_STEP_STATES[step['state']]}{who}")
    _tell_missing(entry["missing"])


@click.command(cls=Command, short_help="将要到期的事项")
@click.option("--within", type=Days(), metavar="天数", help="只列这些天内到期的")
@click.option("--json", "json_", is_flag=True, help="输出 JSON")
@the_door
def due(door: Door, within: int | None, json_: bool) -> int:
    """列出各个期限：哪一天到期，还剩几天，依据哪一条。

    例如：paperwork due --within 30
    """
    from paperwork import views

    with door.open() as office:
        rows = views.due(office, within)
    if json_:
        say.as_json(rows)
        return 0
    for row in rows:
        days = row["days_left"]
        left = f"已过{-days}天" if days is not None and days < 0 else f"{days}天"
        row["left"] = "已办" if row["met_on"] else row["unknown"] or left
        row["basis"] = views.told_basis(row["basis"])
        row["ref"] = row["case"] or row["id"]
    columns = (
        ("due_on", "到期"),
        ("left", "还剩"),
        ("what", "事项"),
        ("ref", "案件"),
        ("party", "当事人"),
        ("basis", "依据"),
    )
    say.table(columns, rows, "（没有期限）")
    return 0
