"""The picture at the door of a meeting: whoever scans it is signed in. Made when the letter that carries it is sent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import structlog

from bot.channels.official_account import OfficialAccount
from bot.channels.official_api import OfficialApi
from bot.channels.official_trouble import ApiFailed
from bot.relaying import api_that_makes_codes, save_code
from domain.meetings import Meeting
from handlers.attendance import door_image, door_scene
from handlers.texts import attendance as texts
from storage.batch import Batch
from storage.database import Database
from storage.store import DirectoryCache, Store
from storage.vault import Vault

log = structlog.get_logger()

_DOOR = re.compile(r"doors/(\d{1,19})-\d{4}\.png")
# The platform answers such a call within a second or not at all.
CODE_WITHIN_S = 10.0


class Doors:
    """Makes `doors/MEETING-CODE.png` under `data`. Built on the event loop; `draw` is called off it.

    Where no account can make a scene code the picture holds the words to be sent instead.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        data: Path,
        apis: Mapping[str, OfficialApi],
        accounts: Mapping[str, OfficialAccount],
    ) -> None:
        self._database, self._vault, self._data = database, vault, data
        self._apis, self._accounts = apis, accounts
        self._loop = asyncio.get_running_loop()

    def draw(self, image: str) -> None:
        """Draw the picture of that name unless it is there; a name that is none of ours is left alone."""
        match, path = _DOOR.fullmatch(image), self._data / image
        if match is None or path.exists():
            return
        found = self._meeting(int(match[1]))
        if found is None or door_image(found[0]) != image:
            return
        meeting, area = found
        address = asyncio.run_coroutine_threadsafe(self._address(meeting, area), self._loop).result(CODE_WITHIN_S)
        save_code(path, address or texts.words_at_the_door(meeting.code))

    def _meeting(self, meeting_id: int) -> tuple[Meeting, str | None] | None:
        with Batch(self._database) as batch:
            store = Store(batch, DirectoryCache(), self._vault)
            meeting = store.meetings.get(meeting_id)
            village = store.directory.areas.get(meeting.village_id) if meeting else None
        return (meeting, village.code if village else None) if meeting is not None and meeting.code else None

    async def _address(self, meeting: Meeting, area: str | None) -> str:
        """The address a scan opens: the account, with the door named. "" where no account can make one now."""
        api = api_that_makes_codes(self._apis, self._accounts, area)
        if api is None:
            return ""
        try:
            _, address = await api.make_scene_code(door_scene(self._vault, meeting))
        except ApiFailed as failed:
            log.warning("door.without_code", why=failed.trouble.value, code=failed.code)
            return ""
        return address
