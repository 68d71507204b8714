"""CPU a vote with 1,000,000 ballots in the poll and with 10,000; counting 1,000,000."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import grounds, turns
from bench.grounds import ACCOUNT
from bench.poll_grounds import FIRST_POLL, bind_all, open_poll, texts
from bot.dispatch import Dispatch
from bot.opening import load_demo
from bot.rulebook import open_rulebook
from bot.turn import Line
from domain.messages import Actor
from storage import tables_polls
from storage.batch import Batch
from storage.database import Database
from storage.migrate import migrate
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.storage.county import SLICE


def growth(folder: Path) -> None:
    book = open_rulebook(None, folder / "cache")
    with turns.databases() as found:
        for engine, database in found.items():
            migrate(database)
            vault = Vault(grounds.SECRET)
            load_demo(database, vault)
            costs = {}
            for many in (10_000, 1_000_000):
                openids = _grown(database, many)
                line = Line(
                    database,
                    Dispatch(lambda: book.value, {("oa", ACCOUNT.name): "XH"}),
                    lambda: datetime.now(UTC),
                    vault,
                )
                line._loop = turns._NoLoop()  # type: ignore[assignment]
                costs[many] = min(_cost(line, openids) for _ in range(5))
            counting, voted = _counting(database)
            ratio = costs[1_000_000] / costs[10_000]
            print(f"{engine:<12}CPU a vote {costs[10_000]:.0f} µs at 10,000 ballots, {costs[1_000_000]:.0f} µs at 1,000,000: "
                  f"{ratio:.2f} ({'held' if ratio <= 1.6 else 'MISSED'} 1.6); {voted} counted in {counting:.2f} s "
                  f"({'held' if counting <= 1 else 'MISSED'} 1 s)", flush=True)  # fmt: skip


def _grown(database: Database, many: int) -> list[str]:
    """A poll with so many ballots; 5,000 of its voters have phones, spread over the whole roll."""
    poll, first, now = FIRST_POLL + many, 10_000_000 * (1 + (many > 10_000)), datetime.now(UTC)
    step = max(many // 5_000, 1)
    with database.write() as connection:
        connection.execute(tables_polls.polls.update().values(state="closed"))
        people = [{"id": first + n, "household_id": 1 + n % 300, "name": f"人{n}"} for n in range(0, many, step)]
        openids = [f"oGrow{person['id']:022d}" for person in people]
        bind_all(connection, people, openids, now)
        connection.execute(
            tables_polls.polls.update()
            .where(tables_polls.polls.c.id == open_poll(connection, 3, range(first, first + many), poll=poll))
            .values(number=many)
        )
        for start in range(0, many, SLICE):
            rows = [
                {
                    "poll_id": poll,
                    "entry": first + n,
                    "choice": 1 + n % 2,
                    "cast_at": now - timedelta(days=1),
                    "event": "",
                    "how": "wechat",
                }
                for n in range(start, min(start + SLICE, many))
            ]
            connection.execute(tables_polls.ballots.insert(), rows)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("analyze")
    return openids


def _cost(line: Line, openids: list[str]) -> float:
    """CPU µs a vote in batches of 64, of voters drawn from everywhere."""
    said, chosen = texts(), random.Random(3).sample(openids, min(len(openids), 2_560))
    batches = [
        [_ticket(who, next(said)) for who in chosen[start : start + 64]] for start in range(0, len(chosen) - 63, 64)
    ]
    begun = time.process_time()
    for batch in batches:
        line._play_batch(batch)
    return (time.process_time() - begun) / (len(batches) * 64) * 1e6


def _ticket(openid: str, text: str) -> Any:
    ticket = turns._ticket(text, 0)
    event = f"m:{openid}:{time.time_ns()}"
    incoming = replace(ticket.incoming, event_id=event, account=ACCOUNT.name, actor=Actor("oa", ACCOUNT.name, openid))
    ticket.incoming = incoming
    return ticket


def _counting(database: Database) -> tuple[float, int]:
    vault, took, voted = Vault(grounds.SECRET), [], 0
    for _ in range(3):
        with Batch(database) as batch:
            store = Store(batch, DirectoryCache(), vault)
            poll = store.polls.get(FIRST_POLL + 1_000_000)
            assert poll is not None
            begun = time.perf_counter()
            voted = sum(store.polls.by_choice(poll).values())
            took.append(time.perf_counter() - begun)
    return min(took), voted
