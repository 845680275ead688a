"""Keep the office running and safe: a service of the machine, everything in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from paperwork.cli import say
from paperwork.cli.door import Door, the_door
from paperwork.cli.usage import Command, Existing

_VERBS = ["install", "start", "status", "remove"]


@click.command(cls=Command, short_help="备份整个办公文件夹和账册")
@click.option(
    "-o",
    "--out",
    "target",
    type=Path,
    required=True,
    metavar="位置",
    help="文件夹（没有就新建），或者 .zip 文件；最好在另一块磁盘上",
)
@the_door
def backup(door: Door, target: Path) -> int:
    """把账册、模板、收件处、案卷和原件写成一个文件，每个文件带校验。收表程序可以继续开着，备份期间登记会等一等。

    例如：paperwork backup -o 备份盘
    """
    from paperwork import backup as room

    with door.open() as office, say.progress("备份") as told:
        made = room.back_up(office, target, told)
    say.line(f"已备份：{made}（{made.stat().st_size / 1e6:.1f} MB，已逐个核对）")
    return 0


@click.command(cls=Command, short_help="从备份恢复")
@click.argument("archive", metavar="备份.zip", type=Existing())
@click.argument("folder", metavar="文件夹", type=Path)
def restore(archive: Path, folder: Path) -> int:
    """把备份恢复到一个新的文件夹，逐个核对，然后核对账册（audit）。不覆盖任何现有的文件。

    例如：paperwork restore paperwork-SCWL-20260801T200000.zip 新办公
    """
    from paperwork import audit as promises
    from paperwork import backup as room
    from paperwork.office import Office

    with say.progress("恢复") as told:
        done = room.restore(archive, folder, told)
    with Office.open(folder.resolve()) as office, say.progress("核对"):
        broken = [p for p in promises.audit(office) if p.code not in promises.TOLD]
        server = office.ledger.place if office.ledger.shared else ""
    say.line(f"已恢复：{folder}（{done.files} 个文件，备份于 {done.made_at}）")
    if done.last_numbers:
        say.line("备份时各序列最后的编号：" + "、".join(done.last_numbers))
        say.line("备份以后如果还发过文号，请与纸质登记核对：较大的号要先用 start 接上（templates/bureau.toml）再收表。")
    for problem in broken:
        say.line(say.coloured(problem.code, "red"), problem.where, problem.what)
    say.line(say.coloured("全部相符", "green") if not broken else f"有{len(broken)}处不符，见 paperwork audit")
    if server:
        say.line(f"账册恢复到了{server}。接下来按次序：")
        for number, step in enumerate(_THEN_ON_A_SERVER, 1):
            say.line(f"  {number}. {step}")
    return 1 if broken else 0


_THEN_ON_A_SERVER = (
    "各台收表机、办理机都还停着；设置（bureau.toml 或者 PAPERWORK_LEDGER）里的地址就是这个数据库",
    "各局分账户的：表的所有者在这个办公文件夹里运行 paperwork upgrade --role 账户；队列一并建好",
    "与纸质登记核对编号，需要的用 start 接上，再运行 paperwork audit",
    "先启动收表机（watch），再启动办理机（worker）；没有办完的材料自动继续",
)


@click.command(cls=Command, short_help="升级账册")
@click.option("--role", default="", metavar="账户", help="允许这个数据库账户办理本局，而且只办理本局")
@click.option("--revoke", is_flag=True, help="与 --role 同用：收回这个账户办理本局的权限")
@the_door
def upgrade(door: Door, role: str, revoke: bool) -> int:
    """把账册换成本版程序的表结构。本机的账册打开时自动升级（先留副本）；服务器上的账册由管理员运行本命令。

    例如：paperwork upgrade
    """
    from paperwork.office import upgrade_ledger

    if revoke and not role:
        raise click.UsageError("--revoke 要与 --role 账户 同用")
    with say.progress("升级账册"):
        done = upgrade_ledger(door.root(), role, revoke)
    if done.before is None:
        say.line(f"新建了一本空账册：{done.place}")
        say.line("本局以前已有账册的，请核对地址：templates/bureau.toml 的 ledger，环境变量 PAPERWORK_LEDGER")
    elif done.before != done.now:
        say.line(f"账册的结构由 {done.before} 换成了 {done.now}：{done.place}")
    else:
        say.line(f"账册已是本版程序的结构：{done.place}")
    if done.roles:
        say.line(f"各局账户的权限和队列已经续上：{'、'.join(done.roles)}")
    if role:
        now = "不能再办理本局，各表的权限已经收回" if revoke else "可以办理本局，看不到别的局"
        say.line(f"数据库账户「{role}」{now}")
    return 0


@click.command(cls=Command, short_help="开机自动运行")
@click.argument("verb", metavar="|".join(_VERBS), type=click.Choice(_VERBS))
@click.option("--system", is_flag=True, help="装成系统服务（Linux，须管理员）；不写则是当前用户的服务")
@click.option("--run-as", default="", metavar="用户", help="系统服务以谁的身份运行")
@click.option("--workers", type=click.IntRange(min=1), metavar="个数", help="改为装办理机（worker），开几个")
@the_door
def service(door: Door, verb: str, system: bool, run_as: str, workers: int | None) -> int:
    """把收表程序，或者办理机，装成开机自动运行的服务：Linux 用 systemd，Windows 用任务计划程序。

    例如：paperwork service install
    """
    from paperwork import service as room

    made = room.recipe(door.root(), system, run_as, workers or 0)
    code, said = room.carry_out(made, verb)
    if verb in ("install", "remove"):
        say.line(f"{'已安装' if verb == 'install' else '已移除'}：{made.name}")
    elif verb == "start":
        say.line(f"已启动：{made.name}；paperwork status 可以看到它是否在{'办理' if workers else '收表'}")
    if said:
        say.line(said)
    return code if verb != "status" or code == 0 else 1


@click.command(cls=Command, short_help="求助包：给维护人员看的情况，不含个人信息")
@click.option("-o", "--out", "target", type=Path, required=True, metavar="求助.zip", help="写到哪里")
@the_door
def support(door: Door, target: Path) -> int:
    """把版本、检查结果、数量、日志写成一个文件，交给维护人员。没有表、没有文书，姓名和号码都已隐去。

    例如：paperwork support -o 求助.zip
    """
    from paperwork import support as room

    with say.progress("收集"):
        parts = room.gather(door.root(), target)
    say.line(f"已写好：{target}（{'、'.join(parts)}）")
    say.line("交出之前请打开看一眼：里面不应有任何人的姓名和号码")
    return 0
