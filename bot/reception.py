"""The reception: what the platform pushes is opened here, and what it is answered with sealed, many at a time.

Between the reading of one request and the next the kernel has its turn, and the codec is gone from the processor's
caches: opening and sealing one by one cost 95 µs a message, together 40 (docs/decisions/0001).
What was opened together also reaches the writer together, and shares a commit.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.channels import official
from bot.channels.official import OfficialAccount
from bot.logs import Noted, note_messages
from bot.metrics import INCIDENTS, REQUESTS
from bot.refused_pushes import RefusedPushes
from bot.skew import PUSHES, ClockWatch
from bot.tickets import Answer, Carrier
from bot.turn import Line
from domain.messages import Incident, Incoming

log = structlog.get_logger()

# Passes of the event loop between a push and its opening: a request takes three from its bytes to its handler, and what
# the platform pushes at one moment should be opened together. Idle, a pass costs 20 µs.
GATHERING_PASSES = 3


@dataclass(frozen=True, slots=True)
class Sealed:
    """A reply as the platform takes it."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Not the platform's, too large, or nothing of it could be kept: an HTTP status."""

    status: int


# Safe or of no use; nothing to show now.
ACKNOWLEDGED = Sealed(official.ACK)
NOT_AUTHENTIC, TOO_LARGE, BUSY = Refused(403), Refused(413), Refused(503)

Response = Sealed | Refused


@dataclass(slots=True, eq=False)
class _Push:
    """One request on its way in, and what its answer is made with."""

    reception: Reception
    account: OfficialAccount
    query: str
    body: bytes
    at: datetime
    arrived: float
    response: asyncio.Future[Response]
    message: Incoming = field(init=False)

    def make(self, answer: Answer) -> Response:
        return self.reception.seal(self.account, self.message, answer)

    def given(self, answer: Answer) -> None:
        took = (time.monotonic() - self.arrived) * 1e3
        self.reception.note((self.message.digest, self.message.kind, answer.carrier.value, took))


class Reception:
    """Between the web server and the line. Used on the event loop only."""

    def __init__(
        self, line: Line, clock: Callable[[], datetime], report: Callable[[Incident], None], watch: ClockWatch
    ) -> None:
        self._line, self._clock, self._report, self._watch = line, clock, report, watch
        self.refused = RefusedPushes()
        self._pushes: list[_Push] = []
        self._noted: list[Noted] = []

    async def receive(self, account: OfficialAccount, query: str, body: bytes) -> Response:
        """One delivery, `query` as it stands in the URL: its reply, an acknowledgement, or why not."""
        loop = asyncio.get_running_loop()
        push = _Push(self, account, query, body, self._clock(), time.monotonic(), loop.create_future())
        if not self._pushes:
            loop.call_soon(self._gather, loop, GATHERING_PASSES)
        self._pushes.append(push)
        return await push.response

    def _gather(self, loop: asyncio.AbstractEventLoop, passes: int) -> None:
        if passes:
            loop.call_soon(self._gather, loop, passes - 1)
            return
        pushes, self._pushes = self._pushes, []
        both = [(push, self._open(push)) for push in pushes]
        for _, opened in both[-PUSHES:]:  # the clock goes by the newest pushes alone
            if isinstance(opened, Incoming):
                self._watch.pushed(opened.platform_time, opened.received_at)
        for push, opened in both:
            if isinstance(opened, Incoming):
                push.message = opened
                self._line.bring(opened, push.response, push, push.arrived)
            elif not push.response.done():
                push.response.set_result(opened)
        self._line.wake()

    def _open(self, push: _Push) -> Incoming | Response:
        """The message, or what answers a push that is none."""
        try:
            read = official.read(push.account, push.query, push.body, push.at)
        except official.NotAuthentic:
            self.refused.note(push.account.name)
            return _refused(NOT_AUTHENTIC)
        except official.TooLarge:
            return _refused(TOO_LARGE)
        except Exception as defect:  # of ours; what came along with it is opened all the same
            log.error("push.failed", error=type(defect).__name__, exc_info=defect)
            return _refused(BUSY)
        if isinstance(read, Incoming):
            return read
        self._report(read.incident)
        INCIDENTS.labels(read.incident.reason[:40]).inc()
        REQUESTS.labels("incident").inc()
        return ACKNOWLEDGED

    def seal(self, account: OfficialAccount, incoming: Incoming, answer: Answer) -> Response:
        """What the platform is answered with."""
        if answer.carrier is Carrier.BUSY:
            return _refused(BUSY)
        if answer.carrier is Carrier.LATER:
            return ACKNOWLEDGED
        text, rest = official.fit(answer.text)
        if rest:  # our texts are written to fit; what does not is a defect to be seen, not a fault banner on a phone
            log.error("reply.too_long", message=incoming.digest, left_out=len(rest))
        return Sealed(official.render_reply(account, incoming, text, self._clock(), official.fresh_nonce()))

    def note(self, noted: Noted) -> None:
        """Write the lines of all that is answered in one pass of the loop at once."""
        if not self._noted:
            asyncio.get_running_loop().call_soon(self._write_notes)
        self._noted.append(noted)

    def _write_notes(self) -> None:
        noted, self._noted = self._noted, []
        note_messages(noted)
        for carrier, many in Counter([carrier for _, _, carrier, _ in noted]).items():
            if carrier != Carrier.BUSY.value:  # counted by its status
                REQUESTS.labels(carrier).inc(many)


def _refused(response: Refused) -> Refused:
    REQUESTS.labels(str(response.status)).inc()
    return response
