"""kill -9 in a vote storm, twenty times: no acknowledged vote lost, none counted twice."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import grounds, kill
from bench.grounds import ACCOUNT, Village
from bench.poll_grounds import ENGINES, with_poll
from bot.emulator.wire import Push, element, message_xml
from storage.database import Database


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
