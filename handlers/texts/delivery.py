"""Words around delivery: the rest on a page, what did not arrive, what a cadre forwards."""

from __future__ import annotations


def rest_on_page(link: str) -> str:
    """The end of a text too long for three messages."""
    return f"后面还有，点这里看全文：{link}" if link else "后面还有，太长发不下。回“人工”，村里人念给您听。"
