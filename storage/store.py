"""The Store: everything a turn may remember and write, handed to it by its batch."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import column, text

from domain.messages import Actor, Incoming
from domain.organisation import Directory
from storage.alarms import Alarms
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.counters import Counters
from storage.groups import Groups
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.ledger import Ledger
from storage.matters import Matters
from storage.media import MediaRoom
from storage.meetings import Meetings
from storage.outbox import Outbox
from storage.people import People, fetch_revisions, load_directory
from storage.poll_board import REVISION as POLLS_REVISION
from storage.poll_board import PollBoard
from storage.polls import Polls
from storage.posts import Posts
from storage.questions import Conversations, Questions
from storage.reach import Reach
from storage.rolls import Rolls
from storage.undelivered import StuckReport
from storage.vault import Vault
from storage.windows import Windows

_LOCK = Prepared(
    text("select pg_advisory_xact_lock(key) as taken from unnest(cast(:keys as bigint[])) as key").columns(
        column("taken")
    )
)


class DirectoryCache:
    """The directory of the last revision read, and the polls spoken of; shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._directory: Directory | None = None
        self.polls = PollBoard()

    def get(self, batch: Batch, revision: int) -> Directory:
        with self._lock:
            if self._directory is None or self._directory.revision != revision:
                self._directory = load_directory(batch.connection, revision)
            return self._directory


class Store:
    """The repositories of one batch. A turn sees earlier turns of its batch, and its own writes where it must."""

    def __init__(
        self, batch: Batch, directories: DirectoryCache, vault: Vault, incomings: Sequence[Incoming] = ()
    ) -> None:
        """`incomings`: what will be played. All their senders' locks are taken here, before anything is read: whoever
        waited for another process sees the directory and the polls as that one left them."""
        self.batch = batch
        current: dict[str, int] = {}
        batch.together(self._lock({incoming.actor for incoming in incomings}), fetch_revisions(current))
        self.directory = directories.get(batch, current.get("directory", 0))
        self.people = People(batch, self.directory)
        self.vault = vault
        self.inbox = Inbox(batch, vault)
        self.outbox = Outbox(batch, vault)
        self.ledger = Ledger(batch)
        self.counters = Counters(batch)
        self.matters = Matters(batch, self.counters, self.ledger, vault)
        self.meetings = Meetings(batch, self.counters, self.ledger)
        self.reach = Reach(batch, self.directory)
        self.questions = Questions(batch)
        self.conversations = Conversations(batch)
        self.groups = Groups(batch)
        self.posts = Posts(batch)
        self.polls = Polls(
            batch, vault, self.ledger, directories.polls.spoken(batch, vault, current.get(POLLS_REVISION, 0))
        )
        self.rolls = Rolls(batch)
        self.alarms = Alarms(batch)
        self.incidents = Incidents(batch)
        self.windows = Windows(batch)
        self.stuck = StuckReport(batch, vault)
        self.media = MediaRoom(batch)

    def prefetch(self, incomings: Sequence[Incoming], now: datetime) -> None:
        """Read what every turn of the batch will ask for, one query a table."""
        actors = {incoming.actor for incoming in incomings}
        self.batch.together(self.inbox.fetch(incomings), self.people.fetch(actors))
        self.batch.together(
            self.polls.fetch(self.people.speaking),
            self.reach.fetch(now),
            self.questions.fetch(now),
            self.conversations.fetch(),
            self.meetings.fetch(now),
        )

    def _lock(self, actors: set[Actor]) -> Fetch:
        # SQLite's one write lock already keeps a person's messages apart. On PostgreSQL all locks of the batch are
        # taken in one sorted statement, so that two batches cannot wait for each other. What is asked after it is read
        # after it: every statement sees what was committed when it begins.
        if actors and not self.batch.is_sqlite:
            yield _LOCK, {"keys": sorted(map(lock_key, actors))}


def lock_key(actor: Actor) -> int:
    digest = hashlib.blake2b(
        f"{actor.channel}\0{actor.account}\0{actor.native_id}".encode(errors="replace"), digest_size=8
    )
    return int.from_bytes(digest.digest(), "big", signed=True)
