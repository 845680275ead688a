"""What the doctor knows of an office before it is opened."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paperwork import catalogue
from paperwork.errors import OfficeError, PaperworkError
from paperwork.model import Catalogue, Sharing
from paperwork.office import private_of


@dataclass(frozen=True)
class Sight:
    """One office's folder, whether or not it can be opened."""

    root: Path

    @property
    def private(self) -> Path:
        return private_of(self.root)

    @cached_property
    def loaded(self) -> Catalogue | PaperworkError:
        """The catalogue, or why there is none."""
        try:
            return catalogue.remembered(self.root)
        except PaperworkError as error:
            return error
        except OSError as error:
            return OfficeError(f"templates 读不出：{error.strerror}", advice="请检查 templates 的权限")

    @cached_property
    def raw(self) -> dict[str, Any]:
        """bureau.toml as it stands, if it can be read at all."""
        try:
            return tomllib.loads((self.root / "templates" / "bureau.toml").read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    @property
    def sharing(self) -> Sharing:
        """Who shares the folders, also when other files of the office are wrong."""
        if isinstance(self.loaded, Catalogue):
            return self.loaded.settings.sharing
        files = self.raw.get("files", {})
        return Sharing(str(files.get("group", "")) if isinstance(files, dict) else "")

    @property
    def ledger(self) -> str:
        """The ledger's address; "" for the file in `.paperwork/`."""
        return os.environ.get("PAPERWORK_LEDGER") or str(self.raw.get("ledger", ""))
