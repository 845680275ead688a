"""Take the pictures, then write the guide."""

from __future__ import annotations

import tempfile
from pathlib import Path

from paperwork import demo
from tools.pictures import camera, guide

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "办案人员" / "交一张表.md"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        office = Path(folder) / "office"
        demo.play(office, lambda line: None)
        for name, picture in camera.taken(office, Path(folder)):
            (GUIDE.parent / "图" / f"{name}.png").write_bytes(picture)
            print(f"{name}.png {len(picture) / 1000:.0f} kB")
    GUIDE.with_suffix(".docx").write_bytes(guide.as_word(GUIDE))


main()
