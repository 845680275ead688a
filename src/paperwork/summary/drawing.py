"""The page of the board and its charts: plain HTML and SVG, patterns that differ in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>
:root {{ color-scheme: light }}
body {{ font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 auto; max-width: 72rem;
  padding: 1rem; color: #111; background: #fff }}
header {{ border-bottom: 3px solid #b00; margin-bottom: 1rem }}
h1 {{ font-size: 1.4rem; margin: 0 }} header p {{ margin: 0 0 .4rem; color: #444 }}
h2 {{ font-size: 1.1rem; margin: 1.4rem 0 .4rem; border-left: 5px solid #b00; padding-left: .5rem }}
table {{ border-collapse: collapse; width: 100% }} th, td {{ border: 1px solid #999; padding: .25rem .5rem;
  text-align: left; vertical-align: top; overflow-wrap: anywhere }} th {{ background: #eee }}
.wide {{ overflow-x: auto }} .big {{ font-size: 1.2rem; margin: .2rem 0 }}
.charts {{ display: flex; flex-wrap: wrap; gap: 1rem }} figure {{ margin: 0; flex: 1 1 22rem }}
figcaption {{ text-align: center }} svg {{ width: 100%; height: auto }} svg text {{ font-size: 12px }}
td:first-child {{ white-space: nowrap }} th, td {{ min-width: 4.5rem }}
@media (max-width: 40rem) {{
  body {{ padding: .6rem }} .cards thead {{ display: none }}
  .cards table, .cards tbody, .cards tr {{ display: block }}
  .cards tr {{ border: 1px solid #999; margin: 0 0 .5rem; padding: .1rem .5rem }}
  th, td {{ min-width: 0 }}
  .cards td {{ display: flex; justify-content: space-between; gap: 1rem; border: 0; padding: .1rem 0;
    text-align: right }}
  .cards td::before {{ content: attr(data-head); color: #444; white-space: nowrap; text-align: left }}
  .cards td:first-child {{ white-space: normal; font-weight: bold }} .cards td:empty {{ display: none }}
  figure {{ flex-basis: 100% }} svg text {{ font-size: 15px }}
}}
@page {{ size: A4; margin: 15mm }}
@media print {{ body {{ max-width: none; font-size: 10.5pt; padding: 0 }} h2 {{ break-after: avoid }}
  tr, figure, header {{ break-inside: avoid }} thead {{ display: table-header-group }} .wide {{ overflow: visible }}
  figure {{ flex: 1 1 40% }} a {{ color: inherit }} }}
</style></head><body><header><h1>{title}</h1><p>{told}</p></header>
{body}
</body></html>
"""
_FILLS = (
    '<path d="M0 8L8 0" stroke="#000"/>',
    '<circle cx="4" cy="4" r="1.5"/>',
    '<path d="M0 4H8" stroke="#000"/>',
    '<path d="M4 0V8M0 4H8" stroke="#000"/>',
    '<rect width="8" height="8"/>',
    '<path d="M4 0V8" stroke="#000"/>',
    '<path d="M0 0L8 8" stroke="#000"/>',
    "",
)


def _patterns(name: str) -> str:
    made = "".join(
        f'<pattern id="{name}{n}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8"'
        f' fill="#fff"/>{fill}</pattern>'
        for n, fill in enumerate(_FILLS)
    )
    return f"<defs>{made}</defs>"


def columns(title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> str:
    """Stacked columns, one for each name, with their numbers and a legend; nothing where there is no number."""
    if not any(any(values) for _, values in series):
        return ""
    top = max((sum(values[at] for _, values in series) for at in range(len(names))), default=0) or 1
    width, height, foot = 480, 240, 40 + 18 * ((len(series) + 2) // 3)
    step = (width - 20) / max(len(names), 1)
    parts = []
    for at, name in enumerate(names):
        y, x = float(height), 10 + at * step + step * 0.2
        for number, (_, values) in enumerate(series):
            tall = values[at] * (height - 30) / top
            y -= tall
            if values[at]:
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.6:.1f}" height="{tall:.1f}"'
                    f' fill="url(#c{number % len(_FILLS)})" stroke="#000"/>'
                )
                parts.append(_number(x + step * 0.3, y + tall / 2, values[at]))
        parts.append(f'<text x="{x + step * 0.3:.1f}" y="{height + 16}" text-anchor="middle">{escape(name)}</text>')
    for number, (name, _) in enumerate(series):
        x, y = 10 + (number % 3) * (width / 3), height + 30 + 18 * (number // 3)
        parts.append(
            f'<rect x="{x:.0f}" y="{y}" width="12" height="12" fill="url(#c{number % len(_FILLS)})" stroke="#000"/>'
            f'<text x="{x + 18:.0f}" y="{y + 11}">{escape(name)}</text>'
        )
    return _figure(title, width, height + foot, _patterns("c") + "".join(parts))


def bars(title: str, rows: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars with their numbers, the longest first; at most twelve; nothing where there is none."""
    if not rows:
        return ""
    shown = rows[:12]
    top = max((count for _, count in shown), default=0) or 1
    parts = []
    for at, (name, count) in enumerate(shown):
        y, long = 6 + at * 24, count * 250 / top
        parts.append(
            f'<text x="172" y="{y + 13}" text-anchor="end">{escape(name[:12])}</text>'
            f'<rect x="178" y="{y}" width="{long:.1f}" height="16" fill="url(#b0)" stroke="#000"/>'
            f'<text x="{184 + long:.1f}" y="{y + 13}">{count}</text>'
        )
    return _figure(title, 480, 16 + 24 * max(len(shown), 1), _patterns("b") + "".join(parts))


def _number(x: float, y: float, value: int) -> str:
    wide = 8 * len(str(value)) + 4
    return (
        f'<rect x="{x - wide / 2:.1f}" y="{y - 7:.1f}" width="{wide}" height="14" fill="#fff"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{value}</text>'
    )


def _figure(title: str, width: int, height: int, inside: str) -> str:
    told = escape(title)
    return (
        f'<figure><svg viewBox="0 0 {width} {height}" role="img" aria-label="{told}">{inside}</svg>'
        f"<figcaption>{told}</figcaption></figure>"
    )
