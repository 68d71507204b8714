"""What somebody hears who tells what is known already, or asks of what another has told."""

from __future__ import annotations


def told_by_another() -> str:
    return (
        "别人反映的事，只有本人和办事的人能查，请他自己回“进度”。您家也有这样的事就直接说，比如“我家门口的路灯也坏了”。"
    )


def told_already(number: str, title: str, owner: str, due: str) -> str:
    return (
        f"{title}的事已经记着了，不用再报。{owner or '村里'}会在{due}给您回话，急就回“催一下”。\n"
        f"要是另一处，说清在哪儿，比如“村口的路灯也坏了”。\n编号 {number}"
    )
