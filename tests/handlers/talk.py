"""The stage for transcripts: say a line, hear a line, on a real SQLite with the demo village and a clock of our own.

    village.say("老王", "路灯坏了")        what he hears at once
    village.heard("小陈")                   what was sent to him since the last look
    village.later(minutes=3)                the clock goes on; a tick is played for every minute
    village.group("着火了", by="老王")      a line of the village group; what the group hears at once

A message goes through Dispatch, Batch, Store and Inbox exactly as bot/turn.py plays it: one batch a message, or several
messages in one (`together`). Letters leave as bot/sender.py sends them: over the first transport that takes them.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from bot.clock import tick
from bot.dispatch import Dispatch
from bot.turn import Outcome
from domain.contacts import Level
from domain.matters import Matter
from domain.messages import Actor, Incoming, Kind, Media, Place, Trust
from domain.organisation import Person, Role
from domain.questions import OpenQuestion
from handlers.context import Words
from storage import demo, tables
from storage.batch import Batch
from storage.database import Database
from storage.migrate import migrate
from storage.outbox import Post
from storage.questions import new_question
from storage.routes import routes_of
from storage.store import DirectoryCache, Store
from storage.vault import Vault, household_code_digest

CHINA = timezone(timedelta(hours=8))
# The scenarios' own moment (scenarios page §8): a Sunday.
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=CHINA)
ACCOUNTS = {("oa", demo.ACCOUNT): demo.VILLAGE_CODE, ("sim", demo.ACCOUNT): demo.VILLAGE_CODE}
VAULT = Vault("a key for tests")
WHO = {called: openid for openid, _, called, *_ in demo.CAST} | {
    "小陈": "o-xiaochen", "书记": "o-lishuji", "外村人": "o-waicun",
}  # fmt: skip
HOUSE = demo.HOMES
LAMP = "九社巷子口的路灯坏了"
# Clock jumps up to this many minutes are played minute by minute, longer ones by their last tick alone.
MINUTES = 30


def make_template(path: Path) -> Path:
    """Build the village once; every test gets a copy."""
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write() as connection:
        demo.load(connection, lambda household, code: household_code_digest(VAULT, household, code))
    checkpoint(database)
    return path


def checkpoint(database: Database) -> None:
    """Bring everything into the one file, so that it can be copied."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    database.dispose()


def openid(who: str) -> str:
    return WHO.get(who, f"o-{who}")


@dataclass
class Sent:
    """One letter that reached a phone (or the group)."""

    to: str
    text: str
    at: datetime
    purpose: str
    priority: int = 0


@dataclass
class Village:
    """The demo village in one test. `unreachable` names people whose phones take nothing."""

    database: Database
    words: Words
    now: datetime = NOW
    unreachable: set[str] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    trust: Trust = Trust.SIGNED_BODY
    _looked: dict[str, int] = field(default_factory=dict)
    _ids: Iterable[int] = field(default_factory=lambda: itertools.count(1))
    directories: DirectoryCache = field(default_factory=DirectoryCache)

    def __post_init__(self) -> None:
        self.dispatch = Dispatch(lambda: self.words, ACCOUNTS)
        self.post = Post(self.database, VAULT, "test")

    # -- what people do

    def say(self, who: str, text: str, *, quote: str = "", trust: Trust | None = None) -> str:
        """Send one text in a private chat; return the answer, "" for silence."""
        return self.play(self.text(who, text, quote=quote, trust=trust))[0]

    def group(
        self, text: str, *, by: str, addressed: bool = False, quote: str = "", chat: str = demo.GROUP_CHAT
    ) -> str:
        """Say a line in the village group; return what the group hears."""
        actor = Actor("sim", demo.ACCOUNT, openid(by))
        return self.play(self._incoming(Kind.TEXT, actor, text=text, quote=quote, group=chat, addressed=addressed))[0]

    def text(self, who: str, text: str, *, quote: str = "", trust: Trust | None = None) -> Incoming:
        return self._incoming(Kind.TEXT, self.actor(who), text=text, quote=quote, trust=trust or self.trust)

    def does(self, who: str, kind: Kind, *, key: str = "", **more: Any) -> str:
        """Anything but a text: follow, scan, a picture, a voice."""
        return self.play(self._incoming(kind, self.actor(who), data={"key": key} if key else {}, **more))[0]

    def picture(self, who: str, media_id: str = "pic-1") -> str:
        return self.does(who, Kind.IMAGE, media=Media(media_id))

    def voice(self, who: str, recognised: str = "", media_id: str = "voice-1") -> str:
        return self.does(who, Kind.VOICE, media=Media(media_id), text=recognised)

    def place(self, who: str, label: str) -> str:
        return self.does(who, Kind.LOCATION, place=Place(34.8, 105.6, label))

    def together(self, *lines: tuple[str, str]) -> list[str]:
        """Play several messages in one batch, as they are when they waited together."""
        return self.play(*(self.text(who, text) for who, text in lines))

    def later(self, *, deliver: bool = True, **span: float) -> None:
        """Let time pass and play the clock's ticks."""
        until = self.now + timedelta(**span)
        if until - self.now <= timedelta(minutes=MINUTES):
            while self.now + timedelta(minutes=1) <= until:
                self.now += timedelta(minutes=1)
                self.tick(deliver=deliver)
        self.now = until
        self.tick(deliver=deliver)

    def tick(self, *, deliver: bool = True) -> None:
        """Play this minute's tick, and its further parts as long as the bell rings."""
        self.play(tick(self.now), deliver=deliver)
        part = 0
        while self.dispatch.bell.rings(self.now):
            part += 1
            self.play(replace(tick(self.now, part), event_id=f"tick:{self.now}:{part}"), deliver=deliver)

    # -- what people hear

    def heard(self, who: str) -> str:
        """Return what was sent to him since the last look, letters apart by a blank line."""
        return "\n\n".join(sent.text for sent in self.letters(who))

    def letters(self, who: str) -> list[Sent]:
        mine = [sent for sent in self.sent if sent.to == openid(who)]
        seen = self._looked.get(who, 0)
        self._looked[who] = len(mine)
        return mine[seen:]

    def in_group(self) -> str:
        """Return what was posted to the group by itself since the last look."""
        return self.heard(f"group:{demo.GROUP_CHAT}")

    # -- the house

    def actor(self, who: str) -> Actor:
        return Actor("oa", demo.ACCOUNT, openid(who))

    def _incoming(self, kind: Kind, actor: Actor, **more: Any) -> Incoming:
        number = next(iter(self._ids))
        more.setdefault("trust", self.trust)
        return Incoming(actor.channel, actor.account, f"m:{number}", kind, actor, self.now, **more)

    def play(self, *incomings: Incoming, deliver: bool = True) -> list[str]:
        """Play messages in one batch, as Line._play_batch does; afterwards send what is due."""
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT, incomings)
            store.prefetch(incomings, self.now)
            replies = [self._turn(store, incoming) or "" for incoming in incomings]
        if deliver:
            self.send()
        return replies

    def _turn(self, store: Store, incoming: Incoming) -> str | None:
        entry = store.inbox.entry(incoming)
        if entry is not None and entry.is_finished:
            return entry.reply
        with store.batch.turn():
            outcome: Outcome = self.dispatch(store, incoming, self.now)
            carried = "none" if outcome.reply is None else "response"
            store.inbox.finish(
                incoming,
                outcome.kept or outcome.reply,
                carried,
                is_secret=outcome.is_secret,
                is_sealed=outcome.is_secret and not outcome.kept,
            )
        return outcome.reply

    def send(self) -> None:
        """Send what is due; what no transport takes is stuck."""
        while letters := self.post.claim(self.now):
            routes = routes_of(self.database, letters)
            for letter in letters:
                route = next((r for r in routes[letter.id] if r.native_id not in map(openid, self.unreachable)), None)
                if route is None:
                    self.post.mark([letter], "stuck", self.now, "unreachable")
                    continue
                to = f"o-group:{route.native_id}" if route.is_group else route.native_id
                self.sent.append(Sent(to, letter.text, self.now, letter.purpose))
                self.post.mark([letter], "sent", self.now)

    # -- what is remembered

    def rows(self, table: Any, *conditions: Any) -> list[Any]:
        """Return the rows of a table, oldest first."""
        order = list(table.primary_key)
        with self.database.read() as connection:
            return list(connection.execute(select(table).where(*conditions).order_by(*order)))

    def matters(self) -> list[Matter]:
        """Return every matter, oldest first, sealed ones opened."""
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT)
            return sorted(store.matters._query(tables.matters.c.id > 0), key=lambda m: m.id)

    def matter(self, tail: str = "") -> Matter:
        """Return the newest matter, or the newest whose number ends so."""
        return next(m for m in reversed(self.matters()) if m.number.endswith(tail))

    def notes(self) -> list[str]:
        return [VAULT.open(row.text) for row in self.rows(tables.notes)]

    def questions(self, who: str, *, channel: str = "oa") -> list[OpenQuestion]:
        """Return his open questions, oldest first."""
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT)
            sender = self._sender(store, who, channel)
            return list(store.questions.open_for(sender.contact.id, self.now)) if sender else []

    def kinds(self, who: str, *, channel: str = "oa") -> list[str]:
        return [question.kind for question in self.questions(who, channel=channel)]

    def ledger(self, matter: Matter | None = None) -> list[tuple[str, str, str, str]]:
        """Return (was, became, role, why) of a matter, or of everything."""
        conditions = [tables.ledger.c.thing_id == matter.id] if matter else []
        return [(r.was, r.became, r.by_role, r.why) for r in self.rows(tables.ledger, *conditions)]

    def person(self, name: str) -> Person:
        """Return the one of the cast, or the first of that name on the roster."""
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT)
            if (sender := self._sender(store, name)) is not None and sender.person is not None:
                return sender.person
            village = store.directory.area(demo.VILLAGE_CODE)
            assert village is not None
            return store.people.named(name, village.id)[0]

    def phone(self, who: str) -> str:
        return self.person(who).phone

    # -- arranging

    def ask(self, who: str, kind: str, *accepts: str, thing: int = 0, data: str = "", days: float = 7) -> None:
        """Put an open question to somebody as a handler would."""
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT)
            sender = self._sender(store, who) or store.people.sender(self.actor(who))
            until = self.now + timedelta(days=days)
            store.questions.ask(new_question(sender.contact.id, kind, thing, accepts, self.now, until, data))

    def holder(self, role: Role, area: str) -> Person:
        """Return who holds an office over the area of that name."""
        with Batch(self.database) as batch:
            directory = Store(batch, self.directories, VAULT).directory
            place = next(a for a in directory.areas.values() if a.name == area)
            return directory.holders(role, place.id)[0]

    def bind(self, who: str, *, to: str | Person, channel: str = "oa", level: Level = Level.FULL) -> None:
        """Bind a phone to somebody of the roster, as if it had been done long ago."""
        person = self.person(to) if isinstance(to, str) else to
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT)
            actor = Actor(channel, demo.ACCOUNT, openid(who))
            batch.together(store.people.fetch([actor]))
            with batch.turn():
                store.people.bind(store.people.sender(actor), person, level, "paper_code", "test", self.now)

    def _sender(self, store: Store, who: str, channel: str = "oa") -> Any:
        return next(iter(store.people._senders(
            (tables.contacts.c.native_id == openid(who)) & (tables.contacts.c.channel == channel)
        )), None)  # fmt: skip


def open_village(template: Path, path: Path, words: Words) -> Village:
    shutil.copyfile(template, path)
    database = Database(f"sqlite:///{path}")

    @event.listens_for(database.engine, "connect")
    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # the disk is not what is tested here

    return Village(database, words)


def lines_of(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n")]
