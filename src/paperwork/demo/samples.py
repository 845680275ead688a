"""The sample forms, as JSON beside this module. All people and businesses are fictional (domain/09, 9.0 and 9.2)."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

NAMES = (
    *("s01_intake", "s01_approvals", "s01_service", "s02_intake", "mistakes"),
    *("s11_talk", "s11_approvals", "s11_talked", "s11_promise", "s11_recheck"),
)


def sample(name: str) -> dict[str, Any]:
    """A fresh copy of one sample form; `draft` of the approvals is empty until a draft bears its code."""
    content: dict[str, Any] = json.loads(resources.files(__package__).joinpath("forms", f"{name}.json").read_bytes())
    return content
