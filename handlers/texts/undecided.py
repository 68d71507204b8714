"""What he reads who answers a poll with 都行 or 都不要: nothing was counted, and how it would be."""

from __future__ import annotations

from domain.polls import Poll
from handlers.texts.polls import listed, name

_ASK = "想好了回个数就行，截止前都行"


def either(poll: Poll) -> str:
    return f"好，先没给您记票。不投也行；要投就挑一个：\n{poll.title}\n{listed(poll.options)}\n{_ASK}。{name(poll)}"


def neither(poll: Poll) -> str:
    return (
        f"好，先没给您记票。这次只有这几项，都不合适可以不投，想法可以直接跟我说：\n{poll.title}\n"
        f"{listed(poll.options)}\n{_ASK}。{name(poll)}"
    )


def double(poll: Poll, said: str) -> str:
    """An option is called as another one is numbered."""
    return f"说不准您要的是叫“{said}”的，还是第几个，票没动。请这样回：第1个。\n{listed(poll.options)}\n{name(poll)}"


def beside_a_story(poll: Poll, said: str, place: int) -> str:
    return f"“{said}”没算成票。要投{poll.options[place - 1]}，单回{place}就行。{name(poll)}"
