"""A server whose turns break in every way, as a process of its own: `python -m tests.bot.faulty_server console|json`.

Each error carries the villager's own words, as an error of ours might.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

import settings as knobs
from bot import logs, wiring
from bot.turn import Line
from bot.wiring import House, serve
from domain.messages import Incoming
from storage import inbox, tables
from storage.ids import new_id
from storage.store import Store
from tests.bot.town import Wrapped


def break_it(store: Store, incoming: Incoming) -> None:
    said = f"{incoming.text} {incoming.actor.native_id}"
    if "坏在话里" in incoming.text:
        raise LookupError(said)
    if "坏在行里" in incoming.text:
        store.batch.add(tables.notes, {"id": new_id(), "matter_id": None, "kind": "", "text": said, "at": None})
    if "坏在查询里" in incoming.text:
        store.batch.connection.exec_driver_sql(f"select '{said}' from nowhere")
    if "坏在循环里" in incoming.text:
        asyncio.run_coroutine_threadsafe(_fail_unseen(said), _loop[0])


async def _fail_unseen(said: str) -> None:
    """A task nobody waits for, and a callback of the loop."""
    task = asyncio.get_running_loop().create_task(_raise(said))
    del task
    asyncio.get_running_loop().call_soon(_raise_now, said)


async def _raise(said: str) -> None:
    raise RuntimeError(said)


def _raise_now(said: str) -> None:
    raise RuntimeError(said)


_loop: list[asyncio.AbstractEventLoop] = []


async def main() -> None:
    wiring.SWEEP_EVERY_S, inbox.RETRY_AFTER = 0.5, (timedelta(seconds=1), timedelta(seconds=60))
    _loop.append(asyncio.get_running_loop())
    found = knobs.load()
    logs.configure(found.log_format)
    house = House(found)
    play = Wrapped(house.dispatch, break_it)
    house.line = Line(house.database, play, house.clock, house.vault, ready=house.loaded.ready, on_letters=house._wake)
    house.prepare()
    await serve(house, lambda _port: None)


if __name__ == "__main__":
    asyncio.run(main())
    sys.exit(0)
