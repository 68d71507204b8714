"""The fetcher: brings pictures and voices from the platform to our own disk within minutes of their arrival."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from bot.channels.official_api import OfficialApi
from bot.channels.official_http import TOO_LARGE
from bot.channels.official_trouble import ApiFailed, Trouble
from bot.finishing import to_the_end
from storage.database import is_passing_fault
from storage.media import MediaFetch, Medium
from storage.mediafiles import NotKept, keep, lying_open, seal_old
from storage.vault import Vault

log = structlog.get_logger()

LOOK_EVERY_S = 2.0
# The platform says that it has no such file. It may be a moment late itself; after so many tries it is believed.
BELIEVED_AFTER = 3
FORGET_EVERY_S = 24 * 3600.0
# Old files sealed in one go; between two goes the disk is the village's.
SEAL_AT_ONCE, SEAL_PAUSE_S = 20, 0.5


class Fetcher:
    def __init__(
        self,
        fetch: MediaFetch,
        apis: Mapping[str, OfficialApi],
        data: Path,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._fetch = fetch
        self._apis = apis
        self._data = data
        self._vault = vault
        self._clock = clock
        self._drawing = asyncio.Lock()

    async def run(self) -> None:
        """Fetch until cancelled; a fault of the database is waited out."""
        while True:
            try:
                if await to_the_end(self.fetch_due()):
                    continue
            except Exception as error:
                if not is_passing_fault(error):
                    log.exception("fetcher.failed", error=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_S)

    async def seal_old(self) -> None:
        """Seal what lies open from before files were sealed, a few at a time until nothing is left."""
        old = await asyncio.to_thread(lying_open, self._data)
        for start in range(0, len(old), SEAL_AT_ONCE):
            few = old[start : start + SEAL_AT_ONCE]
            sealed = await to_the_end(asyncio.to_thread(seal_old, few, self._vault))
            log.info("media.sealed", files=sealed, left=len(few) - sealed)
            await asyncio.sleep(SEAL_PAUSE_S)

    async def forget_old(self) -> None:
        """Once a day, until cancelled: delete the files of matters that were forgotten."""
        while True:
            try:
                await to_the_end(asyncio.to_thread(self._forget))
            except Exception as error:
                if not is_passing_fault(error):
                    log.exception("fetcher.failed", error=type(error).__name__)
            await asyncio.sleep(FORGET_EVERY_S)

    def _forget(self) -> None:
        media = self._fetch.forgotten()
        for medium in media:
            (self._data / medium.path).unlink(missing_ok=True)
        self._fetch.gone(media)

    async def fetch_due(self) -> int:
        media = await asyncio.to_thread(self._fetch.claim, self._clock())
        await asyncio.gather(*(self._one(medium) for medium in media))
        return len(media)

    async def _one(self, medium: Medium) -> None:
        api = self._apis.get(medium.account)
        try:
            if api is None:
                raise ApiFailed(Trouble.CONFIG, "media", detail="no such account")
            found = await api.download(medium.media_id)
            async with self._drawing:  # a large picture may take 150 MB, and the village's memory is small
                kept = await asyncio.to_thread(keep, self._data, medium.kind, found.content, self._vault)
        except ApiFailed as failed:
            is_large = failed.detail == TOO_LARGE
            why = "too_large" if is_large else failed.trouble.value
            await self._failed(medium, why, is_final=is_large or _is_gone(failed, medium))
        except NotKept as wrong:
            await self._failed(medium, str(wrong), is_final=True)
        except OSError as wrong:  # the disk is full or gone: there are three days to mend it
            await self._failed(medium, type(wrong).__name__, is_final=False)
        except Exception as defect:  # of ours: it must stop neither the others nor what becomes of this one
            log.exception("medium.defect", medium=medium.id, error=type(defect).__name__)
            await self._failed(medium, type(defect).__name__, is_final=medium.tries + 1 >= BELIEVED_AFTER)
        else:
            await asyncio.to_thread(self._fetch.kept, medium, kept.path, kept.type, kept.size, self._clock())
            log.info("medium.kept", medium=medium.id, kind=medium.kind, size=kept.size)

    async def _failed(self, medium: Medium, why: str, *, is_final: bool) -> None:
        log.warning("medium.failed", medium=medium.id, kind=medium.kind, why=why, is_final=is_final)
        await asyncio.to_thread(self._fetch.failed, medium, why, self._clock(), is_final=is_final)


def _is_gone(failed: ApiFailed, medium: Medium) -> bool:
    return failed.trouble is Trouble.CONTENT and medium.tries + 1 >= BELIEVED_AFTER
