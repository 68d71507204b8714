"""Polls, their rolls and their ballots.

What people speak of comes from the board of the process (storage/poll_board.py); whoever changes a poll holds it first
(`held`). Roll entries and ballots of all senders of a batch are fetched in one query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text

from domain.contacts import Sender
from domain.organisation import Person
from domain.polls import Ballot, Poll, Result, State, Unit, is_choice, newest
from domain.secret_ballots import Marks, marks_of, published_text
from storage import tables
from storage import tables_polls as t
from storage.asking import Ask, Fetch, Prepared
from storage.batch import Batch
from storage.database import Database
from storage.ledger import Ledger, Step
from storage.people import touch
from storage.poll_board import REVISION, Spoken, poll_of
from storage.vault import Vault

_HOLD = Prepared(select(tables.revisions.c.value).where(tables.revisions.c.name == REVISION).with_for_update())
_COLUMNS = (
    t.poll_roll.c.poll_id, t.poll_roll.c.entry, t.ballots.c.choice, t.ballots.c.cast_at, t.ballots.c.event,
    t.ballots.c.by_id, t.ballots.c.how,
)  # fmt: skip
_SECRET_COLUMNS = (
    t.secret_ballots.c.poll_id,
    t.secret_ballots.c.token,
    t.secret_ballots.c.choice,
    t.secret_ballots.c.blind,
)
# From the pairs to their rows: an IN over pairs makes SQLite look through the whole roll.
_PAIRS = {
    True: "from (select json_extract(value, '$[0]') as poll_id, json_extract(value, '$[1]') as key from json_each(:pairs)) p",
    False: "from unnest(cast(:polls as bigint[]), cast(:keys as {of}[])) as p(poll_id, key)",
}
_KNOWN = {
    is_sqlite: Prepared(
        text(
            "select r.poll_id, r.entry, b.choice, b.cast_at, b.event, b.by_id, b.how "
            + pairs.format(of="bigint")
            + " cross join poll_roll r left join ballots b on b.poll_id = r.poll_id and b.entry = r.entry"
            " where r.poll_id = p.poll_id and r.entry = p.key"
        ).columns(*_COLUMNS)
    )
    for is_sqlite, pairs in _PAIRS.items()
}
_SECRET = {
    is_sqlite: Prepared(
        text(
            "select s.poll_id, s.token, s.choice, s.blind "
            + pairs.format(of="text")
            + " cross join secret_ballots s where s.poll_id = p.poll_id and s.token = p.key"
        ).columns(*_SECRET_COLUMNS)
    )
    for is_sqlite, pairs in _PAIRS.items()
}


@dataclass(frozen=True, slots=True)
class Entry:
    """How a roll entry stands in a poll: on its roll or not, and the ballot that counts so far."""

    on_roll: bool
    ballot: Ballot | None = None


_STRANGER = Entry(False)


def entry_of(poll: Poll, person: Person) -> int | None:
    """Give whose vote a person casts in this poll: his household's, or his own."""
    return person.household_id if poll.unit is Unit.HOUSEHOLD else person.id


class Polls:
    def __init__(self, batch: Batch, vault: Vault, ledger: Ledger, spoken: Spoken) -> None:
        self._batch = batch
        self._vault = vault
        self._ledger = ledger
        self._alive, self._closed, self._by_id = spoken.alive, spoken.closed, spoken.by_id

    # -- polls

    def alive_in(self, village_id: int) -> tuple[Poll, ...]:
        """Return the polls of a village that are open or will open, oldest first."""
        known = self._alive.get(village_id, ())
        changed: tuple[int, ...] | None = self._batch.recall("polls.changed", village_id)
        if changed is None:
            return known
        polls = {poll.id: poll for poll in known}
        polls.update((poll_id, self._batch.recall("polls", poll_id)) for poll_id in changed)
        return tuple(poll for poll in polls.values() if poll.state in (State.WAITING, State.OPEN))

    def alive(self) -> tuple[Poll, ...]:
        """Return every village's; for the clock."""
        changed = self._batch.recall("polls.changed", 0) or ()
        return tuple(poll for village in {*self._alive, *changed} for poll in self.alive_in(village))

    def get(self, poll_id: int) -> Poll | None:
        known: Poll | None = self._batch.recall("polls", poll_id) or self._by_id.get(poll_id)
        return known or self._first(select(t.polls).where(t.polls.c.id == poll_id))

    def held(self, poll: Poll) -> Poll:
        """Return the poll as it stands now; no other process changes any poll until the batch ends.

        What is known of it may be older than another process's commit. All who change a poll meet at the one row of the
        revision, which every change raises anyway: there is no second lock to wait for crosswise.
        """
        known: Poll | None = self._batch.recall("polls", poll.id)  # changed in this batch, or held before
        if known is None:
            if not self._batch.is_sqlite:
                self._batch.read(_HOLD)
            known = self._first(select(t.polls).where(t.polls.c.id == poll.id)) or poll
            self._batch.fetched("polls", {poll.id: known})
        return known

    def numbered(self, village_id: int, number: int) -> Poll | None:
        """Return the newest version of the poll called 投票N in that village."""
        alive = [poll for poll in self.alive_in(village_id) if poll.number == number]
        row = t.polls.c
        query = select(t.polls).where(row.village_id == village_id, row.number == number)
        return alive[-1] if alive else self._first(query.order_by(row.version.desc()).limit(1))

    def last_closed(self, village_id: int) -> Poll | None:
        """Return the poll of the village that closed last, also one that closed in this batch."""
        known = self._closed.get(village_id)
        changed: tuple[int, ...] = self._batch.recall("polls.changed", village_id) or ()
        just_now = (self._batch.recall("polls", poll_id) for poll_id in changed)
        closed = [poll for poll in (known, *just_now) if poll is not None and poll.state is State.CLOSED]
        return max(closed, key=lambda poll: poll.closes_at, default=None)

    def with_receipt(self, village_id: int, receipt: str) -> Poll | None:
        """Return the closed secret poll of the village whose published list holds that receipt."""
        listed = t.poll_lists.c.receipts.contains(receipt, autoescape=True)
        query = select(t.polls).join(t.poll_lists, t.poll_lists.c.poll_id == t.polls.c.id)
        return self._first(query.where(t.polls.c.village_id == village_id, listed).limit(1))

    def _first(self, query: Any) -> Poll | None:
        row = self._batch.read(query).first()
        return poll_of(row, self._vault) if row else None

    def add(self, poll: Poll, entries: Iterable[int], step: Step) -> None:
        """Write a new poll; where it opens at once, with its roll."""
        self._batch.add(t.polls, self._row(poll))
        self._note(poll, "", step)
        self._freeze(poll, entries)

    def save(self, poll: Poll, step: Step, entries: Iterable[int] = ()) -> None:
        """Write a change of a poll that is `held`, with its ledger row where its state or its closing time changed."""
        if poll.lacks_key:
            raise ValueError("a key that cannot be read would be written over")
        before = self.get(poll.id)
        self._batch.save(t.polls, poll.id, self._row(poll))
        if before is None or (before.state, before.closes_at) != (poll.state, poll.closes_at):
            self._note(poll, before.state.value if before else "", step)
        else:
            self._remember(poll)
        self._freeze(poll, entries)

    def _freeze(self, poll: Poll, entries: Iterable[int]) -> None:
        for entry in entries:
            self._batch.add(t.poll_roll, {"poll_id": poll.id, "entry": entry})
            self._batch.remember("roll", (poll.id, entry), Entry(True))

    def _note(self, poll: Poll, was: str, step: Step) -> None:
        self._ledger.add("poll", poll.id, poll.area_id, was, poll.state.value, step)
        self._remember(poll)

    def _remember(self, poll: Poll) -> None:
        self._batch.remember("polls", poll.id, poll)
        for village in (0, poll.village_id):
            changed = self._batch.recall("polls.changed", village) or ()
            key = poll.village_id if village == 0 else poll.id
            self._batch.remember("polls.changed", village, tuple(dict.fromkeys((*changed, key))))
        touch(self._batch.connection, REVISION)

    def _row(self, poll: Poll) -> dict[str, Any]:
        result = poll.result
        return {
            "id": poll.id,
            "number": poll.number,
            "version": poll.version,
            "village_id": poll.village_id,
            "area_id": poll.area_id,
            "scope": json.dumps([poll.scope.areas, poll.scope.party_only, poll.scope.people]),
            "title": poll.title,
            "options": json.dumps(poll.options, ensure_ascii=False),
            "unit": poll.unit.value,
            "is_multiple": poll.is_multiple,
            "is_secret": poll.is_secret,
            "in_group": poll.in_group,
            "state": poll.state.value,
            "opens_at": poll.opens_at,
            "closes_at": poll.closes_at,
            "by_id": poll.by_id,
            "roll": poll.roll,
            "body": poll.body,
            "key": self._vault.seal(poll.key.hex()) if poll.key else "",
            "reminded_for": poll.reminded_for,
            "result": json.dumps([result.counts, result.voted, result.roll, result.digest]) if result else "",
            "most": poll.most,
        }

    # -- rolls and ballots

    def fetch(self, senders: Iterable[Sender]) -> Fetch:
        """Read how every sender of the batch stands in the polls of his village; nothing where none is open."""
        named: dict[tuple[int, int], Poll] = {}
        for sender in senders if self._alive else ():
            person = sender.person
            for poll in self._alive.get(person.village_id or 0, ()) if person is not None else ():
                entry = entry_of(poll, person) if person and poll.state is State.OPEN else None
                if entry is not None:
                    named[poll.id, entry] = poll
        if named:
            yield from self._fetch(named)

    def entry(self, poll: Poll, entry: int) -> Entry:
        """Return how a roll entry stands in a poll, with what this batch cast so far."""
        known: Entry | None = self._batch.recall("roll", (poll.id, entry))
        if known is None:
            self._batch.together(self._fetch({(poll.id, entry): poll}))
            known = self._batch.recall("roll", (poll.id, entry))
        return known or _STRANGER

    def _fetch(self, pairs: dict[tuple[int, int], Poll]) -> Fetch:
        known = dict.fromkeys(pairs, _STRANGER)
        for row in (yield self._of_pairs(_KNOWN, list(pairs))):
            ballot = None
            if row.choice is not None:
                ballot = Ballot(row.choice, row.cast_at, row.event, row.by_id, row.how)
            known[row.poll_id, row.entry] = Entry(True, ballot)
        secret = {pair: pairs[pair] for pair, entry in known.items() if pairs[pair].key and entry.on_roll}
        if secret:
            yield from self._fetch_secret(secret, known)
        self._batch.fetched("roll", known)

    def _of_pairs(self, statements: dict[bool, Prepared], pairs: Sequence[tuple[int, Any]]) -> Ask:
        is_sqlite = self._batch.is_sqlite
        if is_sqlite:
            return statements[is_sqlite], {"pairs": json.dumps(pairs)}
        polls, keys = zip(*pairs, strict=True)
        return statements[is_sqlite], {"polls": list(polls), "keys": list(keys)}

    def _fetch_secret(self, pairs: dict[tuple[int, int], Poll], known: dict[tuple[int, int], Entry]) -> Fetch:
        marks = {pair: marks_of(poll.key, pair[1]) for pair, poll in pairs.items()}
        wanted = {(pair[0], mark.token): pair for pair, mark in marks.items()}
        for row in (yield self._of_pairs(_SECRET, list(wanted))):
            pair = wanted[row.poll_id, row.token]
            known[pair] = Entry(True, Ballot(row.choice, marks[pair].seen(row.blind)))

    def cast(self, poll: Poll, entry: int, ballot: Ballot) -> bool:
        """Keep a vote unless a newer one of the same entry is known; False then. The poll must be open to it."""
        known = self.entry(poll, entry).ballot
        if newest(known, ballot) is not ballot:
            return False
        if poll.is_secret:
            self._save_secret(poll, marks_of(poll.key, entry), ballot)
        else:
            row = {
                "poll_id": poll.id, "entry": entry, "choice": ballot.choice, "cast_at": ballot.cast_at,
                "event": ballot.event, "by_id": ballot.by_id, "how": ballot.how,
            }  # fmt: skip
            self._batch.save(t.ballots, (poll.id, entry), row)
        self._batch.remember("roll", (poll.id, entry), Entry(True, ballot))
        return True

    def _save_secret(self, poll: Poll, marks: Marks, ballot: Ballot) -> None:
        row = {
            "poll_id": poll.id, "token": marks.token, "choice": ballot.choice, "blind": marks.blind(ballot.cast_at),
        }  # fmt: skip
        self._batch.save(t.secret_ballots, (poll.id, marks.token), row)

    def by_choice(self, poll: Poll) -> dict[int, int]:
        """Count the ballots by choice: one pass over the poll's own rows."""
        table = t.secret_ballots if poll.is_secret else t.ballots
        query = select(table.c.choice, func.count()).where(table.c.poll_id == poll.id).group_by(table.c.choice)
        return {row[0]: row[1] for row in self._batch.read(query)}

    def voted(self, poll: Poll) -> int:
        """How many of the roll have voted; never for what."""
        table = t.secret_ballots if poll.is_secret else t.ballots
        return int(self._batch.read(select(func.count()).where(table.c.poll_id == poll.id)).scalar_one())

    def strangers(self, poll: Poll) -> list[int]:
        """The entries of named ballots that are not of the roll: none, as long as nobody wrote into the table by hand."""
        cast, roll = t.ballots.c, t.poll_roll.c
        on_roll = select(roll.entry).where(roll.poll_id == cast.poll_id, roll.entry == cast.entry).exists()
        query = select(cast.entry).where(cast.poll_id == poll.id, ~on_roll).order_by(cast.entry)
        return [row.entry for row in self._batch.read(query)]

    def unreadable(self, poll: Poll) -> list[int]:
        """The entries of named ballots whose choice is none the poll takes: nothing, too much, or two where one counts."""
        bad = [choice for choice in self.by_choice(poll) if not is_choice(poll, choice)]
        cast = t.ballots.c
        query = select(cast.entry).where(cast.poll_id == poll.id, cast.choice.in_(bad)).order_by(cast.entry)
        return [row.entry for row in self._batch.read(query)] if bad else []

    # -- closing a secret poll

    def secret_rows(self, poll: Poll) -> tuple[list[str], list[int]]:
        """Return the receipts of those who voted, and all choices; without a join, each in an order of its own."""
        tokens, choices = set(), []
        for row in self._batch.read(select(t.secret_ballots).where(t.secret_ballots.c.poll_id == poll.id)):
            tokens.add(row.token)
            choices.append(row.choice)
        entries = self._batch.read(select(t.poll_roll.c.entry).where(t.poll_roll.c.poll_id == poll.id))
        marks = (marks_of(poll.key, row.entry) for row in entries)
        return sorted(mark.receipt for mark in marks if mark.token in tokens), sorted(choices)

    def publish(self, poll: Poll, receipts: Sequence[str], choices: Sequence[str], digest: str) -> None:
        """Keep the published lists. The key goes with the poll's row in the same commit, the ballots at the next tick."""
        row = {"poll_id": poll.id, "receipts": "\n".join(receipts), "choices": "\n".join(choices), "digest": digest}
        self._batch.save(t.poll_lists, poll.id, row)

    def forget_ballots(self, poll_id: int) -> None:
        """Delete the ballots of a closed secret poll, which nothing leads to any more. Doing it twice does no harm.

        Not in the turn that closes it: what a statement deletes stays deleted even where its turn raises afterwards.
        """
        self._batch.connection.execute(delete(t.secret_ballots).where(t.secret_ballots.c.poll_id == poll_id))

    def published(self, poll_id: int) -> tuple[list[str], list[str], str] | None:
        row = self._batch.read(select(t.poll_lists).where(t.poll_lists.c.poll_id == poll_id)).first()
        return (row.receipts.split("\n") if row.receipts else [], row.choices.split("\n") if row.choices else [],
                row.digest) if row else None  # fmt: skip


def published_text_of(database: Database, village_code: str, number: int) -> str | None:
    """Return the published text of a closed secret poll, read beside the writing; None where there is none."""
    query = (
        select(t.polls, t.poll_lists.c.receipts, t.poll_lists.c.choices)
        .join(t.poll_lists, t.poll_lists.c.poll_id == t.polls.c.id)
        .join(tables.areas, tables.areas.c.id == t.polls.c.village_id)
        .where(tables.areas.c.code == village_code, t.polls.c.number == number)
        .order_by(t.polls.c.version.desc())
    )
    with database.read() as connection:
        row = connection.execute(query.limit(1)).first()
    if row is None:
        return None
    receipts, choices = (lines.split("\n") if lines else [] for lines in (row.receipts, row.choices))
    return published_text(poll_of(row, Vault("")), receipts, choices)


def as_closed(poll: Poll, result: Result, at: datetime) -> Poll:
    """The poll with its count and without its key."""
    return replace(poll, state=State.CLOSED, result=result, key=b"", closes_at=min(poll.closes_at, at))
