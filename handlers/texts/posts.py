"""What the groups read by itself in the morning."""

from __future__ import annotations


def digest(texts: list[str]) -> str:
    """What did not fit into yesterday's three posts."""
    return "乡亲们早。昨天没来得及说的：\n" + "\n".join(f"【{n}】{text}" for n, text in enumerate(texts, start=1))
