"""`python -m tools.messages`: take in what people are told at a terminal, and write the English catalogue anew.

What is new stands in `paperwork.po` without a translation, what nobody says any more falls out. Fill in the empty
ones and run it again, for `paperwork.mo` is made from it. Names in braces are places to fill in, in any order. The
tests hold both against the program.
"""

from __future__ import annotations

import io

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from paperwork.language.templates import parsed
from tools.gathering import SOURCE, said

PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "paperwork.po"


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
        message = fresh.add(text, known.get(text, ""), locations=[(where, 0)])
        message.flags = {"python-brace-format"} if parsed(text)[1] or "{{" in text else set()
    PO.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, fresh, omit_header=True, include_lineno=False, width=120)
    PO.write_bytes(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue())
    PO.with_suffix(".mo").write_bytes(compiled(read()))
    empty = [m.id for m in read() if m.id and not m.string]
    print(f"{len(said())} texts, {len(empty)} without English")


if __name__ == "__main__":
    main()
