"""Charts that letters carry: drawn from what is stored when the first of those letters is sent."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from storage.batch import Batch
from storage.database import Database
from storage.store import DirectoryCache, Store
from storage.vault import Vault

_POLL = re.compile(r"charts/poll-(\d{1,19})\.png")


class Charts:
    """Makes `charts/poll-ID.png` under `data`. Called off the event loop; letters of one poll do not draw it twice."""

    def __init__(self, database: Database, vault: Vault, data: Path) -> None:
        self._database, self._vault, self._data = database, vault, data
        self._lock = threading.Lock()

    def draw(self, image: str) -> None:
        """Draw the picture of that name unless it is there; a name that is none of ours is left alone."""
        match, path = _POLL.fullmatch(image), self._data / image
        if match is None or path.exists():
            return
        with self._lock:
            if not path.exists() and (content := self._poll(int(match[1]))) is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                unfinished = path.with_suffix(".part")
                unfinished.write_bytes(content)
                unfinished.replace(path)

    def _poll(self, poll_id: int) -> bytes | None:
        with Batch(self._database) as batch:
            poll = Store(batch, DirectoryCache(), self._vault).polls.get(poll_id)
        if poll is None or poll.result is None:
            return None
        from handlers.pictures import result_chart  # what draws is loaded at the first chart

        return result_chart(poll, poll.result)
