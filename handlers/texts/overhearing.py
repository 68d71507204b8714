"""What the keeper reads of a line said in the group (handlers/overhearing.py)."""

from __future__ import annotations

from handlers.texts.matters import first_words

SHOWN_CHARS = 40


def offered(said: str) -> str:
    return f"群里有人说{first_words(said, SHOWN_CHARS)}，登记吗？\n1 登记 2 不用"


def let_be() -> str:
    return "好，不登记。"
