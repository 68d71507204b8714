"""The stage of the demo village: the platform, played inside the server, for the simulator.

What a person types goes out as a signed and encrypted push to the server's own webhook, over real HTTP; what the
server sends later comes back through the fake API. The village group is a transport of its own: official accounts
cannot read groups, so the group's talk is handed in as a gateway would hand it in.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.channels.official_account import OfficialAccount
from bot.clock import VillageClock, tick
from bot.emulator.api import FakeApi
from bot.emulator.files import Files
from bot.emulator.ledger import CLOSED, Ledger, Source
from bot.emulator.phones import FAULT, Bubble, Phones
from bot.emulator.push import PlatformEmulator
from bot.parcel import Parcel, Receipt
from bot.tickets import Answer, Carrier
from domain.messages import Actor, Incoming, Kind, Trust
from storage import demo
from storage.routes import Route
from storage.vault import Vault
from web.screens import ChatKind, Quote, Shown
from web.stage import Switches

GROUP_CHANNEL = demo.GROUP_CHANNEL
# Where a place sent from the simulator lies: in the demo village, which is on no map.
PLACE = (34.5, 105.9)

Submit = Callable[[Incoming], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class GroupBubble(Bubble):
    """A line on the group's transport; a gateway, unlike an official account, carries what it quotes."""

    quote: Quote | None = None


@dataclass(frozen=True)
class GroupTransport:
    """Shows a letter to the group (or to one of its members) on the simulator's screens."""

    phones: Phones
    clock: Callable[[], datetime]
    files: Files

    async def send(self, route: Route, parcel: Parcel) -> Receipt:
        if parcel.image:
            content = await asyncio.to_thread(Path(parcel.image).read_bytes)
            media_id = self.files.put("image", "image/png", content)
            self.phones.show(Bubble(GROUP_CHANNEL, route.native_id, media_id, self.clock(), "service", "image"))
        if parcel.text:
            self.phones.show(Bubble(GROUP_CHANNEL, route.native_id, parcel.text, self.clock(), "service"))
        return Receipt()


class OpenWindows(Ledger):
    """Reply windows that stay open, so that nobody in the demo has to write first, until somebody closes one."""

    def __init__(self) -> None:
        super().__init__()
        self.closed: set[str] = set()

    def spend(self, openid: str, now: datetime) -> int:
        return CLOSED if openid in self.closed else 0

    def grant(self, openid: str, source: Source, now: datetime) -> None:
        """Whoever writes opens his window again, as in life."""
        self.closed.discard(openid)
        super().grant(openid, source, now)


class Stage:
    PREFIX = "/_platform"

    def __init__(self, account: OfficialAccount | None, clock: VillageClock, submit: Submit, vault: Vault) -> None:
        if account is None:
            raise ValueError("the stage needs the demo account")
        self.account = account
        self.clock = clock
        self.submit = submit
        self.vault = vault
        self.phones = Phones()
        self.ledger = OpenWindows()
        self.api = FakeApi([account], self.phones, self.ledger, clock)
        self.phones.introduce(*(member[0] for member in demo.CAST))
        self.emulator: PlatformEmulator | None = None

    def mount(self, app: web.Application) -> None:
        app.add_subapp(self.PREFIX, self.api.app())
        app.on_cleanup.append(self._close)

    async def _close(self, _app: web.Application) -> None:
        if self.emulator is not None:
            await self.emulator.close()

    def open(self, port: int) -> PlatformEmulator:
        """Begin to play towards the webhook on that port."""
        url = f"http://127.0.0.1:{port}/wx/{self.account.name}"
        self.emulator = PlatformEmulator(self.account, url, self.phones, self.ledger, self.clock)
        self.emulator.files = self.api.files
        self.api.sent_notice = self.emulator.receipt_soon
        return self.emulator

    def group_transport(self) -> GroupTransport:
        return GroupTransport(self.phones, self.clock, self.api.files)

    # -- what the simulator's page asks for (web/stage.py)

    def now(self) -> datetime:
        return self.clock()

    def follows(self, openid: str) -> bool:
        phone = self.phones.known(openid)
        return phone is not None and phone.followed

    def listen(self, listener: Callable[[Shown], None]) -> Callable[[], None]:
        return self.phones.listen(lambda bubble: listener(_shown(bubble)))

    async def say(self, openid: str, text: str) -> None:
        await self._platform.say(openid, text)

    async def send_picture(self, openid: str) -> None:
        await self._platform.send_image(openid, f"image-{uuid.uuid4().hex[:8]}")

    async def send_voice(self, openid: str, recognised: str) -> None:
        await self._platform.send_voice(openid, f"voice-{uuid.uuid4().hex[:8]}", recognised)

    async def send_place(self, openid: str, label: str) -> None:
        await self._platform.send_location(openid, *PLACE, label)

    async def follow(self, openid: str) -> None:
        await self._platform.follow(openid)

    async def unfollow(self, openid: str) -> None:
        await self._platform.unfollow(openid)

    def picture(self, media_id: str) -> tuple[str, bytes] | None:
        file = self.api.files.get(media_id)
        return (file.type, file.content) if file is not None and file.kind == "image" else None

    def switches(self) -> Switches:
        return Switches(self.api.is_down, tuple(sorted(self.ledger.closed)))

    def turn_platform(self, *, down: bool) -> None:
        """Down, the platform answers no call of ours; what people write still arrives."""
        self.api.is_down = down

    def close_window(self, openid: str, *, closed: bool) -> None:
        (self.ledger.closed.add if closed else self.ledger.closed.discard)(openid)

    async def scan_door(self, openid: str, household: int) -> None:
        """Hold the camera over a household's door plate; its scene is made as handlers/binding.py prints it."""
        proof = self.vault.digest("household scene", str(household))[:8]
        await self._platform.scan(openid, f"hh.{household}.{proof}")

    async def move_clock(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        await self.submit(tick(self.clock()))

    @property
    def _platform(self) -> PlatformEmulator:
        assert self.emulator is not None, "nobody has a phone before the stage is open"  # noqa: S101
        return self.emulator

    # -- the group's gateway

    async def say_to_group(self, openid: str, text: str, *, addressed: bool, quote: Quote | None = None) -> None:
        said, by = (quote.text, quote.who) if quote else ("", "")
        await self.say_in_group(openid, text, self.submit, addressed=addressed, quote=said, quoted=by)

    async def say_in_group(
        self, openid: str, text: str, submit: Submit, *, addressed: bool, quote: str = "", quoted: str = ""
    ) -> None:
        """Hand in a line of the village group as a gateway would, and show what is answered there.

        `quote` is the text of the bubble it quotes, `quoted` the name of the one who said that.
        """
        chat = demo.GROUP_CHAT
        self._show_line(chat, openid, text, Quote(quoted, quote) if quote else None)
        line = replace(self._line(openid, text, quote), group=chat, addressed=addressed)
        self._show_answer(chat, await submit(line))

    async def say_to_assistant(self, openid: str, text: str, quote: Quote | None = None) -> None:
        """A line in the private chat with the group's assistant, which the same gateway carries."""
        self._show_line(openid, openid, text, quote)
        self._show_answer(openid, await self.submit(self._line(openid, text, quote.text if quote else "")))

    def _line(self, openid: str, text: str, quote: str) -> Incoming:
        actor = Actor(GROUP_CHANNEL, demo.ACCOUNT, openid)
        event_id, now = f"g:{uuid.uuid4().hex}", self.clock()
        return Incoming(
            GROUP_CHANNEL, demo.ACCOUNT, event_id, Kind.TEXT, actor, now, text=text, quote=quote, trust=Trust.INTERNAL
        )

    def _show_line(self, chat: str, openid: str, text: str, quote: Quote | None) -> None:
        self.phones.show(GroupBubble(GROUP_CHANNEL, chat, text, self.clock(), "self", answers=openid, quote=quote))

    def _show_answer(self, chat: str, answer: Answer) -> None:
        if answer.carrier is Carrier.REPLY and answer.text:
            self.phones.show(Bubble(GROUP_CHANNEL, chat, answer.text, self.clock(), "reply"))
        elif answer.carrier is Carrier.BUSY:
            self.phones.show(Bubble(GROUP_CHANNEL, chat, FAULT, self.clock(), "platform"))


def _shown(bubble: Bubble) -> Shown:
    """A bubble as the simulator's screens take it: whose phone, which chat, who spoke."""
    owner, speaker = bubble.openid, bubble.openid if bubble.by == "self" else ""
    chat: ChatKind = "oa"
    if bubble.account == GROUP_CHANNEL:
        is_group = bubble.openid == demo.GROUP_CHAT
        chat, owner = ("group", "") if is_group else ("bot", bubble.openid)
        speaker = bubble.answers if bubble.by == "self" else ""
    quote = bubble.quote if isinstance(bubble, GroupBubble) else None
    return Shown(chat, owner, speaker, bubble.by, bubble.kind, bubble.text, bubble.at, quote)
