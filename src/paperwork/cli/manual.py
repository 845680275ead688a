"""What `--help` says beyond a command's own words: arguments, examples, exit codes, what to see besides.

Loaded only when somebody asks. Exit codes are those of the contract (DESIGN §6).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

CODES = {
    0: "办好了",
    1: "有退回的，或者有承诺没有兑现",
    2: "用法不对",
    3: "办公文件夹的文件（模板、规则、设置）有误",
    4: "机器有问题（磁盘、权限、数据库）",
    70: "程序错误，请报告",
}
ENVIRONMENT = {
    "PAPERWORK_OFFICE": "办公文件夹，代替 --office",
    "PAPERWORK_TODAY": "把这一天当作今天，代替 --today",
    "PAPERWORK_LEDGER": "账册的地址，代替 bureau.toml 里的 ledger；不写密码",
    "PAPERWORK_PRIVATE": "本机自己的文件夹：暂存、日志、心跳；几台机器同办时各设各的",
    "PGPASSFILE": "数据库的密码文件，权限 600；或者把密码放在 PGPASSWORD 里",
    "NO_COLOR": "设了就没有颜色；输出到文件时本来就没有",
    "PAPERWORK_DEBUG": "设为 1，出错时显示详情",
}
MATTER = "案号或编号"
PERIOD = "报告期"
ARGUMENTS = {
    MATTER: "案号（括号用哪一种都可以），或者编号，如 2026-LA-0001；按 Tab 补全",
    PERIOD: "2026Q3 季度、2026H1 半年、2026-09 月、2026 年，或者起止日期 2026-07-01..2026-09-30",
}
"""Arguments that mean the same wherever they stand: metavar → what it is."""


class Page(NamedTuple):  # no dataclass: their module alone costs as much as all of this page
    """The page of a command. `examples`: (line, what it does); the one in the command's own words stands first."""

    examples: tuple[tuple[str, str], ...] = ()
    arguments: Mapping[str, str] = MappingProxyType({})
    returns: bool = False  # exit code 1 has a meaning here
    see: tuple[str, ...] = ()


_NOTHING = Page()


def page(command: str) -> Page:
    """The page of a command by its name."""
    return _PAGES.get(command, _NOTHING)


_PAGES = {
    "paperwork": Page(
        (
            ("paperwork init 执法文书", "新建办公文件夹"),
            ("paperwork --office 执法文书 watch", "一直收表"),
            ("paperwork --today 2026-07-16 cases", "在另一天看，用于演练"),
        ),
    ),
    "init": Page((), {"文件夹": "新建在哪里；已有的办公文件夹不会覆盖"}, see=("check", "demo")),
    "demo": Page(
        (("paperwork demo", "建在临时文件夹里"),),
        {"[文件夹]": "建在哪里；不写则在临时文件夹"},
        returns=True,
        see=("init",),
    ),
    "watch": Page((("paperwork watch", "一直收表，Ctrl-C 停止"),), returns=True, see=("file", "status", "service")),
    "worker": Page(see=("watch", "status")),
    "file": Page(
        (("paperwork file 案件登记表.xlsx 送达情况表.docx", "一次办理几份"),),
        {"表格…": "填好的表：docx、xlsx、pdf 或者 json，一份或者几份"},
        returns=True,
        see=("watch", "forms", "record"),
    ),
    "forms": Page(
        (
            ("paperwork forms 案件登记表 --format xlsx -o 空白表", "一件一行的 Excel"),
            ("paperwork forms -o 空白表", "全部空白表"),
        ),
        {"[表名…]": "表的名称，如 案件登记表；不写则全部"},
        see=("file",),
    ),
    "record": Page(
        (("paperwork record 2026-LA-0001 --form 结案情况表 case.closed_on=2026-08-01", "写明按哪一种表"),),
        {"字段=值…": "facts.toml 里的名称或者表上的栏目，等号，答案；可以写几个"},
        returns=True,
        see=("file", "show"),
    ),
    "void": Page((), {"文号": "已经编出的文号"}, see=("export", "audit")),
    "cases": Page(
        (("paperwork cases --json", "给别的程序用"),), {"[文字]": "编号、案号或者当事人里的字"}, see=("show", "due")
    ),
    "show": Page((("paperwork show 朔区文旅立字〔2026〕1号 --json", "给别的程序用"),), see=("explain", "dossier")),
    "explain": Page(
        (("paperwork explain 2026-LA-0001 --document 朔区文旅不罚字〔2026〕1号", "一份文书的依据"),),
        see=("rules", "show"),
    ),
    "due": Page((("paperwork due", "全部期限"),), see=("cases", "status")),
    "dossier": Page(
        (("paperwork dossier --year 2026 -o 案卷", "一年里结案的，每件一份"),), returns=True, see=("show",)
    ),
    "render": Page((), {"模板.docx": "docxtpl 写法的 Word 模板"}, returns=True, see=("kinds",)),
    "kinds": Page((("paperwork kinds", "全部文书"),), {"[文书]": "文书代码、文件夹名或者名称"}, see=("rules", "check")),
    "rules": Page(
        (("paperwork rules DR-11", "一条规则"), ("paperwork rules --json", "给别的程序用，条件写代码")),
        {"[规则…]": "规则的编号，如 DR-11；不写则全部"},
        see=("explain", "check"),
    ),
    "check": Page(
        (
            ("paperwork check", "改完模板、规则以后运行"),
            ("paperwork check -o 批注", "有问题的模板各写一份带批注的副本"),
        ),
        see=("rules", "kinds"),
    ),
    "report": Page(
        (
            ("paperwork report 2026Q3 --why R-10", "一个指标计入了哪些案件"),
            ("paperwork report 2026 -o 上报", "抄一份出来"),
        ),
        see=("bundle", "explain"),
    ),
    "bundle": Page((), see=("collect", "report")),
    "collect": Page((), {"数据包…": "各单位的数据包（.json）"}, returns=True, see=("bundle",)),
    "export": Page(
        (("paperwork export numbers -o 编号册.xlsx", "编号登记簿"),),
        {"ledger|numbers|seals|archive|enforcement": "工作台账、编号、用印、移交、执法数据"},
        see=("audit",),
    ),
    "publish": Page((("paperwork publish 2026Q3 -o 公示", "写到别的文件夹"),), returns=True, see=("report",)),
    "audit": Page((("paperwork audit --json", "给监控程序用"),), returns=True, see=("check", "doctor")),
    "status": Page((("paperwork status --json", "给监控程序用"),), see=("watch", "doctor", "due")),
    "doctor": Page((("paperwork doctor --json", "给监控程序用"),), returns=True, see=("status", "support")),
    "backup": Page((), see=("restore", "audit")),
    "restore": Page(
        (), {"备份.zip": "backup 写成的文件", "文件夹": "恢复到哪里；必须是新的"}, returns=True, see=("backup", "audit")
    ),
    "upgrade": Page((), see=("backup", "doctor")),
    "service": Page(
        (
            ("paperwork service status", "是否在运行"),
            ("paperwork service install --system --run-as paperwork", "系统服务，须管理员"),
            ("paperwork service install --workers 2", "两个办理机"),
        ),
        {"install|start|status|remove": "安装、启动、查看、移除"},
        returns=True,
        see=("watch", "doctor"),
    ),
    "support": Page((), see=("doctor",)),
}
