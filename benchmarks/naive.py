"""The daemon that everybody writes first: watchdog tells, python-docx reads, docxtpl fills afresh, fsync, done.

No settling, no claim, no ledger, no numbers, no proof: only what it costs to make the same two papers of the same
Word form and to have them on the disk. Run as `python naive.py INBOX OUTBOX PAPERS.json`: the papers' templates, each
with what it prints besides the form's own answers.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import docx
from docxtpl import DocxTemplate
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer


@dataclass(frozen=True)
class Paper:
    """A template and what it prints."""

    template: str
    context: dict[str, object]


class Handler(FileSystemEventHandler):
    """Takes every Word file that appears, one after another."""

    def __init__(self, outbox: Path, papers: list[Paper]) -> None:
        self._outbox = outbox
        self._papers = papers

    def on_created(self, event: FileSystemEvent) -> None:
        """A form was moved in, whole."""
        path = Path(str(event.src_path))
        if path.suffix == ".docx":
            make(path, self._outbox, self._papers)


def make(form: Path, outbox: Path, papers: list[Paper]) -> None:
    """The two papers of one form, durable."""
    answers = read(form)
    for number, paper in enumerate(papers, 1):
        document = DocxTemplate(paper.template)
        document.render({**paper.context, "answers": answers})
        target = outbox / f"{form.stem}_{number}.docx"
        document.save(target)
        flush(target)
    flush(outbox)


def read(form: Path) -> dict[str, str]:
    """Label → answer, from the cells of all tables."""
    answers: dict[str, str] = {}
    for table in docx.Document(str(form)).tables:
        for row in table.rows:
            cells = [cell.text.strip() for cell in row.cells]
            answers.update(zip(cells[::2], cells[1::2], strict=False))
    return answers


def named(value: object) -> object:
    """Dictionaries as things with attributes: a template says `advice.items` and means its own."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: named(one) for name, one in value.items()})
    return [named(one) for one in value] if isinstance(value, list) else value


def flush(path: Path) -> None:
    """On the disk."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def main() -> None:
    """Until the standard input ends."""
    inbox, outbox, told = (Path(argument) for argument in sys.argv[1:])
    papers = [
        Paper(template, {name: named(value) for name, value in context.items()})
        for template, context in json.loads(told.read_text("utf-8"))
    ]
    observer = Observer()
    observer.schedule(Handler(outbox, papers), str(inbox))
    observer.start()
    print("ready", flush=True)
    done = threading.Thread(target=sys.stdin.read)
    done.start()
    while done.is_alive():
        time.sleep(0.05)
    observer.stop()
    observer.join()


if __name__ == "__main__":
    main()
