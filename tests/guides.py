"""A guide of docs/ followed to the letter: files written as it says, templates changed as it says, commands run.

A fenced block says in its first line what it is:

    ```toml 写入 FILE            the file has exactly this content
    ```toml 追加 FILE            … and this stands at the end of it
    ```diff FILE                 lines with - are replaced by those with +
    ```text 模板 FILE 照 OTHER   a Word template like the other one, with these paragraphs
    ```console                   `$ command` lines; what stands below one must be part of what it says
"""

from __future__ import annotations

import copy
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from paperwork import cli

DOCS = Path(__file__).resolve().parents[1] / "docs" / "法制人员"
BLOCK = re.compile(r"^```(\S+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Guide:
    """One guide and the office in which it is followed."""

    name: str
    office: Path
    capsys: pytest.CaptureFixture[str]
    ran: int = 0

    def follow(self) -> None:
        """From top to bottom. Every command must succeed and say what the guide shows."""
        for kind, told, body in self.blocks():
            if kind == "console":
                self._run(body)
            elif kind == "diff":
                self._change(self.office / told, body)
            elif told.startswith("写入 "):
                path = self.office / told.removeprefix("写入 ")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, "utf-8")
            elif told.startswith("追加 "):
                path = self.office / told.removeprefix("追加 ")
                path.write_text(path.read_text("utf-8") + "\n" + body, "utf-8")
            elif told.startswith("模板 "):
                path, other = told.removeprefix("模板 ").split(" 照 ")
                target = self.office / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(rewritten((self.office / other).read_bytes(), body.splitlines()))

    def blocks(self) -> Iterator[tuple[str, str, str]]:
        for kind, told, body in BLOCK.findall((DOCS / f"{self.name}.md").read_text("utf-8")):
            yield kind, told.strip(), body

    def _run(self, body: str) -> None:
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            line, _, said = part.partition("\n")
            program, *arguments = shlex.split(line)
            assert program == "paperwork", line
            self.capsys.readouterr()
            code = cli.run(["--office", str(self.office), *arguments])
            out, err = self.capsys.readouterr()
            assert code == 0, f"{line}: {out}{err}"
            for wanted in said.splitlines():
                assert wanted.strip() in out, f"{line}: {out}{err}"
            self.ran += 1

    @staticmethod
    def _change(path: Path, body: str) -> None:
        old = "".join(line[1:] + "\n" for line in body.splitlines() if not line.startswith("+"))
        new = "".join(line[1:] + "\n" for line in body.splitlines() if not line.startswith("-"))
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{path}: {old}"
        path.write_text(text.replace(old, new), "utf-8")


def rewritten(template: bytes, lines: list[str]) -> bytes:
    """A template with other words, as somebody at Word would leave it: page, styles and footers stay.

    The first lines take the styles of organ and title, the last two those of the signature, a line ending in a colon
    that of the addressee; whatever lies between is body text.
    """
    word = Document(io.BytesIO(template))
    body = word.element.body
    by_style = {p.style.style_id: p._p for p in reversed(word.paragraphs)}
    styles = ["Organ", "DocumentTitle", *["Body"] * (len(lines) - 4), "Signature", "SignatureDate"]
    made = []
    for text, style in zip(lines, styles, strict=True):
        paragraph = copy.deepcopy(by_style["Flush" if text.endswith("：") else style])
        runs = paragraph.findall(qn("w:r"))
        for run in runs[1:]:
            paragraph.remove(run)
        runs[0].find(qn("w:t")).text = text
        made.append(paragraph)
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    for at, paragraph in enumerate(made):
        body.insert(at, paragraph)
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()
