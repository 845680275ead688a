"""Wording that several documents share. Each is one line of a template: Jinja within Chinese."""

from __future__ import annotations

FOUND = (
    "{% if case.source == '双随机' %}在双随机抽查中{% elif case.source == '日常检查' %}在日常检查中"
    "{% elif case.source == '投诉举报' %}根据投诉举报{% elif case.source == '移送' %}根据移送的案件线索"
    "{% elif case.source == '交办' %}根据交办的案件线索{% elif case.source == '网络巡查' %}在网络巡查中"
    "{% elif case.source == '自行申报' %}根据当事人的自行申报{% elif case.source == '触发事件' %}在触发事件核查中"
    "{% else %}在{{case.source}}中{% endif %}"
)
"""How the act came to light: 在双随机抽查中, 根据投诉举报 … by the label of `case.source`."""

OFFICERS = "{% for o in officers %}{{o.name}}（执法证号：{{o.cert_no}}）{% if not loop.last %}、{% endif %}{% endfor %}"

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

HARM_REASON = "{{harm.reason|trim('。')}}"

VIOLATED = (
    "{% for v in law.violated %}{{v.citation}}“{{v.text|trim('。')}}”{% if not loop.last %}、{% endif %}{% endfor %}"
)
"""The provisions with their wording: 《…》第二十一条第二款“…”、《…》第五十八条“…”."""

VIOLATED_CITED = "{% for v in law.violated %}{{v.citation}}{% if not loop.last %}、{% endif %}{% endfor %}"
PENALTY_CITED = "{% for p in law.penalty %}{{p.citation}}{% if not loop.last %}、{% endif %}{% endfor %}"

GUARDIAN_DUTY = "{% if measure.ground == '30' %}加以管教{% else %}严加看管和治疗{% endif %}"
"""What the guardian is told to do: 行政处罚法 articles 30 and 31."""

BY_HAND = "____年__月__日"
SIGN = "__________"
OFFICER_SIGNS = f"承办人（签名）：{SIGN}、{SIGN}　{BY_HAND}"

ESTABLISHED = "measure.ground != '57-1-3'"
CORRECTED_GROUNDS = "measure.ground in ('33-1前', '33-1后')"
LEFT_TO_CORRECT = "measure.ground in ('33-2', '30', '31') and correct.remaining"
