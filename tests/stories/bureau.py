"""A small bureau for stories: drop forms into its inbox, let the daemon run, look at what stands in the outbox."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document as Word

from paperwork import catalogue, daemon, views
from paperwork.model import Outcome
from paperwork.office import Office


class Bureau:
    """An office in a folder, with the day set by the story."""

    def __init__(self, root: Path, day: str = "2026-07-16") -> None:
        self.root = root
        self.day = dt.date.fromisoformat(day)
        if not (root / "templates").exists():
            catalogue.copy_templates(root)

    def on(self, day: str) -> Bureau:
        """The same bureau on another day."""
        self.day = dt.date.fromisoformat(day)
        return self

    def numbered_by_hand(self, series: str, last: int) -> Bureau:
        """The same bureau, which gave the numbers of a series by hand up to this one before the program came."""
        settings = self.root / "templates" / "bureau.toml"
        text = settings.read_text("utf-8")
        assert text.count(f'[numbers."{series}"]\n') == 1
        started = f'[numbers."{series}"]\nstart = {{ {self.day.year} = {last} }}\n'
        settings.write_text(text.replace(f'[numbers."{series}"]\n', started), "utf-8")
        return self

    def open(self) -> Office:
        return Office.open(self.root, self.day)

    # ── acting ──

    def drop(self, form: Mapping[str, Any] | bytes, name: str = "表.json") -> Path:
        """Put a form into the inbox, an approval form into 审批, as a clerk does: written whole, then moved in."""
        approval = (not isinstance(form, bytes) and form.get("form") in ("审批意见表", "法制审核意见表")) or "审批" in name
        folder = self.root / "inbox" / ("审批" if approval else "")
        folder.mkdir(parents=True, exist_ok=True)
        data = form if isinstance(form, bytes) else json.dumps(form, ensure_ascii=False, indent=1).encode()
        target = folder / name
        number = 1
        while target.exists():
            number += 1
            target = folder / f"{number}_{name}"
        aside = self.root / f"aside-{target.name}"
        aside.write_bytes(data)
        long_ago = time.time() - 60  # it has stood still long enough
        os.utime(aside, (long_ago, long_ago))
        aside.rename(target)
        return target

    def work(self) -> list[Outcome]:
        """One round of the daemon."""
        with self.open() as office:
            return list(daemon.once(office))

    def take(self, *forms: Mapping[str, Any] | bytes) -> list[Outcome]:
        """Drop the forms one after another, with a round of the daemon after each."""
        outcomes = []
        for form in forms:
            self.drop(form)
            outcomes += self.work()
        return outcomes

    # ── looking ──

    def show(self, reference: str = "2026-LA-0001") -> Any:
        with self.open() as office:
            matter = office.ledger.matter(office.ledger.find(reference) or "")
            assert matter is not None, reference
            return views.show(office, matter)

    def explain(self, reference: str = "2026-LA-0001") -> dict[str, Any]:
        """Rule → its entry, and `missing`."""
        with self.open() as office:
            matter = office.ledger.matter(office.ledger.find(reference) or "")
            assert matter is not None, reference
            explained = views.explain(office, matter)
        return {**{m["rule"]: m for m in explained["measures"]}, "missing": explained["missing"]}

    def due(self) -> dict[str, Any]:
        with self.open() as office:
            return {row["what"]: row for row in views.due(office)}

    def status(self) -> dict[str, Any]:
        from paperwork import status

        with self.open() as office:
            return dict(status.status(office))

    def documents(self, reference: str = "2026-LA-0001") -> dict[str, Any]:
        """Code → the document's entry; of several of one code, the one that stands."""
        entries = self.show(reference)["documents"]
        return {d["code"]: d for d in sorted(entries, key=lambda d: d["state"] != "superseded")}

    def code(self, reference: str = "2026-LA-0001") -> str:
        """The code that the open drafts bear."""
        codes = {d["draft"] for d in self.show(reference)["documents"] if d["state"] == "draft"}
        assert len(codes) == 1, codes
        return str(codes.pop())

    def text(self, path: str) -> str:
        """All text of a Word document of the office, body and tables in order."""
        body = Word(str(self.root / path)).element.body
        marks = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        lines = ["".join(t.text or "" for t in p.iter(f"{marks}t")) for p in body.iter(f"{marks}p")]
        return "\n".join(lines)

    @staticmethod
    def code_printed(text: str) -> str | None:
        """The approval code that a paper prints, which only a draft does."""
        found = re.search(r"审批代码：?([A-Z2-9]{4}-[A-Z2-9]{4})", text)
        return found[1] if found else None

    def notes(self) -> str:
        """All notes beside forms that went back."""
        folder = self.root / "inbox" / "退回"
        return "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))) if folder.exists() else ""

    def audited(self) -> list[str]:
        """Codes of broken promises: none in a healthy office."""
        from paperwork import audit

        with self.open() as office:
            return [p.code for p in audit.audit(office) if not p.code.startswith("W-")]


def approvals(matter: str, draft: str, *items: tuple[str, str, str, str]) -> dict[str, Any]:
    """An approval form: items of (step, person, decision, day)."""
    rows = [{"step": s, "person": p, "decision": d, "on": on} for s, p, d, on in items]
    return {"form": "审批意见表", "matter": matter, "draft": draft, "approvals": rows}


SECTION = ("部门负责人", "钱承宇", "同意", "2026-07-17")
REVIEW = ("法制审核", "吴思远", "同意", "2026-07-20")
CHIEF = ("负责人", "郑怀瑾", "同意", "2026-07-22")


def served(matter: str, day: str = "2026-07-23") -> dict[str, Any]:
    """The service and education of a decision."""
    return {
        "form": "送达情况表",
        "matter": matter,
        "services": [
            {"document": "D-13", "method": "直接", "on": day, "receiver": "田野禾", "relation": "法定代表人",
             "by": ["赵明远", "孙立群"]}
        ],
        "edu": {"dt": f"{day}T10:00:00+08:00", "place": "山西省朔州市朔城区示例街1号", "by": ["赵明远", "孙立群"], "to": "田野禾"},
    }  # fmt: skip
