"""D-02 行政提示书 a to g (domain 3.2): what runs out and by when to act. It orders nothing; below it lies the stub."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tools.templates.layout import Paper
from tools.templates.phrases import BY_HAND, DATE, LED, NUMBER, SIGN, YOU, soft_basis
from tools.templates.tables import cell, label

_HOW = "{% if reminder.how_to %}，办理方法：{{reminder.how_to|trim('。')}}{% endif %}"
_OF_OTHERS = "由市场监督管理部门管理，我局只作提示。"

TEXTS: Mapping[str, tuple[str, ...]] = {
    "annual": (
        "请于{{reminder.last_day}}前登录国家企业信用信息公示系统（山西），报送并公示{{reminder.year}}年度报告。"
        "{% if party.kind == '个体工商户' %}也可以向登记机关报送纸质年度报告。{% endif %}",
        "逾期未报送的，由市场监督管理部门列入经营异常名录，并依法处理。年度报告" + _OF_OTHERS,
    ),
    "licence": (
        f"{YOU}{{{{reminder.subject}}}}（编号：{{{{reminder.no}}}}）有效期至{{{{reminder.until}}}}。"
        "需要延续的，应当在有效期届满三十日前（{{reminder.last_day}}前）向{{reminder.issuer}}提出申请。",
    ),
    "duty": (
        f"{YOU}{{{{reminder.subject|trim('。')}}}}的履行期限将于{{{{reminder.until}}}}届满，"
        f"请于{{{{reminder.last_day}}}}前办理{_HOW}。",
    ),
    "window": (
        f"{YOU}{{{{reminder.subject|trim('。')}}}}的办理期限将于{{{{reminder.until}}}}届满，"
        f"需要办理的，请于{{{{reminder.last_day}}}}前提出{_HOW}。",
    ),
    "cma": (
        f"{YOU}{{{{reminder.subject}}}}（编号：{{{{reminder.no}}}}）有效期至{{{{reminder.until}}}}。"
        "需要延续的，应当在有效期届满三个月前（{{reminder.last_day}}前）向资质认定部门提出申请。",
        "检验检测机构资质认定" + _OF_OTHERS,
    ),
    "abnormal": (
        f"据市场监督管理部门公示的信息，{YOU}因{{{{reminder.reason}}}}，于{{{{reminder.listed_on}}}}"
        "被{{reminder.listed_by}}列入经营异常名录，至今没有移出。",
        "请尽快补报、更正有关信息或者办理变更登记，并向作出列入决定的市场监督管理部门申请移出。"
        "经营异常名录" + _OF_OTHERS,
    ),
    "other": (
        f"下列事项容易疏忽，提请{YOU}注意：{{{{reminder.subject|trim('。')}}}}，"
        f"请于{{{{reminder.last_day}}}}前办理{_HOW}。",
    ),
}


def build(kind: str) -> Paper:
    """The template of one kind of reminder."""
    paper = Paper("dashes")
    paper.organ()
    paper.title("行政提示书")
    paper.number(NUMBER)
    paper.flush("{{party.name}}：")
    for text in TEXTS[kind]:
        paper.text(text)
    paper.text(f"提示的依据：{soft_basis('reminder.basis', '、')}。")
    paper.text(f"已经办理的，请忽略本提示。本提示不影响{YOU}依法享有的权利；如有不同意见，请向我局反映。")
    paper.text("联系电话：{{org.phone}}", held=True)
    paper.signature("{{org.name}}", DATE)
    _stub(paper)
    return paper


def _stub(paper: Paper) -> None:
    """What the bureau keeps: the text message, and how and when it was sent."""
    paper.on_new_page("存根（本机关留存）　{{doc.number}}　{{reminder.step}}")
    form = paper.table(2, 9)
    form.row(label("短信文字"), cell("{{reminder.sms}}"))
    form.row(label("发送方式"), cell(LED + "□纸质　□短信　□微信　□电话　□广告屏　□网站"))
    form.row(label("发送时间"), cell(f"{BY_HAND}　　经办人（签名）：{SIGN}"))
    form.row(label("收到情况"), cell(SIGN * 3, high=1))
    paper.end_with_table()


BUILDS: Mapping[str, Callable[[], Paper]] = {f"reminder_{kind}": partial(build, kind) for kind in TEXTS}
