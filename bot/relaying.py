"""The cadre relay: a letter to an ordinary group goes to a cadre, ready to forward, with a link and a picture to scan.

No official account can write to an ordinary group, so a person does. The scene code in the picture leads to the
account, where the villagers' answers come in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.channels.official_account import OfficialAccount
from bot.channels.official_api import OfficialApi
from bot.channels.official_trouble import ApiFailed
from bot.scan_codes import scan_code
from handlers.relays import scene_of
from handlers.texts import delivery as texts
from storage.database import Database
from storage.letters import Letter
from storage.relaying import Plan, Words, begin_relay, plan_relay
from storage.vault import Vault

log = structlog.get_logger()

FOLDER = "relays"
# Six modules a dot: large enough to be scanned off another phone's screen.


@dataclass(frozen=True)
class Relaying:
    """`apis` by account name; `link` gives a letter's page, "" where there is no public address."""

    database: Database
    vault: Vault
    data: Path
    apis: Mapping[str, OfficialApi]
    accounts: Mapping[str, OfficialAccount]
    link: Callable[[Letter], str]

    async def begin(self, letter: Letter, now: datetime) -> bool:
        """Hand the letter to a cadre; False where there is none, so that it goes into the stuck report."""
        plan = await asyncio.to_thread(plan_relay, self.database, letter)
        if plan is None:
            return False
        link = self.link(letter)
        code = await self._code(plan)
        image = await asyncio.to_thread(self._draw, plan.relay_id, code or link) if code or link else ""
        words = Words(
            texts.please_relay(plan.group_name, has_picture=bool(image)),
            texts.to_forward(letter.text, link, can_scan=bool(code)),
            image,
        )
        return await asyncio.to_thread(begin_relay, self.database, self.vault, plan, words, now)

    async def _code(self, plan: Plan) -> str:
        """The address a scan opens: the account, with this relay named. "" where no account can make one now."""
        api = self._api_of(plan)
        if api is None:
            return ""
        try:
            _, url = await api.make_scene_code(scene_of(self.vault, plan.relay_id))
        except ApiFailed as failed:
            log.warning("relay.without_code", why=failed.trouble.value, code=failed.code)
            return ""
        return url

    def _api_of(self, plan: Plan) -> OfficialApi | None:
        return api_that_makes_codes(self.apis, self.accounts, plan.village.code if plan.village else "")

    def _draw(self, relay_id: int, holds: str) -> str:
        path = Path(FOLDER) / f"{relay_id}.png"
        save_code(self.data / path, holds)
        return str(path)


def api_that_makes_codes(
    apis: Mapping[str, OfficialApi], accounts: Mapping[str, OfficialAccount], area: str | None
) -> OfficialApi | None:
    """The client of the area's own account where that may make scene codes, else of any that may."""
    able = [name for name, account in accounts.items() if "qrcode" in account.capabilities]
    own = [name for name in able if accounts[name].area == area]
    return next((apis[name] for name in own or able if name in apis), None)


def save_code(path: Path, holds: str) -> None:
    """Draw a code to scan that holds this text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(scan_code(holds))
    unfinished.replace(path)
