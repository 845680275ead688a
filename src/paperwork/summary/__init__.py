"""Summaries: figures counted from the ledger, the report that is signed, and where every figure comes from."""

from paperwork.summary.asking import EVER, why
from paperwork.summary.rebuilding import ensure, rebuild
from paperwork.summary.reckoning import Reckoned, reckon
from paperwork.summary.reporting import Told, entry, fresh, report

__all__ = ["EVER", "Reckoned", "Told", "ensure", "entry", "fresh", "rebuild", "reckon", "report", "why"]
