"""The stage of the demo village: the platform, played inside the server, for the simulator.

What a person types goes out as a signed and encrypted push to the server's own webhook, over real HTTP; what the
server sends later comes back through the fake API. The village group is a transport of its own: official accounts
cannot read groups, so the group's talk is handed in as a gateway would hand it in.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.channels.official import OfficialAccount
from bot.emulator.api import FakeApi
from bot.emulator.ledger import Ledger
from bot.emulator.phones import Bubble, Phones
from bot.emulator.push import PlatformEmulator
from domain.messages import Actor, Incoming, Kind, Trust
from storage import demo
from storage.routes import Route

GROUP_CHANNEL = "sim"


@dataclass(frozen=True)
class GroupTransport:
    """Shows a letter to the group (or to one of its members) on the simulator's screens."""

    phones: Phones
    clock: Callable[[], datetime]

    async def send(self, route: Route, text: str) -> None:
        self.phones.show(Bubble(GROUP_CHANNEL, route.native_id, text, self.clock(), "service"))


class OpenWindows(Ledger):
    """Reply windows that stay open: nobody in the demo has to write first to be reached."""

    def spend(self, openid: str, now: datetime) -> int:
        return 0


class Stage:
    PREFIX = "/_platform"

    def __init__(self, account: OfficialAccount | None, clock: Callable[[], datetime]) -> None:
        if account is None:
            raise ValueError("the stage needs the demo account")
        self.account = account
        self.clock = clock
        self.phones = Phones()
        self.ledger = OpenWindows()
        self.api = FakeApi([account], self.phones, self.ledger, clock)
        self.phones.introduce(*(member[0] for member in demo.CAST))
        self.emulator: PlatformEmulator | None = None

    def mount(self, app: web.Application) -> None:
        app.add_subapp(self.PREFIX, self.api.app())

    def open(self, port: int) -> PlatformEmulator:
        """Begin to play towards the webhook on that port."""
        url = f"http://127.0.0.1:{port}/wx/{self.account.name}"
        self.emulator = PlatformEmulator(self.account, url, self.phones, self.ledger, self.clock)
        return self.emulator

    def group_transport(self) -> GroupTransport:
        return GroupTransport(self.phones, self.clock)

    async def say_in_group(
        self,
        openid: str,
        text: str,
        submit: Callable[[Incoming], Awaitable[object]],
        *,
        addressed: bool,
        quote: str = "",
    ) -> None:
        """Hand in a line of the village group as a gateway would."""
        now = self.clock()
        self.phones.show(Bubble(GROUP_CHANNEL, demo.GROUP_CHAT, text, now, "self", answers=openid))
        incoming = Incoming(
            GROUP_CHANNEL,
            demo.ACCOUNT,
            f"g:{uuid.uuid4().hex}",
            Kind.TEXT,
            Actor(GROUP_CHANNEL, demo.ACCOUNT, openid),
            now,
            group=demo.GROUP_CHAT,
            addressed=addressed,
            text=text,
            quote=quote,
            trust=Trust.INTERNAL,
        )
        await submit(incoming)
