"""The door of the command line: the commands in their order, and every exception as its exit code, in one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from paperwork.cli import say
from paperwork.cli.door import Door
from paperwork.cli.usage import Day, Folder, Group, told

if TYPE_CHECKING:
    from pathlib import Path

USAGE, MACHINE, BUG = 2, 4, 70
_INTERRUPTED = 130  # as shells count a command that Ctrl-C ended

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("start", "新建办公文件夹"),
    "demo": ("start", "建立样例并演示全过程"),
    "watch": ("taking", "收取 inbox 里的表格，一直运行"),
    "worker": ("taking", "在另一台机器上帮着办理"),
    "file": ("taking", "办理给出的表格（原件不动）"),
    "forms": ("handing", "制作空白表"),
    "record": ("taking", "手工登记事实"),
    "void": ("taking", "作废一个文号"),
    "cases": ("looking", "列出案件和事项"),
    "show": ("looking", "一个案件的全部情况"),
    "explain": ("looking", "为什么这样处理"),
    "due": ("looking", "将要到期的事项"),
    "dossier": ("binding", "制作整卷 PDF"),
    "render": ("handing", "用数据套打一个 Word 模板"),
    "kinds": ("rulebook", "列出文书种类"),
    "rules": ("rulebook", "列出规则"),
    "check": ("rulebook", "检查模板、规则、法条和样例"),
    "report": ("summing", "工作总结：统计、送审稿、冻结的报告"),
    "bundle": ("rolling", "签名的上报数据包"),
    "collect": ("rolling", "汇总各单位的数据包"),
    "export": ("rolling", "台账和各种登记册，Excel"),
    "publish": ("showing_credit", "信用公示文件：上报归集、对外公示"),
    "audit": ("promises", "承诺是否都兑现"),
    "status": ("promises", "现在的情况"),
    "doctor": ("promises", "检查这台机器"),
    "backup": ("keeping", "备份整个办公文件夹和账册"),
    "restore": ("keeping", "从备份恢复"),
    "upgrade": ("keeping", "升级账册"),
    "service": ("keeping", "开机自动运行"),
    "support": ("keeping", "求助包：给维护人员看的情况，不含个人信息"),
}
"""Command → its page in this room, loaded when the command is called, and what `--help` says of it."""



@click.command(
    cls=Group,
    waiting=COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="命令 …",
    options_metavar="[选项]",
)
@click.option(
    "--office", type=Folder(), envvar="PAPERWORK_OFFICE", metavar="文件夹", help="办公文件夹；不写则从当前文件夹向上找"
)
@click.option("--today", type=Day(), envvar="PAPERWORK_TODAY", metavar="日期", help="把这一天当作今天，用于演练和补录")
@click.option("--version", is_flag=True, help="显示版本")
@click.pass_context
def root(ctx: click.Context, office: Path | None, today: object, version: bool) -> int:
    """表格放进来，文书出得去：按规则作出处理建议，制作、编号、归档执法文书。

    例如：paperwork demo
    """
    ctx.obj = Door(office, today)  # type: ignore[arg-type]  # Day gives a date or nothing
    if version:
        from importlib.metadata import version as version_of

        say.line(f"paperwork {version_of('paperwork')}")
    elif ctx.invoked_subcommand is None:
        say.line(ctx.get_help())
    return 0


def main() -> None:
    """The installed command."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a pipe on Windows speaks a code page otherwise
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code (DESIGN §6)."""
    try:
        code = root.main(list(arguments), prog_name="paperwork", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except click.ClickException as error:
        say.note(told(error))
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "paperwork"
        say.note(f"用法见 {path} --help")
        return USAGE
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return blame(error)


def blame(error: Exception) -> int:
    """Say what went wrong and what to do; the exit code."""
    from paperwork.errors import OfficeError, PaperworkError

    if os.environ.get("PAPERWORK_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    if isinstance(error, OfficeError) and error.problems:
        for problem in error.problems:
            say.note(problem.where, problem.what, say.aside(problem.advice))
        say.note(f"共{len(error.problems)}处，请改正后再运行 paperwork check")
        return error.exit_code
    if isinstance(error, PaperworkError):
        say.note(str(error))
        if error.advice:
            say.note(error.advice)
        return error.exit_code
    if isinstance(error, OSError):
        where = f"（{error.filename}）" if error.filename else ""
        say.note(f"磁盘或者权限有问题：{error.strerror or error}{where}")
        return MACHINE
    say.note(f"程序出了意外错误（{type(error).__name__}），请报告。放入的材料没有丢失。")
    say.note("设 PAPERWORK_DEBUG=1 再试一次，可以看到详情")
    return BUG
