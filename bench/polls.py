"""Votes: speed beside the bare server, bursts, pace, growth, kills, and a county on one evening.

votes    durable AES votes/s beside a bare aiohttp echo and beside aiohttp + wechatpy (an echo), SQLite and PostgreSQL
burst    6,000 votes at once, each answered in its response; 8,000 at once, each accepted
pace     1,000 votes a second, sent by the clock
growth   CPU a vote with 1,000,000 ballots in the poll and with 10,000; counting 1,000,000
kill     kill -9 in a vote storm, twenty times
county   129 villages, 200,000 people, 120,000 votes, 5 % of them delivered twice, 1 % malformed
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from bench import grounds, kill, server, turns
from bench.grounds import ACCOUNT, Server, Village
from bench.load import Load, request
from bot.dispatch import Dispatch
from bot.emulator.wire import Push, element, envelope, message_xml
from bot.rulebook import open_rulebook
from bot.turn import Line
from bot.wiring import load_demo
from domain.messages import Actor
from storage import tables, tables_polls
from storage.batch import Batch
from storage.database import Database
from storage.migrate import migrate
from storage.people import touch
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.storage.county import SLICE, VILLAGES, load_county

PARTS = ("votes", "burst", "pace", "growth", "kill", "county")
ENGINES = ("SQLite", "PostgreSQL")
OPTIONS = ("东路", "西路", "南路")
FIRST_POLL = 900_000_000_000
BAR, HOPE = 0.20, 0.33


def open_poll(
    connection: Connection, village: int, entries: Iterable[int], *, poll: int = FIRST_POLL, unit: str = "person",
    is_secret: bool = False, closes: timedelta = timedelta(days=5),
) -> int:  # fmt: skip
    """An open poll of a village with that roll, as if it had been made in talk an hour ago."""
    now, roll = datetime.now(UTC), [{"poll_id": poll, "entry": entry} for entry in entries]
    row = {
        "id": poll, "number": 1, "version": 1, "village_id": village, "area_id": village, "by_id": 1,
        "scope": json.dumps([[village], False, []]), "title": "修路选哪条", "options": json.dumps(OPTIONS, ensure_ascii=False),
        "unit": unit, "is_multiple": False, "is_secret": is_secret, "in_group": not is_secret, "state": "open",
        "opens_at": now - timedelta(hours=1), "closes_at": now + closes, "roll": len(roll),
        "key": Vault(grounds.SECRET).seal(bytes(range(32)).hex()) if is_secret else "",
    }  # fmt: skip
    connection.execute(tables_polls.polls.insert(), [row])
    for start in range(0, len(roll), SLICE):
        connection.execute(tables_polls.poll_roll.insert(), roll[start : start + SLICE])
    touch(connection, "polls")
    return poll


def people_of(url: str) -> list[int]:
    database = Database(url)
    with database.read() as connection:
        found = connection.execute(select(tables.people.c.id).where(tables.people.c.household_id.is_not(None)))
        people = [row.id for row in found]
    database.dispose()
    return people


def with_poll(village: Village, *, is_secret: bool = False) -> None:
    people = people_of(village.url)
    database = Database(village.url)
    with database.write() as connection:
        open_poll(connection, 3, people, is_secret=is_secret)
    database.dispose()


def texts() -> Iterator[str]:
    dice = random.Random(1)
    while True:
        yield dice.choice(("1", "2", "投1", "选西路", "改成2"))


# -- votes


def votes(folder: Path) -> None:
    floor = grounds.floor("echo")
    floor.wait_until_it_listens()
    print(
        f"{server.PAIRS} pairs of {server.SECONDS} s, {server.CONNECTIONS} connections; servers on core 0\n{server.HEAD}"
    )
    try:
        server.measure_wechatpy(floor)
        for is_secret in (False, True):
            for engine in ENGINES:
                _votes_on(folder, floor, engine, is_secret=is_secret)
    finally:
        floor.close()


def _votes_on(folder: Path, floor: Server, engine: str, *, is_secret: bool) -> None:
    with grounds.village(engine, folder) as village:
        with_poll(village, is_secret=is_secret)
        ours = grounds.ours(village, folder, worker=False)
        try:
            ours.wait_until_ready()
            pairs = server.Pairs(ours, floor, village)
            slices = server._slices(village.openids, texts)
            pairs.run(slices, next(slices)[:64])
            line = pairs.line(f"{'secret ' if is_secret else ''}vote, {engine}", BAR, HOPE)
            table = "secret_ballots" if is_secret else "ballots"
            line.note += f" {grounds.count(village.url, table)} ballots of 780"
            server.show(line)
        finally:
            ours.close()


# -- burst and pace


def burst(folder: Path) -> None:
    for engine in ENGINES:
        for many, limit, wants_reply in ((6_000, 3.5, True), (8_000, 5.0, False)):
            with grounds.village(engine, folder) as village:
                openids = more_voters(village, many)
                ours = grounds.ours(village, folder, worker=False)
                try:
                    ours.wait_until_ready()
                    _burst(village, engine, ours, openids, limit, wants_reply=wants_reply)
                finally:
                    ours.close()


def more_voters(village: Village, many: int) -> list[str]:
    """So many bound voters on the roll of one poll."""
    database, now = Database(village.url), datetime.now(UTC)
    people = [{"id": 5_000_000 + n, "household_id": 1 + n % 300, "name": f"人{n}"} for n in range(many)]
    openids = [f"oVoter{n:022d}" for n in range(many)]
    with database.write() as connection:
        _bind_all(connection, people, openids, now)
        open_poll(connection, 3, [person["id"] for person in people])
    database.dispose()
    return openids


def _bind_all(connection: Connection, people: list[dict[str, Any]], openids: list[str], now: datetime) -> None:
    contacts = [
        {"id": p["id"], "channel": "oa", "account": ACCOUNT.name, "native_id": o, "speaking_as": p["id"], "followed_at": now}
        for p, o in zip(people, openids, strict=True)
    ]  # fmt: skip
    proof = {"level": "full", "proven_by": "paper_code", "consent": "bench", "bound_at": now}
    bound = [{"id": p["id"], "contact_id": p["id"], "person_id": p["id"], **proof} for p in people]
    for table, rows in ((tables.people, people), (tables.contacts, contacts), (tables.bindings, bound)):
        for start in range(0, len(rows), SLICE):
            connection.execute(table.insert(), rows[start : start + SLICE])


def _burst(village: Village, engine: str, ours: Server, openids: list[str], limit: float, *, wants_reply: bool) -> None:
    many = len(openids)
    load = Load(ours.port, many)
    warm = grounds.signed(village.openids, iter(["进度"] * 200), 200, "/wx/bench")
    Load(ours.port, 8).run(warm, 1.0)
    done = load.run(grounds.signed(openids, texts(), many, "/wx/bench"), 60)
    load.close()
    last, replied = max(done.latencies, default=99), done.answered - done.acknowledged
    time.sleep(2)
    held = last <= limit and not done.errors and (replied == many or not wants_reply) and done.statuses == {200: many}
    kept = grounds.count(village.url, "ballots")
    print(f"{engine:<12}{many} at once: last answer after {last:.2f} s (limit {limit}), {replied} with their reply, "
          f"{done.acknowledged} acknowledged, {done.errors} errors, {done.statuses}; {kept} ballots "
          f"{'held' if held and kept == many else 'MISSED'}", flush=True)  # fmt: skip


def pace(folder: Path) -> None:
    for engine in ENGINES:
        with grounds.village(engine, folder) as village:
            openids = more_voters(village, 20_000)
            ours = grounds.ours(village, folder, worker=False)
            try:
                ours.wait_until_ready()
                Load(ours.port, 8).run(grounds.signed(village.openids, iter(["进度"] * 300), 300, "/wx/bench"), 1.0)
                late = _paced(ours.port, grounds.signed(openids, texts(), 20_000, "/wx/bench"), 1_000)
            finally:
                ours.close()
            p99, worst = late[int(len(late) * 0.99)] * 1e3, late[-1] * 1e3
            kept = grounds.count(village.url, "ballots")
            print(f"{engine:<12}{len(late)} votes at 1,000/s: p50 {late[len(late) // 2] * 1e3:.1f} ms, p99 {p99:.1f} ms, "
                  f"worst {worst:.0f} ms; {kept} ballots {'held' if p99 <= 25 and kept == 20_000 else 'MISSED'}", flush=True)  # fmt: skip


def _paced(port: int, requests: list[bytes], rate: int) -> list[float]:
    """Send by the clock over idle connections; latencies from the moment each was due, sorted."""
    load = Load(port, 256)
    idle, load._idle = list(load._idle), []
    begun, late, waiting, next_ = time.perf_counter() + 0.1, [], 0, 0
    while next_ < len(requests) or waiting:
        now = time.perf_counter()
        while next_ < len(requests) and begun + next_ / rate <= now and idle:
            connection = idle.pop()
            connection.send(requests[next_])
            connection.begun = begun + next_ / rate
            next_, waiting = next_ + 1, waiting + 1
        pause = max(begun + next_ / rate - time.perf_counter(), 0) if next_ < len(requests) else 0.5
        for key, _ in load._selector.select(min(pause, 0.01)):
            if key.data.answer() is not None:
                late.append(time.perf_counter() - key.data.begun)
                idle.append(key.data)
                waiting -= 1
    load.close()
    return sorted(late)


# -- growth


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
        _bind_all(connection, people, openids, now)
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


# -- kill


@dataclass
class Voters(kill.Crowd):
    """Clients that vote; each voter's messages are numbered, and his newest must be what stands."""

    newest: dict[str, tuple[str, int]] = field(default_factory=dict)

    def next(self) -> kill.Message:
        with self.lock:
            number = len(self.sent)
            openid, message_id = self.openids[number % len(self.openids)], str(self.first + number)
            choice = 1 + (number // len(self.openids) + number) % 3
            now = datetime.now(UTC)
            xml = message_xml(ACCOUNT, openid, now, "text", element("Content", str(choice)), message_id)
            self.sent.append(kill.Message(str(choice), Push(openid, message_id, xml)))
            self.newest[openid] = (message_id, choice)
            return self.sent[-1]


def storm(folder: Path) -> bool:
    dice, held = random.Random(20261127), True
    for engine in ENGINES:
        with grounds.village(engine, folder) as village:
            with_poll(village)
            crowd = Voters(village.openids)
            for _ in range(kill.KILLS):
                ours = grounds.ours(village, folder, worker=False)
                ours.wait_until_ready()
                crowd.port, crowd.is_open = ours.port, True
                threads = crowd.start()
                time.sleep(dice.uniform(kill.FIRST_KILL_AFTER_S, kill.LAST_KILL_AFTER_S))
                ours.kill()
                crowd.is_open = False
                for thread in threads:
                    thread.join()
            held &= _standing(engine, folder, village, crowd, dice)
    return held


def _standing(engine: str, folder: Path, village: Village, crowd: Voters, dice: random.Random) -> bool:
    acknowledged = [message for message in crowd.sent if message.acknowledged]
    open_ = [message for message in crowd.sent if not message.acknowledged]
    before = _ballots(village)
    lost = _behind(before, acknowledged)
    ours = grounds.ours(village, folder, worker=True)
    ours.wait_until_ready()
    again = open_ * 2 + dice.sample(acknowledged, min(500, len(acknowledged))) * 3
    refused = sum(not kill.deliver(message, ours.port) for message in again)
    kill._until_nothing_waits(village.url)
    ours.close()
    after = _ballots(village)
    wrong = sum(after.get(openid) != choice for openid, (_, choice) in crowd.newest.items())
    twice = len(after) - len(crowd.newest)
    print(f"{engine:<12}{kill.KILLS} kills: {len(crowd.sent)} votes, {len(acknowledged)} acknowledged, {len(open_)} in flight; "
          f"acknowledged and lost {lost}; after {len(again)} deliveries more ({refused} refused): {len(after)} ballots, "
          f"{wrong} not the newest, {max(twice, 0)} counted twice: {'held' if not (lost or wrong or twice or refused) else 'FAILED'}",
          flush=True)  # fmt: skip
    return not (lost or wrong or twice or refused)


def _ballots(village: Village) -> dict[str, int]:
    """The option that stands for every phone."""
    database = Database(village.url)
    with database.read() as connection:
        rows = connection.exec_driver_sql(
            "select c.native_id, b.choice from ballots b join contacts c on c.speaking_as = b.entry where c.native_id like 'oBench%%'"
            if not database.is_sqlite
            else "select c.native_id, b.choice from ballots b join contacts c on c.speaking_as = b.entry where c.native_id like 'oBench%'"
        )
        found = {openid: choice.bit_length() for openid, choice in rows}
    database.dispose()
    return found


def _behind(ballots: dict[str, int], acknowledged: list[kill.Message]) -> int:
    """Voters whose acknowledged vote is not there, right after the last kill and before anything is delivered again.

    A later vote of his that was in flight may have been committed all the same.
    """
    return len({message.push.openid for message in acknowledged} - ballots.keys())


# -- a county on one evening


def county(folder: Path) -> None:
    for engine in ENGINES:
        with grounds.village(engine, folder) as village:
            _evening(folder, village, engine)


def _evening(folder: Path, village: Village, engine: str) -> None:
    voters = _county(village)
    dice = random.Random(120_000)
    chosen = dice.sample(voters, 120_000)
    said = {person: dice.choice("123") for _, person in chosen}
    made = [_vote(openid, said[person], dice) for openid, person in chosen]
    doubled = made + dice.sample(made, 6_000)
    broken = [bytearray(one) for one in dice.sample(made, 1_200)]
    for one in broken:
        one[-20:-10] = b"XXXXXXXXXX"
    requests = [*doubled, *map(bytes, broken)]
    dice.shuffle(requests)
    ours = grounds.ours(village, folder, worker=True, platform=0)
    try:
        ours.wait_until_ready()
        load = Load(ours.port, 256)
        begun = time.perf_counter()
        done = load.run(requests, 300)
        took = time.perf_counter() - begun
        load.close()
        kill._until_nothing_waits(village.url)
    finally:
        ours.close()
    exact = _exact(village, said)
    print(f"{engine:<12}{len(requests)} deliveries in {took:.1f} s ({len(requests) / took:.0f}/s), {done.statuses}, "
          f"{done.errors} errors, p99 {done.at(0.99) * 1e3:.0f} ms; {exact}", flush=True)  # fmt: skip


def _vote(openid: str, said: str, dice: random.Random) -> bytes:
    now = datetime.now(UTC)
    message_id = str(dice.randrange(10**17, 10**18))
    xml = message_xml(ACCOUNT, openid, now, "text", element("Content", said), message_id)
    query, body = envelope(ACCOUNT, Push(openid, message_id, xml), now)
    return request(f"/wx/{ACCOUNT.name}?{query}", body)


def _county(village: Village) -> list[tuple[str, int]]:
    """129 villages with an open poll each; 200,000 people with phones."""
    database, now = Database(village.url), datetime.now(UTC)
    with database.write() as connection:
        load_county(connection)
        homes = connection.execute(
            select(tables.households.c.id, tables.households.c.village_id).where(tables.households.c.village_id != 3)
        ).all()
        people = [
            {"id": 50_000_000 + n, "household_id": homes[n % len(homes)].id, "name": f"人{n}"} for n in range(200_000)
        ]
        openids = [f"oCounty{n:021d}" for n in range(200_000)]
        _bind_all(connection, people, openids, now)
        by_village: dict[int, list[int]] = {}
        for n, person in enumerate(people):
            by_village.setdefault(homes[n % len(homes)].village_id, []).append(person["id"])
        for number, (area, roll) in enumerate(sorted(by_village.items())):
            # Closing within a day and a bit: the reminders of all villages run while the votes come in.
            open_poll(connection, area, roll, poll=FIRST_POLL + number, closes=timedelta(hours=23))
    assert len(by_village) == VILLAGES
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("analyze")
    database.dispose()
    return list(zip(openids, (person["id"] for person in people), strict=True))


def _exact(village: Village, said: dict[int, str]) -> str:
    database = Database(village.url)
    with database.read() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("select entry, choice from ballots")]
        states = Counter(row[0] for row in connection.exec_driver_sql("select state from inbox where channel = 'oa'"))
    database.dispose()
    wrong = {(entry, 1 << int(chosen) - 1) for entry, chosen in said.items()} ^ set(rows)
    good = not wrong and len(rows) == len(said)
    return f"{len(rows)} ballots of {len(said)} voters, {len(wrong)} wrong, inbox {dict(states)}: {'exact' if good else 'WRONG'}"


def main(options: list[str]) -> None:
    """Without a name all parts; `--part=votes` one of them."""
    wanted = [option.partition("=")[2] for option in options if option.startswith("--part=")] or list(PARTS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    parts = {"votes": votes, "burst": burst, "pace": pace, "growth": growth, "kill": storm, "county": county}
    with grounds.workplace() as folder:
        for name in wanted:
            print(f"-- {name}", flush=True)
            if parts[name](folder) is False:
                sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
