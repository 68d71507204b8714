"""kill -9 under load: every acknowledged message has its effect exactly once.

Load runs from many connections; the server is killed at a random moment, started again, and killed again, twenty times.
Then whatever was never answered is delivered again, and some of what was answered too, as the platform does. Checked in
the database: an acknowledged message has one inbox row and one matter; a message delivered twice has one; none is
without its owner's letter; on SQLite the file is whole.
"""

from __future__ import annotations

import random
import socket
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import grounds
from bench.grounds import ACCOUNT, Village
from bench.load import request
from bot.emulator.wire import Push, element, envelope, message_xml
from storage.database import Database

KILLS = 20
CLIENTS = 16
FIRST_KILL_AFTER_S, LAST_KILL_AFTER_S = 0.3, 1.5


@dataclass
class Message:
    text: str
    push: Push
    acknowledged: int = 0
    deliveries: int = 0

    def wire(self) -> bytes:
        query, body = envelope(ACCOUNT, self.push, datetime.now(UTC))
        return request(f"/wx/{ACCOUNT.name}?{query}", body)


@dataclass
class Crowd:
    """Clients that send what nobody has sent yet, one message at a time, until told to stop."""

    openids: list[str]
    port: int = 0
    is_open: bool = True
    sent: list[Message] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    first: int = field(default_factory=lambda: random.SystemRandom().randrange(10**15) * 1000)

    def next(self) -> Message:
        with self.lock:
            number = len(self.sent)
            openid, message_id = self.openids[number % len(self.openids)], str(self.first + number)
            text = f"第{number}件，{grounds.COMPLAINTS[0]}"
            xml = message_xml(ACCOUNT, openid, datetime.now(UTC), "text", element("Content", text), message_id)
            self.sent.append(Message(text, Push(openid, message_id, xml)))
            return self.sent[-1]

    def talk(self) -> None:
        while self.is_open:
            deliver(self.next(), self.port)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self.talk) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads


def deliver(message: Message, port: int) -> bool:
    """One delivery on a connection of its own; acknowledged is a whole 200 that was received."""
    message.deliveries += 1
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=6) as line:
            line.sendall(message.wire().replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
            answer = b""
            while more := line.recv(65_536):
                answer += more
    except OSError:
        time.sleep(0.02)
        return False
    head, _, body = answer.partition(b"\r\n\r\n")
    whole = head.startswith(b"HTTP/1.1 200") and f"content-length: {len(body)}".encode() in head.lower()
    message.acknowledged += whole
    return whole


def one_engine(engine: str, folder: Path, dice: random.Random) -> bool:
    with grounds.village(engine, folder) as village:
        crowd, starts = Crowd(village.openids), []
        for _ in range(KILLS):
            server = grounds.ours(village, folder, worker=True)
            starts.append(server.wait_until_ready())
            crowd.port, crowd.is_open = server.port, True
            threads = crowd.start()
            time.sleep(dice.uniform(FIRST_KILL_AFTER_S, LAST_KILL_AFTER_S))
            server.kill()
            crowd.is_open = False
            for thread in threads:
                thread.join()
        return _settle_and_check(engine, folder, village, crowd, dice, max(starts))


def _settle_and_check(
    engine: str, folder: Path, village: Village, crowd: Crowd, dice: random.Random, slowest: float
) -> bool:
    unanswered = [message for message in crowd.sent if not message.acknowledged]
    answered = [message for message in crowd.sent if message.acknowledged]
    first_answered = len(answered)
    server = grounds.ours(village, folder, worker=True)
    server.wait_until_ready()
    again = unanswered * 2 + dice.sample(answered, min(len(answered), 500)) * 3
    refused = sum(not deliver(message, server.port) for message in again)
    _until_nothing_waits(village.url)
    server.close()
    counts = _check(village, crowd)
    wrong = counts["lost"] + counts["doubled"] + counts["unheard"] + counts["torn"] + refused
    print(f"{engine:<12}{KILLS} kills: {len(crowd.sent)} sent, {first_answered} acknowledged, {len(unanswered)} in flight; "
          f"{len(again)} delivered again, {refused} refused; lost {counts['lost']}, doubled {counts['doubled']}, "
          f"owners not told {counts['unheard']}, {'whole' if not counts['torn'] else 'TORN'}; "
          f"slowest restart {slowest:.1f} s: {'held' if not wrong else 'FAILED'}", flush=True)  # fmt: skip
    return not wrong


def _until_nothing_waits(url: str) -> None:
    """Rows a killed server had accepted are somebody's running turn for thirty seconds, then the sweeper's."""
    database, until = Database(url), time.monotonic() + 60
    while time.monotonic() < until:
        with database.read() as connection:
            waiting = connection.exec_driver_sql("select count(*) from inbox where state = 'new'").scalar_one()
        if not waiting:
            break
        time.sleep(0.5)
    database.dispose()


def _check(village: Village, crowd: Crowd) -> Counter[str]:
    database, counts = Database(village.url), Counter[str]()
    with database.read() as connection:
        matters = Counter(text for (text,) in connection.exec_driver_sql("select text from matters"))
        rows = Counter(
            event for (event,) in connection.exec_driver_sql("select event_id from inbox where channel = 'oa'")
        )
        letters = connection.exec_driver_sql("select once from outbox where purpose = 'matter.new'")
        told = Counter(once.rpartition(":")[0] for (once,) in letters)  # its last part is whom it is for
        filed = [id_ for (id_,) in connection.exec_driver_sql("select id from matters")]
        if database.is_sqlite:
            counts["torn"] += connection.exec_driver_sql("pragma integrity_check").scalar_one() != "ok"
    for message in crowd.sent:
        effects, kept = matters[message.text], rows[f"m:{message.push.openid}:{message.push.message_id}"]
        counts["lost"] += bool(message.acknowledged) and (effects == 0 or kept == 0)
        counts["doubled"] += effects > 1 or kept > 1
    counts["unheard"] += sum(told[f"matter:{id_}:new"] != 1 for id_ in filed)
    database.dispose()
    return counts


def main(options: list[str]) -> None:
    seed = next((int(option.partition("=")[2]) for option in options if option.startswith("--seed=")), 20261124)
    print(f"{KILLS} kills each, {CLIENTS} clients, seed {seed}")
    with grounds.workplace() as folder:
        held = [one_engine(engine, folder, random.Random(seed)) for engine in ("SQLite", "PostgreSQL")]
    if not all(held):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
