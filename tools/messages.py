"""`python -m tools.messages`: take in what the command line says to people, and write the English catalogue anew.

What is new stands in `paperwork.po` without a translation, what nobody says any more falls out. Fill in the empty ones
and run it again, for `paperwork.mo` is made from it. The tests hold both against the program.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from paperwork.cli import manual
from paperwork.cli.run import root

SOURCE = Path(__file__).resolve().parents[1] / "src" / "paperwork"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "paperwork.po"


def said() -> dict[str, str]:
    """Everything that is looked up in the catalogue → where it is said."""
    found: dict[str, str] = {}
    for text, where in (*_marked(), *_of_commands(), *_of_the_manual()):
        if text and not text.isascii():
            found.setdefault(text, where)
    return found


def _marked() -> Iterator[tuple[str, str]]:
    """`_("…")` in the code."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "from paperwork.language import _" in path.read_text("utf-8"):
            for found in extract_from_file("python", path, keywords={"_": None}):  # within an f-string nothing is found
                yield str(found[1]), path.relative_to(SOURCE).as_posix()


def _of_commands() -> Iterator[tuple[str, str]]:
    for command in (root, *root.commands.values()):
        context = click.Context(command, info_name=command.name)
        yield command.words()[0], f"{command.name} --help"  # type: ignore[attr-defined]
        yield command.short_help or "", f"{command.name} --help"
        for metavar in (command.options_metavar, getattr(command, "subcommand_metavar", "")):
            yield metavar or "", f"{command.name} --help"
        for param in command.get_params(context):
            yield from ((text or "", f"{command.name} --help") for text in (param.metavar, getattr(param, "help", "")))
            if isinstance(param, click.Argument):
                yield param.make_metavar(context), f"{command.name} --help"


def _of_the_manual() -> Iterator[tuple[str, str]]:
    pages = [manual.page(name) for name in ("paperwork", *root.commands)]
    texts = [what for page in pages for _line, what in page.examples]
    texts += [text for page in pages for text in page.arguments.values()]
    texts += [*manual.CODES.values(), *manual.ENVIRONMENT.values(), *manual.ARGUMENTS.values()]
    yield from ((text, "manual") for text in texts)


def read() -> Catalog:
    """The catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalogue: Catalog) -> bytes:
    """What `paperwork.mo` holds."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    known = {m.id: m.string for m in read() if m.id} if PO.exists() else {}
    fresh = Catalog(locale="en", project="paperwork", charset="utf-8", creation_date=None)
    for text, where in said().items():
        fresh.add(text, known.get(text, ""), locations=[(where, 0)])
    PO.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, fresh, omit_header=True, include_lineno=False, width=120)
    PO.write_bytes(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue())
    PO.with_suffix(".mo").write_bytes(compiled(read()))
    empty = [m.id for m in read() if m.id and not m.string]
    print(f"{len(said())} texts, {len(empty)} without English")


if __name__ == "__main__":
    main()
