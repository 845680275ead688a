"""A Word file as its layout sees it: paragraphs with the formatting that is in force for them.

What a paragraph or run does not say itself is said by its style, by the style that this one is based on, and at last by
the document's defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from paperwork.model import Problem
from paperwork.wordform import Package
from paperwork.wordform.words import Element, W

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_ALONE = re.compile(r"\s*\{[%#][^{}]*[%#]\}\s*")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAIN = "word/document.xml"
_MOST = 40


@dataclass(frozen=True)
class Run:
    """Text of one formatting: East Asian font, size in points, bold, colour, closeness in points."""

    text: str
    font: str
    size: float
    bold: bool
    colour: str
    closer: float


class Paragraph:
    """One paragraph, its place in the document, and what is in force for it."""

    def __init__(self, paper: Paper, element: Element, in_table: bool) -> None:
        self._paper, self.element, self.in_table = paper, element, in_table

    @cached_property
    def text(self) -> str:
        """All text, tags of the template included."""
        return "".join(t.text or "" for t in self.element.iter(f"{W}t"))

    @property
    def is_tag(self) -> bool:
        """Nothing but tags that vanish with the paragraph."""
        return bool(_ALONE.fullmatch(self.text)) or not self.text.strip()

    @property
    def is_framed(self) -> bool:
        """It lies in a frame beside the text, as the mark of a draft does."""
        return self.said("framePr") is not None

    def said(self, name: str) -> Element | None:
        """The paragraph property in force."""
        return self._paper.property(self.element.find(f"{W}pPr"), self.style, "pPr", name)

    @property
    def style(self) -> str:
        named = self.element.find(f"{W}pPr/{W}pStyle")
        return str(named.get(f"{W}val", "")) if named is not None else self._paper.default_style

    @property
    def side(self) -> str:
        """left, center, right, both."""
        jc = self.said("jc")
        return str(jc.get(f"{W}val", "left")) if jc is not None else "left"

    @property
    def pitch(self) -> tuple[float, str]:
        """Line spacing: points and rule (exact, atLeast), or (times, auto)."""
        spacing = self.said("spacing")
        line = number_of(spacing, "line") if spacing is not None else None
        if line is None or spacing is None:
            return 1.0, "auto"
        rule = str(spacing.get(f"{W}lineRule", "auto"))
        return (line / 240 if rule == "auto" else line / 20), rule

    @property
    def snaps(self) -> bool:
        """Whether it lies on the document's grid."""
        snap = self.said("snapToGrid")
        return snap is None or snap.get(f"{W}val", "1") not in ("0", "false", "off")

    @property
    def runs(self) -> Iterator[Run]:
        """Runs that print something."""
        for element in self.element.iter(f"{W}r"):
            text = "".join(t.text or "" for t in element.iter(f"{W}t"))
            if text.strip() and not re.fullmatch(r"\s*(\{%[^{}]*%\}\s*)+", text):
                yield self._paper.run(element, self.style, text)

    @property
    def where(self) -> str:
        """Part and text, as a place for people."""
        text = " ".join(self.text.split())
        return f"{MAIN}：「{text[:_MOST]}{'…' if len(text) > _MOST else ''}」"

    @property
    def bare(self) -> str:
        """The words without tags and spaces."""
        return re.sub(r"\s", "", _TAG.sub("", self.text))


class Paper:
    """The parts that matter: document, styles, settings, headers and footers."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.document = package.xml(package.main or MAIN)
        self._styles = self._part("styles")
        self.settings = self._part("settings")
        self._by_id = {s.get(f"{W}styleId", ""): s for s in self._all("style")}

    def _part(self, kind: str) -> Element | None:
        return self._xml(next((target for _, type_, target in self._relations if type_.endswith(f"/{kind}")), ""))

    def _xml(self, name: str) -> Element | None:
        return self._package.xml(name) if name in self._package.names else None

    @cached_property
    def _relations(self) -> list[tuple[str, str, str]]:
        """Id, type and target of what the document relates to."""
        main = self._package.main or MAIN
        folder = posixpath.dirname(main)
        relations = self._xml(posixpath.join(folder, "_rels", f"{posixpath.basename(main)}.rels"))
        found = []
        for relation in relations if relations is not None else ():
            if isinstance(relation.tag, str):
                target = str(relation.get("Target", ""))
                name = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
                found.append((str(relation.get("Id", "")), str(relation.get("Type", "")), name))
        return found

    def footer(self, kind: str) -> Element | None:
        """The footer of this kind (default, even, first) of the last section."""
        return self._beside("footerReference", kind)

    def header(self, kind: str) -> Element | None:
        """The header of this kind (default, even, first) of the last section."""
        return self._beside("headerReference", kind)

    def _beside(self, tag: str, kind: str) -> Element | None:
        for reference in self.sections[-1].findall(f"{W}{tag}") if self.sections else ():
            if reference.get(f"{W}type", "default") == kind:
                wanted = reference.get(f"{_R}id")
                return self._xml(next((target for id_, _, target in self._relations if id_ == wanted), ""))
        return None

    @cached_property
    def sections(self) -> list[Element]:
        return list(self.document.iter(f"{W}sectPr"))

    @cached_property
    def blocks(self) -> list[Element]:
        """Paragraphs and tables directly in the text, in order."""
        found: list[Element] = []
        body = self.document.find(f"{W}body")
        queue = list(body) if body is not None else []
        while queue:
            element = queue.pop(0)
            if element.tag in (f"{W}p", f"{W}tbl"):
                found.append(element)
            elif element.tag in (f"{W}sdt", f"{W}sdtContent"):
                queue = list(element) + queue
        return found

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs of the text; those in tables know it."""
        found = []
        for block in self.blocks:
            if block.tag == f"{W}p":
                found.append(Paragraph(self, block, False))
            else:
                found += [Paragraph(self, p, True) for p in block.iter(f"{W}p")]
        return found

    def paragraphs_of(self, root: Element) -> list[Paragraph]:
        """The paragraphs of another part."""
        return [Paragraph(self, p, False) for p in root.iter(f"{W}p")]

    # ── what is in force ──

    @cached_property
    def default_style(self) -> str:
        marked = (s for s in self._all("style") if s.get(f"{W}type") == "paragraph" and _on(s.get(f"{W}default")))
        return next((str(s.get(f"{W}styleId", "")) for s in marked), "")

    def _all(self, name: str) -> list[Element]:
        return list(self._styles.iter(f"{W}{name}")) if self._styles is not None else []

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._by_id and style not in seen:
            seen.add(style)
            element = self._by_id[style]
            yield element
            base = element.find(f"{W}basedOn")
            style = str(base.get(f"{W}val", "")) if base is not None else ""

    def _layers(self, own: Element | None, styles: tuple[str, ...], kind: str) -> Iterator[Element]:
        """The properties that speak of something, the nearest first."""
        if own is not None:
            yield own
        for style in styles:
            for element in self._chain(style):
                if (properties := element.find(f"{W}{kind}")) is not None:
                    yield properties
        for defaults in self._all(f"{kind}Default"):
            if (properties := defaults.find(f"{W}{kind}")) is not None:
                yield properties

    def property(self, own: Element | None, style: str, kind: str, name: str) -> Element | None:
        """A property as the nearest layer says it."""
        found = (layer.find(f"{W}{name}") for layer in self._layers(own, (style,), kind))
        return next((element for element in found if element is not None), None)

    def run(self, element: Element, style: str, text: str) -> Run:
        """A run with everything that is in force for it."""
        own = element.find(f"{W}rPr")
        named = own.find(f"{W}rStyle") if own is not None else None
        styles = (*((str(named.get(f"{W}val", "")),) if named is not None else ()), style)
        layers = list(self._layers(own, styles, "rPr"))

        def attribute(tag: str, *names: str) -> str:
            for layer in layers:
                found = layer.find(f"{W}{tag}")
                for name in names if found is not None else ():
                    if found.get(f"{W}{name}"):
                        return str(found.get(f"{W}{name}"))
            return ""

        bold = next((layer.find(f"{W}b") for layer in layers if layer.find(f"{W}b") is not None), None)
        return Run(
            text=text,
            font=attribute("rFonts", "eastAsiaTheme", "eastAsia"),
            size=float(attribute("sz", "val") or 20) / 2,
            bold=bold is not None and _on(bold.get(f"{W}val", "1")),
            colour=attribute("color", "val").upper(),
            closer=float(attribute("spacing", "val") or 0) / 20,
        )


def _on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def number_of(element: Element, name: str) -> float | None:
    """An attribute that is a number; None where it is absent or something else."""
    text = str(element.get(f"{W}{name}", ""))
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def problem(code: str, where: str, what: str, advice: str = "") -> Problem:
    """A deviation of layout."""
    return Problem(f"E-LAYOUT-{code}", where, what, advice)
