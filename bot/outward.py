"""Everything that goes out of the house: the accounts' clients, the sender with its transports, the relay, the fetcher."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from bot.channels import official
from bot.channels.official import OfficialAccount
from bot.channels.official_api import OfficialApi
from bot.channels.official_transport import OfficialTransport
from bot.charts import Charts
from bot.doors import Doors
from bot.fetching import Fetcher
from bot.parcel import Transport
from bot.relaying import Relaying
from bot.sender import Sender
from bot.sending import Account, State
from settings import Settings
from storage.database import Database
from storage.media import MediaFetch
from storage.outbox import Post
from storage.pages import Pages
from storage.shared import Shared
from storage.vault import Vault


@dataclass(frozen=True)
class Outward:
    """Built once a house has its HTTP session. `bases` names the API of each account."""

    settings: Settings
    database: Database
    vault: Vault
    shared: Shared
    clock: Callable[[], datetime]
    accounts: Mapping[str, OfficialAccount]
    apis: Mapping[str, OfficialApi]
    others: Mapping[tuple[str, str], Transport] = field(default_factory=dict)

    def sender(self) -> Sender:
        post = Post(self.database, self.vault, secrets.token_hex(4))
        transports: dict[tuple[str, str], Transport] = dict(self.others)
        transports |= {
            (official.CHANNEL, name): OfficialTransport(api, self.vault.open_bytes) for name, api in self.apis.items()
        }
        return Sender(post, transports, self.clock, self.shared, self._state(), self._relaying().begin)

    def fetcher(self) -> Fetcher:
        return Fetcher(MediaFetch(self.database), self.apis, self.settings.data, self.vault, self.clock)

    def _state(self) -> State:
        known = {n: Account(a.capabilities, a.templates, a.daily) for n, a in self.accounts.items()}
        charts = Charts(self.database, self.vault, self.settings.data)
        doors = Doors(self.database, self.vault, self.settings.data, self.apis, self.accounts)

        def draw(image: str) -> None:
            charts.draw(image)
            doors.draw(image)

        return State(known, self.settings.quiet, self.settings.data, self.pages.link, draw=draw)

    def _relaying(self) -> Relaying:
        return Relaying(
            self.database, self.vault, self.settings.data, self.apis, self.accounts, self.pages.link
        )  # fmt: skip

    @property
    def pages(self) -> Pages:
        return Pages(self.vault, self.settings.public_url)


def apis_of(
    accounts: Mapping[str, OfficialAccount],
    base_of: Callable[[str], str],
    session: aiohttp.ClientSession,
    shared: Shared,
    dated: Callable[[str], None] = lambda date: None,
) -> dict[str, OfficialApi]:
    return {
        name: OfficialApi(account, session, base_of(name), shared=shared, dated=dated) for name, account in accounts.items()
    }  # fmt: skip
