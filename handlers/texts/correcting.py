"""What is said where somebody sets right what his matter was taken for."""

from __future__ import annotations

from domain.matters import Matter
from handlers.texts.matters import by, shortened


def set_right(matter: Matter, title: str, owner: str) -> str:
    return f"改过来了，这件事记成{title}。\n{owner or '村里'}会在{by(matter)}给您回话。\n编号 {matter.number}"


def set_right_for_owner(matter: Matter, title: str, words: str) -> str:
    return f"反映人更正：“{shortened(words, 60)}”\n这件事改成{title}，{by(matter)}办好。\n编号 {matter.number}"
