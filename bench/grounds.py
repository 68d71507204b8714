"""The grounds the server is measured on: databases with a village of phones, servers pinned to a core, their CPU.

Everything is on loopback, in a folder of its own that is removed at the end, and only processes begun here are ended.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bench.load import request
from bot.channels.official import account_from
from bot.emulator.wire import Push, element, envelope, message_xml
from bot.opening import load_demo
from settings import DEMO_ACCOUNT
from storage import tables
from storage.database import Database
from storage.migrate import migrate
from storage.vault import Vault
from tests import engines

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = account_from({**DEMO_ACCOUNT, "name": "bench"})
SECRET = "the-benchmarks-own-key"
SERVER_CORE, LOAD_CORE = 0, 1
_TICKS = os.sysconf("SC_CLK_TCK")
# What villagers say; each is one matter whose topic is certain, so that each is filed at once.
COMPLAINTS = (
    "路灯坏了好几天了，黑灯瞎火的",
    "自来水停了两天了，水龙头一滴水都没有",
    "垃圾堆在路口没人拉，臭得很",
    "村口那条路坑坑洼洼，车都不好走",
    "低保名单上没有我家，想问问为啥",
    "水渠堵了，田里浇不上水",
    "隔壁半夜放音响，吵得睡不着",
    "狗没拴绳子，到处乱跑",
)
PLACES = ("九社", "八社", "七社", "桥头", "村小门口", "老井边", "大槐树下", "卫生室旁边")


@dataclass
class Village:
    """One database with the demo village, whose 780 adults all have a phone that is bound."""

    engine: str
    url: str
    openids: list[str]
    postgres: engines.OwnPostgres | None = None


@contextmanager
def village(engine: str, folder: Path, *, matters_each: int = 0) -> Iterator[Village]:
    """`engine` is SQLite or PostgreSQL (a server of its own on the load's core, with fsync on)."""
    with ExitStack() as stack:
        own = None
        if engine == "PostgreSQL":
            own = engines.OwnPostgres(fsync=True)
            stack.callback(own.close)
            for pid in own.pids():
                os.sched_setaffinity(pid, {LOAD_CORE})
            url = engines.create_database(own.url, engines.fresh_name())
        else:
            url = f"sqlite:///{folder / f'{engine}-{random.randrange(10**9)}.db'}"
        openids = _people(url, matters_each)
        yield Village(engine, url, openids, own)


def _people(url: str, matters_each: int) -> list[str]:
    database, vault = Database(url), Vault(SECRET)
    migrate(database)
    load_demo(database, vault)
    now, ids = datetime.now(UTC), itertools.count(1_000)
    openids: list[str] = []
    with database.write() as connection:
        people = (
            connection.execute(select(tables.people.c.id).where(tables.people.c.household_id.is_not(None)))
            .scalars()
            .all()
        )
        rows: dict[str, list[dict[str, object]]] = {"contacts": [], "bindings": [], "matters": []}
        for person in people:
            contact = next(ids)
            openids.append(f"oBench{person:022d}")
            who = {"channel": "oa", "account": ACCOUNT.name, "native_id": openids[-1]}
            rows["contacts"].append({"id": contact, **who, "speaking_as": person, "followed_at": now})
            proof = {"level": "full", "proven_by": "paper_code", "consent": "bench", "bound_at": now}
            rows["bindings"].append({"id": contact, "contact_id": contact, "person_id": person, **proof})
            for place in range(matters_each):
                rows["matters"].append(_matter(next(ids), contact, person, place, now))
        for name, many in rows.items():
            if many:
                connection.execute(tables.metadata.tables[name].insert(), many)
    database.dispose()
    return openids


def _matter(id_: int, contact: int, person: int, place: int, now: datetime) -> dict[str, object]:
    return {
        "id": id_, "number": f"XH-200101-{id_}", "village_id": 3, "contact_id": contact, "reporter_id": person,
        "owner_id": person, "code": "RC02", "urgency": "P2", "text": COMPLAINTS[place], "status": "filed",
        "source_channel": "oa", "filed_at": now, "due_at": now,
    }  # fmt: skip


class Server:
    """A process that answers on a port, pinned to one core."""

    def __init__(self, command: list[str], port: int, core: int, *, environment: dict[str, str] | None = None) -> None:
        self.port = port
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
                **(environment or {}),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_until_it_listens(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the server does not come up") from None
                time.sleep(0.005)

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as asked:
                asked.sendall(b"GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return asked.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def wait_until_ready(self, seconds: float = 30) -> float:
        """Seconds from exec to ready."""
        until = time.monotonic() + seconds
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server does not become ready")
            time.sleep(0.01)
        return time.perf_counter() - self.begun

    def cpu(self) -> float:
        """CPU seconds used so far, all threads."""
        return cpu_of(self.process.pid)

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


def cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def ours(
    village_: Village, folder: Path, *, worker: bool, platform: int = 0, core: int = SERVER_CORE, **more: str
) -> Server:
    """Our server with the account of the bench, without simulator and demo account; `more` of its environment."""
    port = engines.free_port()
    environment = {**_environment(village_, folder, platform), "YOUSHI_PORT": str(port), **more}
    command = [sys.executable, "-m", "bot.cli", "serve", *([] if worker else ["--no-worker"])]
    return Server(command, port, core, environment=environment)


def worker(village_: Village, folder: Path, *, platform: int, core: int = LOAD_CORE) -> Server:
    """Outbox and clock in a process of their own; it answers on no port."""
    command = [sys.executable, "-m", "bot.cli", "work"]
    return Server(command, 0, core, environment=_environment(village_, folder, platform))


def _environment(village_: Village, folder: Path, platform: int) -> dict[str, str]:
    return {
        "YOUSHI_DATABASE_URL": village_.url,
        "YOUSHI_DATA_DIR": str(folder / "data"),
        "YOUSHI_SECRET_KEY": SECRET,
        "YOUSHI_OA_ACCOUNTS": json.dumps([{**DEMO_ACCOUNT, "name": ACCOUNT.name}]),
        "YOUSHI_OA_API_BASE": f"http://127.0.0.1:{platform or 1}",
        "YOUSHI_SIMULATOR": "0",
        "YOUSHI_FLOOD_PER_MINUTE": "0",
        "YOUSHI_LOG_FORMAT": "json",
    }


def floor(kind: str, core: int = SERVER_CORE) -> Server:
    port = engines.free_port()
    return Server([sys.executable, "-m", "bench.floor", kind, str(port)], port, core)


# Surnames, so that no two of some 6,000 complaints are alike: the server reads each of them anew.
FAMILIES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛米贝明"
)


def complaints() -> Iterator[str]:
    """What was never said before, for some 6,000 messages; nor are many alike at all."""
    for number in itertools.count():
        said, place = COMPLAINTS[number % len(COMPLAINTS)], number // len(COMPLAINTS)
        family = FAMILIES[place // len(PLACES) % len(FAMILIES)]
        yield f"{PLACES[place % len(PLACES)]}老{family}家这边，{said}"


def common_complaints() -> Iterator[str]:
    """The same in 64 wordings, as when a whole town is without water: no two alike in a row."""
    for number in itertools.count():
        yield f"{PLACES[number // len(COMPLAINTS) % len(PLACES)]}这边，{COMPLAINTS[number % len(COMPLAINTS)]}"


def signed(openids: list[str], texts: Iterator[str], many: int, path: str) -> list[bytes]:
    """So many distinct, signed and encrypted text messages as whole HTTP requests; senders take turns."""
    now, first = datetime.now(UTC), random.SystemRandom().randrange(10**18)
    made = []
    for number, text in zip(range(many), texts, strict=False):
        openid, message_id = openids[number % len(openids)], str(first + number)
        xml = message_xml(ACCOUNT, openid, now, "text", element("Content", text), message_id)
        query, body = envelope(ACCOUNT, Push(openid, message_id, xml), now)
        made.append(request(f"{path}?{query}", body))
    return made


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder on the disk the databases would be on, and this process on the load's core."""
    folder = Path(tempfile.mkdtemp(prefix="youshi-bench-"))
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE})
    try:
        yield folder
    finally:
        os.sched_setaffinity(0, before)
        shutil.rmtree(folder, ignore_errors=True)


def count(url: str, table: str) -> int:
    database = Database(url)
    with database.read() as connection:
        found = int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())
    database.dispose()
    return found
