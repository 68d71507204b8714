"""The platform pushing to us over real HTTP: five seconds, three tries, and what the villager then sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from bot.channels.official_account import OfficialAccount
from bot.emulator.files import Files, sample_picture, sample_video, sample_voice
from bot.emulator.ledger import Ledger, Source
from bot.emulator.phones import FAULT, Bubble, Clock, Delivery, Phone, Phones, wall_clock
from bot.emulator.wire import (
    Push,
    Read,
    element,
    envelope,
    message_xml,
    new_message_id,
    read_answer,
    verification_query,
)


@dataclass(slots=True)
class Knobs:
    """How the platform and the network between behave. Seconds and counts; the defaults are the platform's."""

    deadline: float = 5.0
    tries: int = 3
    latency: float = 0.0  # before each delivery
    ignore_answers: int = 0  # so many coming answers are written by us and lost on the way
    concurrent: int = 1  # so many deliveries of each push at the same moment
    fresh_envelope: bool = True  # a retry comes with a new timestamp and nonce, or exactly as before
    clock_skew: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one push: `taken` says that an answer was accepted in time."""

    push: Push
    taken: bool
    texts: tuple[str, ...]
    deliveries: tuple[Delivery, ...]


class PlatformEmulator:
    """Plays the platform towards one account's webhook. `url` is the webhook's whole address."""

    def __init__(
        self,
        account: OfficialAccount,
        url: str,
        phones: Phones | None = None,
        ledger: Ledger | None = None,
        clock: Clock = wall_clock,
        knobs: Knobs | None = None,
    ) -> None:
        self.account = account
        self.url = url
        self.phones = phones or Phones()
        self.ledger = ledger or Ledger()
        self.clock = clock
        self.knobs = knobs or Knobs()
        self.deliveries: list[Delivery] = []
        self.files: Files | None = None  # the store of the serving side, where there is one
        self._session: aiohttp.ClientSession | None = None
        self._receipts: set[asyncio.Task[Outcome]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await asyncio.gather(*self._receipts, return_exceptions=True)
        if self._session:
            await self._session.close()

    def phone(self, openid: str) -> Phone:
        return self.phones.phone(openid)

    @property
    def faults(self) -> list[Bubble]:
        return self.phones.faults

    # --- what people do

    async def say(self, openid: str, text: str) -> Outcome:
        return await self.deliver(self.text(openid, text))

    send_text = say

    async def send_voice(self, openid: str, media_id: str = "voice-1", recognition: str = "") -> Outcome:
        self._record("voice", "audio/amr", media_id)
        inner = element("MediaId", media_id) + element("Format", "amr") + element("Recognition", recognition)
        return await self.deliver(self.message(openid, "voice", inner, f"[语音] {recognition}"))

    async def send_image(self, openid: str, media_id: str = "image-1", url: str = "http://127.0.0.1/p.jpg") -> Outcome:
        self._record("image", "image/png", media_id)
        inner = element("PicUrl", url) + element("MediaId", media_id)
        return await self.deliver(self.message(openid, "image", inner, "[图片]"))

    def _record(self, kind: str, type_: str, media_id: str) -> None:
        """What the phone took lies in the platform's store; a test may have put its own there before."""
        if self.files is not None and self.files.get(media_id) is None:
            self.files.put(
                kind, type_, {"image": sample_picture, "video": sample_video}.get(kind, sample_voice)(), media_id
            )

    async def send_video(self, openid: str, media_id: str = "video-1", kind: str = "video") -> Outcome:
        self._record("video", "video/mp4", media_id)
        inner = element("MediaId", media_id) + element("ThumbMediaId", f"{media_id}-thumb")
        return await self.deliver(self.message(openid, kind, inner, "[视频]"))

    async def send_location(self, openid: str, latitude: float, longitude: float, label: str = "") -> Outcome:
        inner = (
            f"<Location_X>{latitude}</Location_X><Location_Y>{longitude}</Location_Y><Scale>16</Scale>"
            f"{element('Label', label)}"
        )
        return await self.deliver(self.message(openid, "location", inner, f"[位置] {label}"))

    async def send_link(self, openid: str, title: str, url: str, description: str = "") -> Outcome:
        inner = element("Title", title) + element("Description", description) + element("Url", url)
        return await self.deliver(self.message(openid, "link", inner, f"[链接] {title}"))

    async def send_unknown(self, openid: str, type_: str = "hologram") -> Outcome:
        return await self.deliver(self.message(openid, type_, "", f"[{type_}]"))

    async def follow(self, openid: str, scene: str | None = None) -> Outcome:
        self.phones.introduce(openid)
        self.ledger.grant(openid, Source.FOLLOW, self.clock())
        if scene is not None:
            self.ledger.grant(openid, Source.SCAN, self.clock())
        inner = element("EventKey", "" if scene is None else f"qrscene_{scene}")
        return await self.send_event(
            openid, "subscribe", inner + ("" if scene is None else element("Ticket", "ticket"))
        )

    async def unfollow(self, openid: str) -> Outcome:
        self.phone(openid).followed = False
        self.ledger.close(openid)
        return await self.send_event(openid, "unsubscribe", element("EventKey", ""))

    async def scan(self, openid: str, scene: str) -> Outcome:
        """A scene code under the camera: a follow for a stranger, a SCAN for a follower."""
        if not self.phone(openid).followed:
            return await self.follow(openid, scene)
        self.ledger.grant(openid, Source.SCAN, self.clock())
        return await self.send_event(openid, "SCAN", element("EventKey", scene) + element("Ticket", "ticket"))

    async def click(self, openid: str, key: str) -> Outcome:
        self.ledger.grant(openid, Source.MENU, self.clock())
        return await self.send_event(openid, "CLICK", element("EventKey", key))

    async def visit(self, openid: str, url: str) -> Outcome:
        return await self.send_event(openid, "VIEW", element("EventKey", url))

    async def whereabouts(self, openid: str, latitude: float, longitude: float) -> Outcome:
        """The phone reports its place by itself."""
        inner = f"<Latitude>{latitude}</Latitude><Longitude>{longitude}</Longitude><Precision>65.0</Precision>"
        return await self.send_event(openid, "LOCATION", inner)

    async def allow(
        self, openid: str, template_id: str, answer: str = "accept", *, is_long_term: bool = False
    ) -> Outcome:
        """He allows or refuses notices of one template in the pop-up."""
        if answer == "accept":
            self.ledger.allow(openid, template_id, is_long_term=is_long_term)
        entry = element("TemplateId", template_id) + element("SubscribeStatusString", answer)
        inner = f"<SubscribeMsgPopupEvent><List>{entry}<PopupScene>1</PopupScene></List></SubscribeMsgPopupEvent>"
        return await self.send_event(openid, "subscribe_msg_popup_event", inner)

    async def take_back(self, openid: str, template_id: str) -> Outcome:
        """He switches the notices of one template off again in his settings."""
        self.ledger.forbid(openid, template_id)
        entry = element("TemplateId", template_id) + element("SubscribeStatusString", "reject")
        inner = f"<SubscribeMsgChangeEvent><List>{entry}</List></SubscribeMsgChangeEvent>"
        return await self.send_event(openid, "subscribe_msg_change_event", inner)

    async def receipt(self, openid: str, message_id: str, status: str = "success") -> Outcome:
        """What became of a template notice."""
        inner = f"<MsgID>{message_id}</MsgID>{element('Status', status)}"
        return await self.send_event(openid, "TEMPLATESENDJOBFINISH", inner)

    def receipt_soon(self, openid: str, message_id: str, status: str = "success") -> None:
        """The platform tells of a template notice a moment after it has taken it."""
        if self.url:
            task = asyncio.get_running_loop().create_task(self.receipt(openid, message_id, status))
            self._receipts.add(task)
            task.add_done_callback(self._receipts.discard)

    async def send_event(self, openid: str, event: str, inner: str = "") -> Outcome:
        return await self.deliver(self.event(openid, event, inner))

    async def send_raw(self, openid: str, xml: bytes, message_id: str = "raw") -> Outcome:
        """Any bytes in a genuine envelope."""
        return await self.deliver(Push(openid, message_id, xml))

    # --- pushes, composed and not yet delivered

    def text(self, openid: str, text: str) -> Push:
        return self.message(openid, "text", element("Content", text), text)

    def message(self, openid: str, type_: str, inner: str, shown: str) -> Push:
        """A message a person sends: it shows on his own screen and opens the reply window."""
        if not self.phone(openid).known:
            self.phones.introduce(openid)
        now = self.clock()
        self.ledger.grant(openid, Source.MESSAGE, now)
        message_id = new_message_id()
        self.phones.show(Bubble(self.account.name, openid, shown, now, "self", type_, message_id))
        sent_at = now + self.knobs.clock_skew
        return Push(openid, message_id, message_xml(self.account, openid, sent_at, type_, inner, message_id))

    def event(self, openid: str, event: str, inner: str = "") -> Push:
        xml = message_xml(
            self.account, openid, self.clock() + self.knobs.clock_skew, "event", element("Event", event) + inner
        )
        return Push(openid, f"{event}:{new_message_id()}", xml)

    # --- the wire

    async def deliver(self, push: Push) -> Outcome:
        """Hand one push over as the platform does, and show what comes of it."""
        if self.knobs.concurrent > 1:
            tries = await asyncio.gather(*(self._attempt(push, 1, None) for _ in range(self.knobs.concurrent)))
        else:
            tries = await self._tries(push)
        deliveries = tuple(delivery for delivery, _ in tries)
        now = self.clock()
        if not any(delivery.taken for delivery in deliveries):
            self.phones.show(Bubble(self.account.name, push.openid, FAULT, now, "platform", answers=push.message_id))
            return Outcome(push, False, (), deliveries)
        # Deliveries at the same moment may be answered alike, which is one bubble; answered differently, it is two.
        said = dict.fromkeys(bubble for delivery, read in tries if delivery.taken for bubble in read.bubbles)
        for kind, text in said:
            self.phones.show(Bubble(self.account.name, push.openid, text, now, "reply", kind, push.message_id))
        return Outcome(push, True, tuple(text for _, text in said), deliveries)

    async def deliver_all(self, pushes: Sequence[Push], in_turn: bool = False) -> list[Outcome]:
        """Many pushes at once, or one after the other in the order given (which may be any)."""
        if in_turn:
            return [await self.deliver(push) for push in pushes]
        return list(await asyncio.gather(*(self.deliver(push) for push in pushes)))

    async def replay(self, delivery: Delivery) -> Delivery:
        """An eavesdropper's copy, byte for byte; no phone shows the answer."""
        return await self.post(delivery.query, delivery.body, delivery.openid, delivery.message_id)

    async def post(self, query: str, body: bytes, openid: str = "", message_id: str = "raw") -> Delivery:
        """Any query and body at all, once; no phone shows the answer."""
        delivery, _ = await self._post(Push(openid, message_id, b""), 0, query, body)
        return delivery

    async def verify(self, echo: str = "1234567890123456789") -> bool:
        """Whether the webhook proves itself to the platform's GET."""
        async with self._http().get(self._at(verification_query(self.account, echo, self.clock()))) as response:
            return response.status == 200 and await response.text() == echo

    async def _tries(self, push: Push) -> list[tuple[Delivery, Read]]:
        tries: list[tuple[Delivery, Read]] = []
        same = None
        while len(tries) < self.knobs.tries and not (tries and tries[-1][0].taken):
            tries.append(await self._attempt(push, len(tries) + 1, same))
            if not self.knobs.fresh_envelope:
                same = (tries[0][0].query, tries[0][0].body)
        return tries

    async def _attempt(self, push: Push, attempt: int, same: tuple[str, bytes] | None) -> tuple[Delivery, Read]:
        if self.knobs.latency:
            await asyncio.sleep(self.knobs.latency)
        query, body = same or envelope(self.account, push, self.clock() + self.knobs.clock_skew)
        return await self._post(push, attempt, query, body)

    async def _post(self, push: Push, attempt: int, query: str, body: bytes) -> tuple[Delivery, Read]:
        """One request under the deadline; a late or lost answer counts as none."""
        started = time.monotonic()
        status, answer = None, b""
        try:
            async with (
                asyncio.timeout(self.knobs.deadline),
                self._http().post(self._at(query), data=BytesIO(body), allow_redirects=False) as got,
            ):
                status, answer = got.status, await got.read()
            read = read_answer(self.account, push.openid, status, answer)
            if self.knobs.ignore_answers > 0:
                self.knobs.ignore_answers -= 1
                read = Read(fault="answer lost on the way")
        except TimeoutError:
            read = Read(fault="late")
        except aiohttp.ClientError as wrong:
            read = Read(fault=f"connection: {type(wrong).__name__}")
        taken, seconds = not read.fault, time.monotonic() - started
        verdict = read.fault or "taken"
        delivery = Delivery(push.openid, push.message_id, attempt, query, body, status, answer, seconds, taken, verdict)
        self.deliveries.append(delivery)
        if attempt:
            self.phone(push.openid).deliveries.append(delivery)
        return delivery, read

    def _at(self, query: str) -> URL:
        return URL(f"{self.url}?{query}", encoded=True)

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, headers=headers)
        return self._session
