"""The wiring: builds the house from its settings, starts it, and stops it without losing a word."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import gc
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from bot.channels import official
from bot.channels.official_api import API_BASE
from bot.channels.official_http import open_session
from bot.clock import VillageClock, keep_ticking
from bot.dispatch import Dispatch
from bot.emulator.stage import Stage
from bot.finishing import to_the_end
from bot.flood import Tempered
from bot.opening import (
    check_channels,
    check_demo,
    check_rules_dir,
    load_demo,
    open_database,
    open_shared,
    public_url,
    read_accounts,
)
from bot.outward import Outward, apis_of
from bot.parcel import Transport
from bot.reception import Reception
from bot.rule_faults import fault_line
from bot.rulebook import open_rulebook
from bot.secret_key import check_secret_key, read_secret_key
from bot.sender import TOPIC
from bot.server import Desk, make_app
from bot.skew import ClockWatch, warn_while_far
from bot.space import has_room
from bot.turn import Line
from domain.bodies import MeetingRules
from domain.messages import Incident
from handlers.context import Words
from nlp.collector import no_collection
from settings import DEMO_ACCOUNT, Settings, SettingsError
from storage import demo
from storage.batch import Batch
from storage.database import is_passing_fault
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.migrate import is_current, migrate
from storage.pages import Pages
from storage.rulebook import Rulebook, RuleFault
from storage.shared import Shared, ThroughRedis
from storage.vault import Vault
from web.letter import LetterPages
from web.notices import Notices
from web.poll_lists import PollLists
from web.simulator import Simulator
from web.verification import VerificationFiles

log = structlog.get_logger()

SWEEP_EVERY_S = 5.0
REST_LOOK_S = 0.02
WATCH_RULES_EVERY_S = 1.0
# aiohttp waits so long for running requests when it stops; the platform's own patience is five seconds.
DRAIN_S = 6.0
# A village that votes at once opens thousands of connections in a second.
BACKLOG = 4096
# Work nobody waits for. More than this at once is a flood, and what it would note is counted only.
MAX_DETACHED = 100


@dataclass
class Loaded:
    """The rules, once they are read and compiled in the background."""

    book: Rulebook[Words] | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def words(self) -> Words:
        assert self.book is not None, "nothing is played before the rules are loaded"  # noqa: S101
        return self.book.value

    def meetings(self) -> MeetingRules | None:
        return self.book.value.meetings if self.book is not None else None


def _settle_memory() -> None:
    """Take the rules out of the collector's sight: looking through them stops every message for 80 ms.

    What a turn makes dies with it, so that the young are looked through seldom, too. Measured on votes: a quarter of
    their CPU, and the worst of their waits. What compiling needed for a moment goes back to the system (2 MB of 180),
    where its C library can be asked to.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


class House:
    """Everything that runs in one process."""

    def __init__(self, settings: Settings, *, with_demo: bool = False, clock: VillageClock | None = None) -> None:
        check_channels(settings)
        check_demo(settings, with_demo=with_demo)
        check_rules_dir(settings)
        self.settings = settings
        self.with_demo = with_demo
        self.clock = clock or VillageClock()
        self.accounts = read_accounts(settings, with_demo=with_demo)
        self.vault = Vault(read_secret_key(settings))
        self.database = open_database(settings)
        self.shared: Shared = open_shared(settings)
        self.loaded = Loaded()
        self.watch = ClockWatch()
        self.dispatch = Dispatch(self.loaded.words, self._areas(), public_url(settings), overhears=settings.overhear)
        self.line = Line(
            self.database,
            Tempered(self.dispatch, settings.flood_limit, lambda: self.loaded.words().lexicon),
            self.clock,
            self.vault,
            budget_s=settings.passive_budget,
            ready=self.loaded.ready,
            on_letters=self._wake,
        )
        demo_account = self.accounts.get(DEMO_ACCOUNT["name"])
        self.stage = Stage(demo_account, self.clock, self.line.submit, self.vault) if with_demo else None
        self.port = settings.port
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: aiohttp.ClientSession | None = None

    def _areas(self) -> Mapping[tuple[str, str], str]:
        areas = {(official.CHANNEL, name): account.area for name, account in self.accounts.items()}
        return {**areas, ("sim", demo.ACCOUNT): demo.VILLAGE_CODE}

    # -- preparing

    def prepare(self) -> None:
        """Bring the database up to date and load the demo village where it is wanted. Raises SettingsError."""
        migrate(self.database)
        check_secret_key(self.settings, self.database, self.vault)
        if self.with_demo:
            load_demo(self.database, self.vault)

    def load_rules(self) -> None:
        with no_collection():
            self.loaded.book = open_rulebook(self.settings.rules_dir, self.settings.data / "cache")
            _settle_memory()
        self._tell_rule_faults(())
        self.loaded.ready.set()
        official.warm_up()

    def checks(self) -> dict[str, bool]:
        reachable = self.database.is_reachable()
        return {
            "database": reachable,
            "migrated": reachable and is_current(self.database),
            "rules": self.loaded.ready.is_set(),
            "disk": has_room(self.settings),
            "turns": self.line.is_playing,
        }

    # -- the web application

    def app(self) -> web.Application:
        reception = Reception(self.line, self.clock, self.report, self.watch)
        app = make_app(Desk(self.accounts, reception, self.checks, self.settings.metrics_token))
        pages = Pages(self.vault, self.settings.public_url)
        PollLists(self.database).mount(app)
        LetterPages(pages, self.database, self.clock, self.settings.data).mount(app)
        Notices(self.database, self.vault, self.loaded.meetings, self.clock).mount(app)
        VerificationFiles(self.settings.data).mount(app)
        if self.stage is not None:
            self.stage.mount(app)
            self.stage.open(self.port)
            if self.settings.simulator is not False and self.settings.is_loopback:
                Simulator(self.stage).mount(app)
        app.cleanup_ctx.append(self._run)
        return app

    async def _run(self, _app: web.Application) -> Any:
        await self.start(with_worker=self.settings.worker)
        yield
        await self.stop()

    # -- running

    async def start(self, *, with_worker: bool) -> None:
        self._session = open_session()
        threading.Thread(target=self.load_rules, name="rules", daemon=True).start()
        self.line.start()
        self._spawn(self._watch_rules())
        self._spawn(self._look_for_redis())
        areas = {account.area for account in self.accounts.values()}
        self._spawn(warn_while_far(self.watch, self.database, self.vault, self.clock, areas))
        if with_worker:
            outward = self._outward(self._session)
            self._spawn(outward.sender().run())
            fetcher = outward.fetcher()
            self._spawn(fetcher.run())
            self._spawn(fetcher.seal_old())
            self._spawn(fetcher.forget_old())
            self._spawn(keep_ticking(self.clock, self.line.enqueue, self.dispatch.bell))
            self._spawn(self._sweep())

    async def stop(self) -> None:
        """Play or keep what waits, then close."""
        await self.take_on_nothing()
        await self.line.stop()
        if self._session is not None:
            await self._session.close()
        await self.shared.close()
        await self._come_to_rest()
        self.database.dispose()

    async def take_on_nothing(self) -> None:
        """End the sender, the clock and whatever else works by itself, each after the piece it is at."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _come_to_rest(self) -> None:
        """Cancelling a task does not end the thread it was waiting for: let its last statement finish."""
        for _ in range(int(DRAIN_S / REST_LOOK_S)):
            if self.database.is_idle:
                return
            await asyncio.sleep(REST_LOOK_S)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task.failed", task=repr(task.get_coro()), exc_info=error)

    def _wake(self) -> None:
        self._spawn(self.shared.wake(TOPIC))

    def _outward(self, session: aiohttp.ClientSession) -> Outward:
        apis = apis_of(self.accounts, self._base_of, session, self.shared, self.watch.dated)
        others: dict[tuple[str, str], Transport] = {}
        if self.stage is not None:
            others["sim", demo.ACCOUNT] = self.stage.group_transport()
        return Outward(
            self.settings, self.database, self.vault, self.shared, self.clock, self.accounts, apis, others
        )  # fmt: skip

    def _base_of(self, name: str) -> str:
        return self.settings.oa_api_base or (self._fake_base() if self._is_demo(name) else API_BASE)

    def _is_demo(self, name: str) -> bool:
        return self.with_demo and name == DEMO_ACCOUNT["name"]

    def _fake_base(self) -> str:
        """`make run` contacts no other host: the demo account's platform is part of this server."""
        return f"http://127.0.0.1:{self.port}{Stage.PREFIX}"

    async def _sweep(self) -> None:
        """Bring accepted messages whose turn raised, or whose process was killed, back into the line."""
        while True:
            await asyncio.sleep(SWEEP_EVERY_S)
            await self._patiently(self._sweep_once)

    def _sweep_once(self) -> None:
        now = self.clock()
        with Batch(self.database) as batch:
            waiting = Inbox(batch, self.vault).waiting(now)
        loop = self._loop
        for incoming in waiting:
            loop.call_soon_threadsafe(self.line.enqueue, incoming)

    async def _watch_rules(self) -> None:
        while True:
            await asyncio.sleep(WATCH_RULES_EVERY_S)
            book = self.loaded.book
            if book is None:
                continue
            before = book.faults
            if await to_the_end(asyncio.to_thread(book.refresh)):
                log.info("rules.reloaded")
            self._tell_rule_faults(before)

    async def _look_for_redis(self) -> None:
        """Nothing is lost without it, so that nobody would notice that it is not there."""
        if isinstance(self.shared, ThroughRedis) and not await self.shared.answers():
            log.warning("redis.unreachable", mend="YOUSHI_REDIS_URL; the server works without it, only slower")

    def _tell_rule_faults(self, told: Sequence[RuleFault]) -> None:
        """Say each fault once, as `rules check` does: a file may stay faulty for days."""
        known = {str(fault) for fault in told}
        for fault in self.loaded.book.faults if self.loaded.book is not None else ():
            if str(fault) not in known:
                log.warning("rules.fault", fault=fault_line(fault))

    async def _patiently(self, work: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            await to_the_end(asyncio.to_thread(work))
        except Exception as error:
            if not is_passing_fault(error):
                log.exception("sweep.failed", error=type(error).__name__)

    def report(self, incident: Incident) -> None:
        """Keep an incident, behind the answer: the platform need not wait for it."""
        if len(self._tasks) < MAX_DETACHED:
            self._spawn(to_the_end(asyncio.to_thread(self._keep_incident, incident)))

    def _keep_incident(self, incident: Incident) -> None:
        with Batch(self.database) as batch:
            Incidents(batch).add(incident)


async def serve(house: House, on_listening: Callable[[int], None]) -> None:
    """Serve until SIGTERM or SIGINT; running requests are finished, waiting messages played or kept."""
    async with open_house(house) as port:
        on_listening(port)
        await _stop_asked()


@asynccontextmanager
async def open_house(house: House) -> AsyncIterator[int]:
    """Serve while the block runs; gives the port."""
    listening = _listen(house.settings)
    house.port = listening.getsockname()[1]
    runner = web.AppRunner(house.app(), access_log=None, shutdown_timeout=DRAIN_S)
    await runner.setup()
    try:
        await web.SockSite(runner, listening, backlog=BACKLOG).start()
        yield house.port
    finally:
        # The demo's platform is this very server: what is being sent there is still answered, and nothing more is sent.
        await house.take_on_nothing()
        await runner.cleanup()


async def work(house: House) -> None:
    """Run the worker alone until SIGTERM or SIGINT."""
    await house.start(with_worker=True)
    try:
        await _stop_asked()
    finally:
        await house.stop()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as wrong:
        listening.close()
        if wrong.errno != errno.EADDRINUSE and wrong.errno != errno.EACCES:
            raise SettingsError(f"YOUSHI_HOST={settings.host} 不是本机的地址（{wrong.strerror}）") from None
        raise SettingsError(
            f"端口 {settings.port} 用不了（{wrong.strerror}）：换一个 YOUSHI_PORT，或者停掉占着它的程序"
        ) from None
    return listening


async def _stop_asked() -> None:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asked.wait()
