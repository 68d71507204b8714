"""What a delivery is given: made ahead of the commit where there is time, and never another answer than the committed one."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.tickets import BUSY, LATER, Answer, Carrier, Delivery, Ticket
from tests.bot.toys import heard, text

FIRST, SECOND = Answer(Carrier.REPLY, "第一次"), Answer(Carrier.REPLY, "第二次")


class Press:
    """Makes what it is told to and remembers it."""

    def __init__(self, *, broken: int = 0) -> None:
        self.made: list[str] = []
        self.told: list[str] = []
        self._broken = broken

    def make(self, answer: Answer) -> str:
        self.made.append(answer.text)
        if len(self.made) <= self._broken:
            raise ValueError("the press is jammed")
        return f"<{answer.text}>"

    def given(self, answer: Answer) -> None:
        self.told.append(answer.text)


def waiting(press: Press) -> tuple[Ticket, asyncio.Future[Any]]:
    ticket, future = Ticket(heard(text("路灯坏了")), 0.0), asyncio.get_running_loop().create_future()
    ticket.join(Delivery(future, press, 1.0, 2.0))
    return ticket, future


async def test_what_was_made_ahead_is_given_and_not_made_again() -> None:
    press = Press()
    ticket, future = waiting(press)
    ticket.prepare(FIRST)
    assert (press.made, press.told, future.done()) == (["第一次"], [], False)
    assert ticket.answer(FIRST)
    assert (await future, press.made, press.told) == ("<第一次>", ["第一次"], ["第一次"])


async def test_what_was_made_for_a_commit_that_failed_is_thrown_away() -> None:
    for committed in (SECOND, LATER, BUSY, Answer(Carrier.REPLY, FIRST.text)):  # the same words of another try, too
        press = Press()
        ticket, future = waiting(press)
        ticket.prepare(FIRST)
        ticket.answer(committed)
        assert (await future, press.told) == (f"<{committed.text}>", [committed.text])


async def test_who_came_after_it_was_made_is_answered_as_well() -> None:
    press = Press()
    ticket, early = waiting(press)
    ticket.prepare(FIRST)
    late = asyncio.get_running_loop().create_future()
    ticket.join(Delivery(late, press, 1.0, 2.0))
    ticket.answer(FIRST)
    assert (await early, await late) == ("<第一次>", "<第一次>")


async def test_what_could_not_be_made_ahead_is_made_in_its_time() -> None:
    press = Press(broken=1)
    ticket, future = waiting(press)
    ticket.prepare(FIRST)
    ticket.answer(FIRST)
    assert await future == "<第一次>"
