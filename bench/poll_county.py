"""A county on one evening: 129 villages, 200,000 people, 120,000 votes, 5 % of them delivered twice, 1 % malformed.

All polls close within a day, so that in every village whoever has not voted yet is reminded while the votes come in. The votes come as fast as they are taken,
so that the evening is compressed to what one core can do; clock and outbox run beside it on the other, as
`youshi work`. Afterwards every ballot is compared with what its voter said.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bench import grounds, kill
from bench.grounds import ACCOUNT, Server, Village
from bench.load import Load, Slice, request
from bench.poll_grounds import ENGINES, FIRST_POLL, bind_all, open_poll
from bot.emulator.wire import Push, element, envelope, message_xml
from storage import tables
from storage.database import Database
from tests.storage.county import VILLAGES, load_county

PEOPLE, VOTERS, TWICE, MALFORMED = 200_000, 120_000, 6_000, 1_200
LONGEST_S = 400


def county(folder: Path) -> bool:
    held = True
    for engine in ENGINES:
        with grounds.village(engine, folder) as village:
            held &= _evening(folder, village, engine)
    return held


def _evening(folder: Path, village: Village, engine: str) -> bool:
    said, requests = _deliveries(_county(village), random.Random(120_000))
    platform = grounds.floor("platform", grounds.LOAD_CORE)
    ours = grounds.ours(village, folder, worker=False)
    worker = grounds.worker(village, folder, platform=platform.port)
    try:
        platform.wait_until_it_listens()
        ours.wait_until_ready()
        done = _votes(ours, requests)
        kill._until_nothing_waits(village.url)
        letters = _letters(village)
    finally:
        for process in (worker, ours, platform):
            process.close()
    is_whole = done.statuses == {200: VOTERS + TWICE, 403: MALFORMED} and not done.errors
    is_exact, words = _compared(village, said)
    print(f"{engine:<12}{done.answered} deliveries in {done.seconds:.1f} s ({done.rate:.0f}/s), {done.statuses}, "
          f"{done.errors} errors, p50 {done.at(0.5) * 1e3:.0f} ms, p99 {done.at(0.99) * 1e3:.0f} ms; {words}; "
          f"{letters}: {'held' if is_whole and is_exact else 'FAILED'}", flush=True)  # fmt: skip
    return is_whole and is_exact


def _votes(ours: Server, requests: list[bytes]) -> Slice:
    load = Load(ours.port, 256)
    done = load.run(requests, LONGEST_S)
    load.close()
    return done


def _deliveries(voters: list[tuple[str, int]], dice: random.Random) -> tuple[dict[int, str], list[bytes]]:
    """What each voter says, and the requests in which it arrives, shuffled."""
    chosen = dice.sample(voters, VOTERS)
    said = {person: dice.choice("123") for _, person in chosen}
    made = [_vote(openid, said[person], dice) for openid, person in chosen]
    broken = [one[:-20] + b"XXXXXXXXXX" + one[-10:] for one in dice.sample(made, MALFORMED)]
    requests = [*made, *dice.sample(made, TWICE), *broken]
    dice.shuffle(requests)
    return said, requests


def _vote(openid: str, said: str, dice: random.Random) -> bytes:
    now, message_id = datetime.now(UTC), str(dice.randrange(10**17, 10**18))
    xml = message_xml(ACCOUNT, openid, now, "text", element("Content", said), message_id)
    query, body = envelope(ACCOUNT, Push(openid, message_id, xml), now)
    return request(f"/wx/{ACCOUNT.name}?{query}", body)


def _county(village: Village) -> list[tuple[str, int]]:
    """129 villages with an open poll each; 200,000 people with phones."""
    database, now = Database(village.url), datetime.now(UTC)
    with database.write() as connection:
        load_county(connection)
        home = tables.households.c
        homes = connection.execute(select(home.id, home.village_id).where(home.village_id != 3)).all()
        people = [
            {"id": 50_000_000 + n, "household_id": homes[n % len(homes)].id, "name": f"人{n}"} for n in range(PEOPLE)
        ]
        openids = [f"oCounty{n:021d}" for n in range(PEOPLE)]
        bind_all(connection, people, openids, now)
        by_village: dict[int, list[int]] = {}
        for n, person in enumerate(people):
            by_village.setdefault(homes[n % len(homes)].village_id, []).append(int(person["id"]))
        for number, (area, roll) in enumerate(sorted(by_village.items())):
            open_poll(
                connection, area, roll, poll=FIRST_POLL + number, opened=timedelta(hours=13), closes=timedelta(hours=23)
            )
    assert len(by_village) == VILLAGES
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("analyze")
    database.dispose()
    return list(zip(openids, (int(person["id"]) for person in people), strict=True))


def _letters(village: Village) -> str:
    """What of the reminders was decided and sent while the votes came in."""
    database = Database(village.url)
    with database.read() as connection:
        found = connection.exec_driver_sql("select state, count(*) from outbox where purpose like 'poll.%%' group by state"
                                           if not database.is_sqlite else
                                           "select state, count(*) from outbox where purpose like 'poll.%' group by state")  # fmt: skip
        states = {str(state): int(many) for state, many in found}
    database.dispose()
    return f"reminders {states}"


def _compared(village: Village, said: dict[int, str]) -> tuple[bool, str]:
    database = Database(village.url)
    with database.read() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("select entry, choice from ballots")]
        states = Counter(row[0] for row in connection.exec_driver_sql("select state from inbox where channel = 'oa'"))
    database.dispose()
    wrong = {(entry, 1 << int(chosen) - 1) for entry, chosen in said.items()} ^ set(rows)
    is_exact = not wrong and len(rows) == len(said)
    return is_exact, f"{len(rows)} ballots of {len(said)} voters, {len(wrong)} wrong, inbox {dict(states)}"
