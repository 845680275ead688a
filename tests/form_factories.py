"""Forms made by hand for the tests of blanks and readers: small, but with every type of answer."""

from __future__ import annotations

from paperwork.model import Choice, Fact, Field, Form, Section


def choices(**labels: str) -> tuple[Choice, ...]:
    """code=label, in order."""
    return tuple(Choice(code, label) for code, label in labels.items())


def _list(name: str, label: str, key: tuple[str, ...], *items: Fact) -> Fact:
    return Fact(name, label, "list", key=key, items={item.name: item for item in items})


_FACTS = (
    Fact("unit", "承办机构", "text", aliases=("承办部门",)),
    Fact("case.title", "案件名称", "text"),
    Fact("case.act", "涉嫌违法行为", "text", aliases=("案由",)),
    Fact("case.source", "案件来源", "choice", choices=choices(routine="日常检查", random="双随机", other="移送")),
    Fact("case.filed_on", "立案日期", "date"),
    Fact("case.separate", "另案", "flag"),
    Fact("party.name", "当事人名称", "text", aliases=("当事人", "单位名称", "名称（姓名）")),
    Fact("party.legal_rep", "法定代表人（负责人、经营者）", "text", aliases=("法定代表人", "负责人"), personal="name"),
    Fact("party.phone", "联系电话", "text", aliases=("电话",), personal="contact"),
    Fact("fact.time", "检查时间", "datetime"),
    Fact("fact.summary", "违法事实", "text"),
    Fact("fine.amount", "罚款金额", "money"),
    Fact("harm.level", "危害后果", "choice", choices=choices(none="无", minor="轻微", grave="严重")),
    Fact(
        "harm.classes", "严重情形", "set",
        choices=choices(minors="未成年人权益", safety="公共安全", public="群众利益、消费者合法权益"),
    ),
    Fact("correct.rechecked_by", "复查人", "set"),
    Fact("crime.suspected", "是否涉嫌犯罪", "flag"),
    _list(
        "party.licences", "许可证件", ("no",),
        Fact("name", "证件名称", "text"), Fact("no", "证件编号", "text"), Fact("valid_to", "有效期至", "date"),
    ),
    _list("officers", "执法人员", ("cert_no",), Fact("name", "姓名", "text"), Fact("cert_no", "执法证号", "text")),
    _list(
        "evidence", "证据", ("no",),
        Fact("no", "序号", "integer"), Fact("kind", "证据种类", "choice", choices=choices(doc="书证", av="视听资料")),
        Fact("name", "证据名称", "text", aliases=("名称",)), Fact("original", "是否原件", "flag"),
        Fact("marks", "特征", "set", choices=choices(signed="已签名", sealed="已盖章")),
        Fact("collected_on", "收集日期", "date"),
    ),
    _list(
        "approvals", "审批意见", ("draft", "step"),
        Fact("draft", "审批代码", "text"), Fact("measure", "审批事项", "text"),
        Fact("step", "审批环节", "choice", choices=choices(head="部门负责人", legal="法制审核", chief="负责人")),
        Fact("person", "审批人", "text"),
        Fact("decision", "审批意见", "choice", choices=choices(agree="同意", refuse="不同意", back="退回")),
        Fact("opinion", "具体意见", "text"), Fact("on", "审批日期", "date"),
    ),
    _list(
        "talks", "约谈", ("no",),
        Fact("no", "约谈序号", "integer"),
        Fact("kind", "约谈类型", "choice", choices=choices(guidance="指导约谈", responsibility="责任约谈")),
        Fact("reason", "约谈事由", "text"), Fact("when", "拟约谈时间", "datetime"), Fact("place", "地点", "text"),
        Fact("hosts", "约谈人", "set"), Fact("reply_by", "回复日期", "date"), Fact("held", "是否到场", "flag"),
        Fact("issues", "存在的情况", "set"), Fact("moods", "态度", "set", choices=choices(calm="平和", sorry="认错")),
        Fact("host", "主持人", "text"), Fact("recorder", "记录人", "text"), Fact("a1", "答：是否知道约谈人", "text"),
        Fact("a2", "答：还有谁是负责人", "text"),
    ),
    Fact("edu.place", "地点", "text"),
    Fact("talk.place", "地点", "text"),
)  # fmt: skip
FACTS: dict[str, Fact] = {fact.name: fact for fact in _FACTS}


def asks(name: str, **more: object) -> Field:
    """A field that asks for a fact under the fact's own label; `asks("evidence.no")` for a column."""
    owner, _, short = name.rpartition(".")
    fact = FACTS.get(name) or FACTS[owner].items[short]
    return Field(name if name in FACTS else short, str(more.pop("label", fact.label)), **more)  # type: ignore[arg-type]


def columns(owner: str, *names: str) -> tuple[Field, ...]:
    """Columns of a list."""
    return tuple(asks(f"{owner}.{name}") for name in names)


INTAKE = Form(
    "case_intake", "案件登记表", 1, "case", "inbox", ("docx", "json"),
    (
        Section("一、案件", "sets", (
            asks("unit"), asks("case.title", required=True),
            asks("case.act", required=True, help="用一句话写明（原样引用）"),
            asks("case.source", required=True), asks("case.filed_on"), asks("case.separate"),
            asks("fact.time"), asks("fact.summary", example="营业场所入口处未悬挂标志。"), asks("fine.amount"),
        )),
        Section("二、当事人", "sets", (
            asks("party.name", required=True), asks("party.legal_rep"), asks("party.phone"),
        )),
        Section("许可证件", "sets", (), "party.licences", columns("party.licences", "name", "no", "valid_to"), rows=2),
        Section("三、执法人员", "sets", (), "officers", columns("officers", "name", "cert_no"), rows=2),
        Section("四、证据", "sets", (), "evidence",
                columns("evidence", "no", "kind", "name", "original", "marks", "collected_on"), rows=3),
        Section("五、后果", "sets", (
            asks("harm.level"), asks("harm.classes"), asks("correct.rechecked_by"), asks("crime.suspected"),
        )),
        Section("六、教育", "sets", (asks("edu.place"),)),
        Section("七、约谈", "sets", (asks("talk.place"),)),
    ),
    intro="每案一表。带＊的必须填写；没有内容的填「无」，暂不清楚的留空。",
)  # fmt: skip

APPROVAL = Form(
    "approval", "审批意见表", 2, "", "approvals", ("docx", "json"),
    (
        Section("审批意见", "adds", (), "approvals",
                columns("approvals", "step", "person", "decision", "opinion", "on"),
                (asks("approvals.draft", required=True), asks("approvals.measure")), 3),
    ),
)  # fmt: skip

TALK = Form(
    "talk", "约谈情况表", 1, "guidance", "inbox", ("docx", "json"),
    (
        Section("一、当事人", "sets", (asks("party.name", required=True), asks("edu.place"))),
        Section("二、执法人员", "sets", (), "officers", columns("officers", "name", "cert_no"), rows=2),
        Section("三、约谈", "adds", (), "talks", (
            asks("talks.no", required=True), asks("talks.kind", required=True),
            *columns("talks", "reason", "when", "place"), asks("talks.hosts", help="不少于两人"),
            asks("talks.held", help="以下在约谈之后填写"),
            *columns("talks", "reply_by", "issues", "moods", "host", "recorder", "a1", "a2"),
        ), rows=1, layout="pairs"),
    ),
)  # fmt: skip

FORMS: dict[str, Form] = {form.id: form for form in (INTAKE, APPROVAL, TALK)}
