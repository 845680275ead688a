"""click in Chinese: headings, the help option, and what is said when a command is called wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from paperwork.language import spoken

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from click.shell_completion import CompletionItem

_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<what>.*)\)", re.DOTALL)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """A date as 2026-07-16."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        import datetime as dt

        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            what = f"「{value}」不是日期，应写作 2026-07-16"
            raise click.BadParameter(what, ctx, param) from None


class Days(click.ParamType):  # type: ignore[type-arg]
    """A number of days, none or more."""

    name = "天数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if str(value).isascii() and str(value).isdigit():
            return int(value)
        raise click.BadParameter(f"「{value}」不是天数，应写作 30", ctx, param)


class Reference(click.ParamType):  # type: ignore[type-arg]
    """A matter's id or 案号; the shell completes it from the office's ledger."""

    name = "案号或编号"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from paperwork.cli.door import Door

        root = ctx.find_root().params
        try:
            with Door(root.get("office"), root.get("today")).open() as office:
                rows = office.ledger.matters(incomplete)
        except Exception:  # a shell that completes nothing is better than one that prints an error
            return []
        named = ((row.id if row.id.startswith(incomplete) else row.case, row.party) for row in rows)
        return [CompletionItem(name, help=party) for name, party in named if name]


class Folder(click.ParamType):  # type: ignore[type-arg]
    """A folder, there or not."""

    name = "文件夹"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir")]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from pathlib import Path

        return Path(value)


class Existing(click.ParamType):  # type: ignore[type-arg]
    """A file that is there."""

    name = "文件"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from pathlib import Path

        path = Path(value)
        if not path.is_file():
            raise click.BadParameter(f"没有文件「{value}」", ctx, param)
        return path


_EXAMPLE = "例如："


class _Chinese(click.Command):
    """What commands and groups have in common."""

    def get_help(self, ctx: click.Context) -> str:
        from paperwork.cli.pages import Formatter

        formatter = Formatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = [self.options_metavar] if self.options_metavar else []
        pieces += [piece for param in self.get_params(ctx) for piece in param.get_usage_pieces(ctx)]
        return [*pieces, self.subcommand_metavar] if isinstance(self, click.Group) else pieces

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.words()[0])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from paperwork.cli import manual

        known = {**manual.ARGUMENTS, **manual.page(str(self.name)).arguments}
        asked = [p.make_metavar(ctx) for p in self.get_params(ctx) if isinstance(p, click.Argument)]
        if asked:
            with formatter.section("参数"):
                formatter.write_dl([(name, known.get(name, "")) for name in asked])
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for p in options if (record := p.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl([(name, said.replace("[required]", "（必须写）")) for name, said in records])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, exit codes, what to see besides; of the program itself the environment too."""
        from paperwork.cli import manual

        name = str(self.name) if ctx.parent else "paperwork"
        page = manual.page(name)
        with formatter.section("例子"):
            for line, what in ((self.words()[1], ""), *page.examples):
                formatter.write(f"{'':>{formatter.current_indent}}{line}{f'    # {spoken(what)}' if what else ''}\n")
        if not ctx.parent:
            with formatter.section("环境变量"):
                formatter.write_dl(manual.ENVIRONMENT.items())
        with formatter.section("返回值"):
            codes = {str(n): said for n, said in manual.CODES.items() if n != 1 or page.returns or not ctx.parent}
            formatter.write_dl(codes.items())
        if page.see:
            with formatter.section("另见"):
                formatter.write_text("、".join(f"paperwork {other}" for other in page.see))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            item.help = item.help and spoken(item.help)
        return items

    def words(self) -> tuple[str, str]:
        """The command's own words, and the example at their end."""
        import inspect

        words, _, example = inspect.cleandoc(self.help or "").partition(_EXAMPLE)
        return words.strip(), " ".join(example.split())

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return click.Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_help,
            help="显示本说明",
        )


class Command(_Chinese):
    """A command; `--office` and `--today` may stand behind its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(["--office"], type=Folder(), hidden=True, expose_value=False, callback=_remember),
            click.Option(["--today"], type=Day(), hidden=True, expose_value=False, callback=_remember),
        ]


class Shelf(Mapping[str, click.Command]):
    """Commands by name, each loaded when somebody asks for it."""

    def __init__(self, waiting: Mapping[str, tuple[str, str]]) -> None:
        self._waiting = waiting

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(f"paperwork.cli.{self._waiting[name][0]}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self._waiting)

    def __len__(self) -> int:
        return len(self._waiting)


class Group(_Chinese, click.Group):
    """The commands, in the order in which they are named; each is loaded when it is called."""

    command_class = Command

    def __init__(self, *args: Any, waiting: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        """`waiting`: command → (its page in this room, what `--help` says of it)."""
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.commands = Shelf(waiting)  # type: ignore[assignment]  # nobody adds to it

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.waiting)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(name, words) for name, (_page, words) in self.waiting.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in self.waiting and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], self.waiting, 1)
            raise click.UsageError(f"没有命令「{args[0]}」" + _near(near), ctx)
        return super().resolve_command(ctx, args)


def _help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None:
        setattr(ctx.obj, str(param.name), value)


def told(error: click.ClickException) -> str:
    """What is wrong with the call."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}" + _near(error.possibilities or ())
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写一个值"
    if isinstance(error, click.BadParameter):
        return _name(error) + "：" + error.message
    extra = _EXTRA.match(error.message)
    return f"多出了「{extra['what']}」" if extra else error.message


def _near(names: Sequence[str]) -> str:
    return f"，是不是 {names[0]}" if names else ""


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return f"选项 {error.param.opts[-1]}"
    return f"参数 {error.param.human_readable_name}"
