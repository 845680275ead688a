"""Wording that several documents share. Each is one line of a template: Jinja within Chinese."""

from __future__ import annotations

NUMBER = "{% if doc.draft %}文号待签发{% else %}{{doc.number}}{% endif %}"
DATE = "{% if doc.draft %}　　年　　月　　日{% else %}{{doc.date}}{% endif %}"

FOUND = (
    "{% if case.source == '双随机' %}在双随机抽查中{% elif case.source == '日常检查' %}在日常检查中"
    "{% elif case.source == '投诉举报' %}根据投诉举报{% elif case.source == '移送' %}根据移送的案件线索"
    "{% elif case.source == '交办' %}根据交办的案件线索{% elif case.source == '网络巡查' %}在网络巡查中"
    "{% elif case.source == '自行申报' %}根据当事人的自行申报{% elif case.source == '触发事件' %}在触发事件核查中"
    "{% else %}在{{case.source}}中{% endif %}"
)
"""How the act came to light: 在双随机抽查中, 根据投诉举报 … by the label of `case.source`."""

OFFICERS = (
    "{% for o in officers %}{{o.name}}（执法证号：{{o.cert_no}}）{% if not loop.last %}、{% endif %}"
    "{% else %}{{officers.name}}{% endfor %}"
)
"""Everybody with the number of the card; a paper without officers is not made."""

INVESTIGATORS = OFFICERS.replace("in officers", "in investigators or officers")
"""Who inspected and asked, by the records of those days; where nothing says otherwise, the officers of the case."""

ID_LABEL = (
    "{% if party.id_type in ('', '居民身份证', '身份证') %}公民身份号码{% else %}{{party.id_type}}号码{% endif %}"
)

LICENCE_OF_UNIT = (
    "{% if party.kind == '事业单位' %}事业单位法人证书{% elif party.kind == '社会组织' %}社会组织法人登记证书"
    "{% elif party.kind == '其他组织' %}登记证书{% else %}营业执照{% endif %}"
)

CORRECTED = (
    "当事人已于{{correct.done_on}}{% if correct.how == '自行' %}自行"
    "{% else %}按照《责令改正通知书》（{{correct.order_no}}）的要求{% endif %}改正，"
    "本机关于{{correct.rechecked_on}}复查属实"
)

TIDY = "trim('。；，：、;, ')"
"""Takes off how a fact ends, so that the paper's own mark follows it alone."""

ACT = f"{{{{case.act|{TIDY}}}}}"
CHARGE = f"{{% if measure.ground == '57-1-3' %}}涉嫌{{% endif %}}{ACT}"
"""The act by name: of what was not proven the party is only suspected (行政处罚法 article 57.1.3)."""

HARM_REASON = f"{{{{harm.reason|{TIDY}}}}}"

HARM_CLASSES = (
    "曾提出：{{harm.classes|join('、')}}"
    "{% if harm.confirmed_by %}；已确认（确认人：{{harm.confirmed_by|join('、')}}）{% endif %}"
    f"{{% if harm.cleared_reason %}}；{{% if harm.confirmed_by %}}另记排除理由：{{% else %}}已排除，理由：{{% endif %}}"
    f"{{{{harm.cleared_reason|{TIDY}}}}}{{% endif %}}。"
)
"""What became of a grave class that was ticked; a confirmation outweighs a clearing, as in the fact harm.flag."""

STATED = f"当事人提出陈述、申辩：{{{{statement|{TIDY}}}}}。经复核，{{{{statement_review|{TIDY}}}}}。"

UNDER_14 = "当事人出生于{{party.birth}}，实施上述行为时不满十四周岁"
INCAPABLE = (
    "当事人系精神病人或者智力残疾人，在不能辨认或者不能控制自己行为时实施了上述行为，有鉴定意见"
    "{% for e in evidence if e.kind == '鉴定意见' %}{% if loop.first %}（{% else %}、{% endif %}{{e.name}}"
    "{% if loop.last %}）{% endif %}{% endfor %}证实"
)
"""The elements of 行政处罚法 articles 30 and 31, from facts of their own and never from the officers' reason."""

REMAINING = (
    f"{{% for one in correct.remaining %}}{{{{one|{TIDY}}}}}{{% if not loop.last %}}；{{% endif %}}{{% endfor %}}"
)

VIOLATED = (
    f"{{% for v in law.violated %}}{{{{v.citation}}}}“{{{{v.text|{TIDY}}}}}”"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
)
"""The provisions with their wording: 《…》第二十一条第二款“…”、《…》第五十八条“…”."""

VIOLATED_CITED = (
    "{% for v in law.violated %}{{v.citation}}{% if not loop.last %}、{% endif %}"
    "{% else %}{{law.violated.citation}}{% endfor %}"
)
PENALTY_CITED = (
    "{% for p in law.penalty %}{{p.citation}}{% if not loop.last %}、{% endif %}"
    "{% else %}{{law.penalty.citation}}{% endfor %}"
)

GUARDIAN_DUTY = "{% if measure.ground == '30' %}加以管教{% else %}严加看管和治疗{% endif %}"
"""What the guardian is told to do: 行政处罚法 articles 30 and 31."""

BY_HAND = "____年__月__日"
LINE = "____"
STROKE = "／"
SIGN = "__________"
OFFICER_SIGNS = f"承办人（签名）：{SIGN}、{SIGN}　{BY_HAND}"

ESTABLISHED = "measure.ground != '57-1-3'"
CORRECTED_GROUNDS = "measure.ground in ('33-1前', '33-1后')"
LEFT_TO_CORRECT = "measure.ground in ('33-2', '30', '31') and correct.remaining"

# ── advice, talks and commitments ──

YOU = "{% if party.is_person %}你{% else %}你单位{% endif %}"

OWN_POLICY = "《{{org.policy_title}}》（{{org.policy_number}}）"

_ONES = "'一二三四五六七八九'"
ORDINAL = (
    "{% if loop.index >= 20 %}{{" + _ONES + "[loop.index // 10 - 1]}}{% endif %}"
    "{% if loop.index >= 10 %}十{% endif %}{% if loop.index % 10 %}{{" + _ONES + "[loop.index % 10 - 1]}}{% endif %}"
)
"""一, 二 … 十, 十一 … of the item at hand."""

TALK_HOSTS = (
    "{% for h in talk.hosts %}{{h}}{% for o in officers if o.name == h %}（执法证号：{{o.cert_no}}）"
    "{% else %}{{officers.cert_no}}{% endfor %}{% if not loop.last %}、{% endif %}{% endfor %}"
)
"""Who talks, with the number of the card that is shown; a host without one makes no record."""

PRIOR_STEP = (
    f"我局于{{{{talk.prior_served_on}}}}向{YOU}送达《{{{{talk.prior_title}}}}》（{{{{talk.prior_no}}}}），"
    "{{talk.prior_recheck_on}}复查时，{{talk.hazard|trim('。')}}仍未消除（复查记录：{{talk.prior_recheck_no}}）。"
)
"""Why it is a 责任约谈: an earlier paper, a recheck, and the hazard still there."""


def soft_basis(name: str, between: str) -> str:
    """Persuasion, guidance and advice before force, what a sector rule adds, and the bureau's own policy."""
    more = f"{{% if {name} %}}、{{{{{name}|trim('。')}}}}{{% endif %}}"
    return f"《优化营商环境条例》第五十九条第一款{more}{between}{OWN_POLICY}"


LED = "　"
"""Before a box that begins its paragraph: a wide space, so that the box is set in the East Asian font everywhere."""


def struck(name: str) -> str:
    """An answer; 无此项 is struck out, 未填 is missing and makes no paper."""
    return f"{{% if {name} == '' %}}{STROKE}{{% else %}}{{{{{name}}}}}{{% endif %}}"


def by_hand(name: str, blank: str = LINE) -> str:
    """An answer; 无此项 is struck out, 未填 left to the hand on a line that says so."""
    return f"{{% if {name} %}}{{{{{name}}}}}{{% elif {name} == '' %}}{STROKE}{{% else %}}{blank}{{% endif %}}"


def or_stroke(name: str) -> str:
    """What the program itself knows: whatever is not there is struck out."""
    return f"{{% if {name} %}}{{{{{name}}}}}{{% else %}}{STROKE}{{% endif %}}"


def boxes(name: str, *labels: str, by_hand: bool = False) -> str:
    """□ and √ before each label, ticked by what the fact says. `by_hand`: left to the party while nobody said it."""
    ticked = "　".join(f"{{% if {name} == '{label}' %}}√{{% else %}}□{{% endif %}}{label}" for label in labels)
    return ticked if by_hand else f"{{% if not {name} %}}{{{{{name}}}}}{{% endif %}}{ticked}"


def listed(name: str, mark: str) -> str:
    """The items of a list in one sentence, each after its mark: 1.…；2.…。"""
    ends = "{% if loop.last %}。{% else %}；{% endif %}"
    return f"{{% for one in {name} %}}{mark}{{{{one|trim('。；')}}}}{ends}{{% else %}}{STROKE}{{% endfor %}}"


def either(name: str, yes: str, no: str) -> str:
    """One of two wordings by a flag; a flag that nobody answered is missing, never a no."""
    return f"{{% if {name} %}}{yes}{{% elif {name} == false %}}{no}{{% else %}}{{{{{name}}}}}{{% endif %}}"


def carded(name: str) -> str:
    """The persons of this set with the number of the card that each showed; one without a card makes no record."""
    return (
        f"{{% for b in {name} %}}{{{{b}}}}{{% for o in officers if o.name == b %}}（执法证号：{{{{o.cert_no}}}}）"
        f"{{% else %}}{{{{officers.cert_no}}}}{{% endfor %}}{{% if not loop.last %}}、{{% endif %}}"
        f"{{% else %}}{{{{{name}.name}}}}{{% endfor %}}"
    )


def remedies(paper: str) -> str:
    """复议 or 诉讼 by the party's choice (domain 3.4): one reviewing government, the court, the channel."""
    return (
        f"如不服{paper}，可以自收到{paper}之日起六十日内向{{{{org.reviewing_government}}}}申请行政复议，"
        f"也可以自收到{paper}之日起六个月内依法向{{{{org.court}}}}提起行政诉讼。"
        "{% if service_plan.electronic %}行政复议申请书可以通过{{org.review_online}}提交。{% endif %}"
    )


def found_out(paper_verb: str = "") -> str:
    """How the case came up, who investigated it and how, and when it was filed."""
    return (
        f"{{{{case.found_on}}}}，本机关{FOUND}发现当事人涉嫌{ACT}。执法人员{INVESTIGATORS}"
        "{% if investigation.cards_shown %}出示执法证件，{% endif %}依法进行了{{investigation.steps|join('、')}}"
        "{% if investigation.rights_told %}，并告知当事人享有陈述、申辩和申请回避的权利{% endif %}。"
        f"本机关于{{{{case.filed_on}}}}予以立案（{{{{case.no}}}}），现已调查终结。{paper_verb}"
    )


EVIDENCE_LINE = (
    f"{{{{e.no}}}}.{{{{e.name}}}}{{% if e.pages %}}{{{{e.pages}}}}页{{% endif %}}，证明{{{{e.proves|{TIDY}}}}}"
    "{% if loop.last %}。{% else %}；{% endif %}"
)

CIRCUMSTANCES = (
    f"{{% for c in circumstances if c.verified %}}{{{{c.ground}}}}（{{{{c.fact|{TIDY}}}}}）"
    "{% if not loop.last %}；{% endif %}{% endfor %}"
)
"""The circumstances that were verified, each with its facts."""

YOUNG = "当事人出生于{{party.birth}}，实施上述行为时已满十四周岁不满十八周岁"
LIGHTENED = (
    "{% if mitigation.cited and penalty.depth in ('从轻', '减轻') %}依照{{mitigation.cited}}的规定，{% endif %}"
)
"""The articles that make it lighter; they open the sentence that says how much."""

PAYMENT = "{{penalty.payment or org.payment}}"

REPAIR_ITEM = (
    "失信信息：{{repair.item_doc_no}}，认定单位：{{repair.item_org}}，"
    "认定日期：{{repair.item_on}}，类别：{{repair.item_class}}"
)
NO_FEE = "办理信用修复不收取任何费用。"
