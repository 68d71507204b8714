"""A sender between a real database and the fake platform over HTTP, with a clock that is turned by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from sqlalchemy import select

from bot.channels.official_account import CAPABILITIES
from bot.channels.official_api import OfficialApi
from bot.channels.official_transport import OfficialTransport
from bot.emulator.api import FakeApi
from bot.emulator.ledger import Source
from bot.sender import Sender
from bot.sending import Account, State
from domain.delivery import Notice, Way
from domain.quiet import NEVER_QUIET, QuietHours
from storage import tables, tables_delivery
from storage.batch import Batch
from storage.database import Database
from storage.outbox import Post
from storage.shared import InProcess
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.bot.stage import Hands
from tests.bot.toys import AES
from tests.conftest import SECRET

WANG, ZHANG, CHEN = "o-laowang", "o-zhangshen", "o-xiaochen"
# The contacts of the demo village, by openid.
CONTACTS = {WANG: 1, ZHANG: 2, CHEN: 3}
FIELDS = (("thing1", "what"), ("time2", "when"))
TEMPLATE = {"default": (Notice("T1", Way.TEMPLATE, FIELDS),)}
ALL_WAYS = {
    "default": (
        Notice("L1", Way.LONG_TERM, FIELDS),
        Notice("O1", Way.ONE_TIME, FIELDS),
        Notice("T1", Way.TEMPLATE, FIELDS),
    )
}
SOON = {"what": "村民代表会", "when": "2026-11-27 19:00"}


@dataclass
class Posting:
    database: Database
    fake: FakeApi
    clock: Hands
    session: aiohttp.ClientSession
    base: str
    state: State = field(default_factory=State)
    patience: float = 2.0

    def __post_init__(self) -> None:
        self.post = Post(self.database, Vault(SECRET), "test")
        self.api = self.client()
        transports = {("oa", AES.name): OfficialTransport(self.api)}
        self.sender = Sender(self.post, transports, self.clock, InProcess(), self.state)

    def client(self) -> OfficialApi:
        limits = aiohttp.ClientTimeout(total=self.patience, sock_connect=self.patience)
        return OfficialApi(AES, self.session, self.base, clock=self.clock.seconds, timeout=limits)

    def put(self, openid: str, *texts: str, purpose: str = "notice", **how: Any) -> None:
        with Batch(self.database) as batch:
            store = Store(batch, DirectoryCache(), Vault(SECRET))
            with batch.turn():
                for text in texts:
                    store.outbox.put(f"contact:{CONTACTS[openid]}", purpose, text, self.clock(), **how)

    def meets(self, *openids: str, source: Source = Source.MESSAGE) -> None:
        self.fake.phones.introduce(*openids)
        for openid in openids:
            self.fake.ledger.grant(openid, source, self.clock())

    def window(
        self, openid: str, left: int, source: Source = Source.MESSAGE, *, until: timedelta = timedelta(hours=48)
    ) -> None:
        """What our own ledger holds of him."""
        facts = {"contact_id": CONTACTS[openid], "source": source.value, "left": left}
        moments = {"granted_at": self.clock(), "until_at": self.clock() + until}
        with self.database.write() as connection:
            connection.execute(tables_delivery.windows.insert(), {**facts, **moments})

    async def drain(self, rounds: int = 400, at_most: timedelta = timedelta(days=3)) -> None:
        """Send until nothing is pending, turning the clock to whatever is due next."""
        until = self.clock() + at_most
        for _ in range(rounds):
            due = self.post.next_due()
            if due is None or due > until:
                return
            self.clock.now = max(self.clock.now, due)
            if not await self.sender.send_due():
                self.clock.turn(minutes=5)  # a letter behind another that waits
        raise AssertionError(f"still pending after {rounds} rounds: {self.states()}")

    def rows(self, name: str = "outbox") -> list[Any]:
        table = tables.metadata.tables[name]
        with self.database.read() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)))

    def states(self) -> list[tuple[str, str]]:
        return [(row.state, row.error) for row in self.rows()]

    def texts(self, openid: str) -> list[str]:
        return self.fake.phones.phone(openid).texts

    def calls(self, path: str) -> int:
        return len(self.fake.calls(path))


@asynccontextmanager
async def posting(
    database: Database,
    templates: Mapping[str, Sequence[Notice]] | None = None,
    *,
    capabilities: frozenset[str] = CAPABILITIES,
    daily: int = 10**6,
    quiet: QuietHours = NEVER_QUIET,
    **more: Any,
) -> AsyncIterator[Posting]:
    clock = Hands()
    fake = FakeApi([AES], clock=clock)
    state = State({AES.name: Account(capabilities, templates or {}, daily)}, quiet, **more)
    async with fake.serve() as base, aiohttp.ClientSession() as session:
        made = Posting(database, fake, clock, session, base, state)
        made.meets(WANG, ZHANG, CHEN)
        yield made
