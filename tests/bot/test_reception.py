"""What comes together is opened and sealed together; what is wrong with one is never another's trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from unittest.mock import Mock

import pytest

from bot.channels import official
from bot.reception import ACKNOWLEDGED, BUSY, NOT_AUTHENTIC, Reception, Response, Sealed
from bot.refused_pushes import RefusedPushes
from bot.skew import ClockWatch
from bot.tickets import BUSY as TOO_MANY
from bot.tickets import LATER, Answer, Carrier, Delivery, Maker
from domain.messages import Incident, Incoming
from tests.bot.toys import AES, NOW, sealed, text

REPLY = Answer(Carrier.REPLY, "记下了")


class Taken:
    """A line that answers all it was brought when it is woken."""

    def __init__(self, answer: Answer = REPLY) -> None:
        self.answer = answer
        self.waiting: list[tuple[Incoming, asyncio.Future[Any], Maker[Any]]] = []
        self.batches: list[list[str]] = []
        self.received: list[datetime] = []

    def bring(self, incoming: Incoming, future: asyncio.Future[Any], maker: Maker[Any], arrived: float) -> None:
        self.waiting.append((incoming, future, maker))
        self.received.append(incoming.received_at)

    def wake(self) -> None:
        waiting, self.waiting = self.waiting, []
        self.batches.append([incoming.text for incoming, _, _ in waiting])
        for _, future, maker in waiting:
            Delivery(future, maker, 0, 0).answer(self.answer)


def reception(line: Taken, incidents: list[Incident] | None = None, clock: Callable[[], datetime] = lambda: NOW) -> Any:
    return Reception(line, clock, (incidents if incidents is not None else []).append, ClockWatch())  # type: ignore[arg-type]


async def receive(desk: Reception, *pushes: tuple[str, bytes]) -> list[Response]:
    return await asyncio.gather(*(desk.receive(AES, query, body) for query, body in pushes))


async def test_what_comes_together_wakes_the_line_once_in_its_order() -> None:
    line = Taken()
    said = [f"第{number}件" for number in range(5)]
    responses = await receive(reception(line), *(sealed(text(words)) for words in said))
    assert line.batches == [said]
    assert all(isinstance(response, Sealed) and response is not ACKNOWLEDGED for response in responses)
    assert len({response.body for response in responses if isinstance(response, Sealed)}) == 5  # each has its own nonce


async def test_a_forgery_and_a_defect_among_others_are_their_own_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    read = official.read

    def reading(account: official.OfficialAccount, query: str, body: bytes, at: datetime) -> Any:
        if body == b"defect":
            raise LookupError
        return read(account, query, body, at)

    monkeypatch.setattr(official, "read", reading)
    line, incidents = Taken(), list[Incident]()
    query, body = sealed(text("路灯坏了"))
    responses = await receive(
        reception(line, incidents),
        (query.replace("msg_signature=", "msg_signature=0"), body), (query, b"defect"), sealed("<odd/>"), (query, body),
    )  # fmt: skip
    assert responses[:3] == [NOT_AUTHENTIC, BUSY, ACKNOWLEDGED]
    assert isinstance(responses[3], Sealed)
    assert line.batches == [["路灯坏了"]]
    assert [incident.account for incident in incidents] == [AES.name]


@pytest.mark.parametrize(("answer", "response"), [(LATER, ACKNOWLEDGED), (TOO_MANY, BUSY)])
async def test_an_answer_without_a_reply_is_told_by_its_response(answer: Answer, response: Response) -> None:
    assert await receive(reception(Taken(answer)), sealed(text("好"))) == [response]


async def test_it_was_received_when_it_came_not_when_it_was_opened() -> None:
    moments = iter([NOW, NOW.replace(year=NOW.year + 1)])
    line = Taken()
    await receive(reception(line, clock=lambda: next(moments)), sealed(text("好")))
    assert line.received == [NOW]


def test_refused_pushes_are_told_once_a_minute_with_how_many_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong Token left no trace but a counter."""
    log, now = Mock(), [0.0]
    monkeypatch.setattr("bot.refused_pushes.log", log)
    refused = RefusedPushes(lambda: now[0])
    for now[0] in (0.0, 1.0, 59.0, 61.0, 62.0):
        refused.note("demo")
    assert [call.kwargs["many"] for call in log.warning.call_args_list] == [1, 3]
    assert log.warning.call_args.kwargs["account"] == "demo"


async def test_a_forged_push_is_noted_and_a_genuine_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Mock()
    monkeypatch.setattr("bot.refused_pushes.log", log)
    query, body = sealed(text("路灯坏了"))
    await receive(reception(Taken()), (query, body))
    assert not log.warning.called
    await receive(reception(Taken()), (query.replace("msg_signature=", "msg_signature=0"), body))
    assert log.warning.call_count == 1
