"""Which fonts print a document here: the official ones where the machine has them, free ones in their place, and
character by character where one lacks a name's rare character, so that nobody's name prints as a box.

The order of search: GB/T 9704—2012 asks for 仿宋, 楷体, 黑体 and 小标宋; a machine rarely has all of them.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN")
SAME: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S"),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong"),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti"),
    "黑体": ("SimHei", "STHeiti"),
    "宋体": ("SimSun", "STSong"),
    "Times New Roman": (),
}
"""The fonts that templates name → the names under which the same face comes."""
INSTEAD: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": SERIF,
    "仿宋_GB2312": ("FandolFang", "FandolFang R", *SERIF),
    "楷体_GB2312": ("FandolKai", "AR PL UKai CN", *SERIF),
    "黑体": ("FandolHei", *SANS),
    "宋体": ("FandolSong", *SERIF),
    "Times New Roman": ("Liberation Serif", "Tinos", "Nimbus Roman", "DejaVu Serif"),
}
"""… → what stands in for them, the nearest first."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")  # each font draws something else there, or a box
_SEEN = re.compile("[^\\x00-\\xff\\s\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_RARE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Standing:
    """A font that templates name, and what prints it here ("" = nothing Chinese at all)."""

    font: str
    by: str

    @property
    def official(self) -> bool:
        return self.by in (self.font, *SAME[self.font])


def standings() -> tuple[Standing, ...]:
    """Every font of the templates with what prints it; empty where fontconfig does not decide (Windows, macOS)."""
    have = _families()
    if not have:
        return ()
    return tuple(
        Standing(font, next((one for one in (font, *same, *INSTEAD[font]) if one in have), ""))
        for font, same in SAME.items()
    )


def lacking(text: str) -> str:
    """The characters of a text that no font of this machine has, of whatever script, and those for private use: each
    once."""
    covered = _charset(SERIF[0]) or _charset(SANS[0])
    rare = [c for c in dict.fromkeys(_SEEN.findall(text)) if not _within(ord(c), covered) or _PRIVATE.match(c)]
    return "".join(c for c in rare if _PRIVATE.match(c) or _nowhere(c))


def told(characters: str) -> str:
    """Characters as people can find them: those for private use, which look different everywhere, by their codes."""
    return "、".join(f"U+{ord(c):04X}" if _PRIVATE.match(c) else c for c in characters)


def _nowhere(character: str) -> bool:
    return bool(_families()) and not _asked("fc-list", f":charset={ord(character):x}", "family")


def replaced(text: str) -> str:
    """The characters of a text that the machine's 仿宋 lacks and another font prints, each once."""
    by = next((one.by for one in standings() if one.font == "仿宋_GB2312"), "")
    covered = _charset(by) if by else ()
    if not covered:
        return ""
    return "".join(c for c in dict.fromkeys(_RARE.findall(text)) if not _within(ord(c), covered))


def configuration(folder: Path) -> Path | None:
    """A configuration of fontconfig in `folder` that lets the stand-ins print; None where it is not used."""
    if not _families():
        return None
    rules = "".join(_rule(font, (*same, *INSTEAD[font])) for font, same in SAME.items())
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n{rules}</fontconfig>\n',
        "utf-8",
    )
    return path


def _rule(font: str, others: Iterable[str]) -> str:
    names = "".join(f"<string>{escape(one)}</string>" for one in others)
    return (
        f'<match target="pattern"><test qual="any" name="family" compare="eq"><string>{escape(font)}</string></test>'
        f'<edit name="family" mode="append" binding="same">{names}</edit></match>\n'
    )


@functools.cache
def _families() -> frozenset[str]:
    listed = _asked("fc-list", ":", "family")
    return frozenset(name.strip() for line in listed.splitlines() for name in line.split(","))


@functools.cache
def _charset(family: str) -> tuple[range, ...]:
    if family not in _families():
        return ()
    spans = (span.split("-") for span in _asked("fc-match", "-f", "%{charset}", family).split())
    return tuple(range(int(span[0], 16), int(span[-1], 16) + 1) for span in spans)


def _within(code: int, spans: Iterable[range]) -> bool:
    return any(code in span for span in spans)


@functools.cache
def _asked(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    done = subprocess.run([found, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)
    return done.stdout if done.returncode == 0 else ""
