"""Amounts as documents print them: figures and capitals side by side (domain/05 §5.3)."""

from __future__ import annotations

import cn2an


def capitals(fen: int) -> str:
    """15000 元 → 壹万伍仟元整: the capitals of an amount in fen, as a cheque writes them."""
    return str(cn2an.an2cn(f"{fen // 100}.{fen % 100:02d}", "rmb"))


def spelled(fen: int) -> str:
    """人民币15000.00元（大写：壹万伍仟元整）."""
    return f"人民币{fen // 100}.{fen % 100:02d}元（大写：{capitals(fen)}）"
