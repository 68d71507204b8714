"""The stuck report: letters no phone took, and the history of what was sent to whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from domain.delivery import Source
from storage import tables, tables_delivery
from storage.backlog import Backlog, backlogs
from storage.batch import Batch
from storage.ids import new_id
from storage.journal import UNTOLD, give_to_a_person
from storage.letters import Attempt, Priority
from storage.vault import Vault

_left, _letter, _try, _relay = (
    tables_delivery.undelivered.c, tables.outbox.c, tables_delivery.attempts.c, tables_delivery.relays.c,
)  # fmt: skip
# Nobody works through more than this in one go; the rest comes up as the first are done.
LIMIT = 200
# What has waited longer than this is no news any more; questions in it are no longer open.
AGAIN_WITHIN = timedelta(days=3)
AGAIN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One letter left to a person. `text` is "" where it is sealed or answers him; `why` a code of ours (handlers/texts/delivery.py)."""

    letter_id: int
    village_id: int
    number: int
    person_id: int | None
    contact_id: int | None
    group_id: int | None
    why: str
    since_at: datetime
    purpose: str
    text: str
    priority: int


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter to a person as it went: `state` and `why` of the row, the way of the last attempt, whether it was shown."""

    at: datetime
    purpose: str
    text: str
    state: str
    why: str
    way: str
    outcome: str
    how: str


@dataclass(frozen=True, slots=True)
class Relay:
    """A letter to an ordinary group, in the hands of the cadre who forwards it."""

    id: int
    letter_id: int
    group_id: int
    person_id: int
    asked_at: datetime
    reminded_at: datetime | None
    group_name: str
    text: str
    not_after: datetime | None
    village_id: int


def _has_written(now: datetime) -> ColumnElement[bool]:
    """Has the recipient opened a window of 48 hours since his letter was left to a person, and is it still open?"""
    window, bound = tables_delivery.windows.c, tables.bindings.c
    is_open = and_(
        window.source == Source.MESSAGE.value,
        window.granted_at > _left.since_at,
        window.until_at > now,
        window.left > 0,
    )
    his = select(bound.contact_id).where(bound.person_id == _left.person_id, bound.ended_at.is_(None))
    by_contact = select(window.contact_id).where(window.contact_id == _left.contact_id, is_open)
    by_person = select(window.contact_id).where(window.contact_id.in_(his), is_open)
    return or_(by_contact.exists(), and_(_left.contact_id.is_(None), by_person.exists()))


# Answers to what somebody said himself (his vote, his telling) are between him and the house.
_HIS_OWN = frozenset({"reply", "private", "media", "safety"})


def _shown(row: Any) -> str:
    """What others may read of a letter: "" where it is sealed, or answers its recipient."""
    return "" if row.purpose in _HIS_OWN or row.body.startswith("sealed:") else row.body


class StuckReport:
    def __init__(self, batch: Batch, vault: Vault) -> None:
        self._batch = batch
        self._vault = vault

    def open_in(self, villages: Collection[int], *, untold: bool = False) -> list[Undelivered]:
        """What is open in these villages, the most urgent and then the oldest first."""
        wanted = and_(_left.how == "", _left.village_id.in_(villages), *([_left.told_at.is_(None)] if untold else []))
        return self._read(wanted)

    def untold(self) -> list[Undelivered]:
        """What no keeper has heard of yet, anywhere."""
        return self._read(and_(_left.how == "", _left.told_at.is_(None)))

    def _read(self, wanted: ColumnElement[bool]) -> list[Undelivered]:
        query = (
            select(
                _left.letter_id, _left.village_id, _left.number, _left.person_id, _left.contact_id, _left.group_id,
                _left.why, _left.since_at, _letter.purpose, _letter.body, _letter.priority,
            )
            .join(tables.outbox, _letter.id == _left.letter_id)
            .where(wanted)
            .order_by(_letter.priority, _left.since_at, _left.letter_id)
            .limit(LIMIT)
        )  # fmt: skip
        return [
            Undelivered(
                row.letter_id, row.village_id, row.number, row.person_id, row.contact_id, row.group_id, row.why,
                row.since_at, row.purpose, _shown(row), row.priority,
            )
            for row in self._batch.read(query)
        ]  # fmt: skip

    def told(self, rows: Sequence[Undelivered], now: datetime) -> None:
        self._change([row.letter_id for row in rows], told_at=now)

    def end(self, rows: Sequence[Undelivered], how: str, by: int | None, now: datetime) -> None:
        """A person has seen to it: called, visited, handed over, given up."""
        self._change([row.letter_id for row in rows], how=how, ended_by=by, ended_at=now)

    def _change(self, letters: Sequence[int], **values: object) -> None:
        if letters:
            change = update(tables_delivery.undelivered).where(_left.letter_id.in_(letters), _left.how == "")
            self._batch.connection.execute(change.values(**values))

    def send_again(self, now: datetime, but: Collection[str]) -> int:
        """Letters that surely never arrived, to people who have written since: they leave again. Return how many.

        `but`: purposes that are not worth it any more. What failed for another reason than the recipient's (a platform
        that is down) is left alone for half an hour, so that nobody hears of the same letter every minute. Measured: 6 ms
        for a thousand open letters.
        """
        his_fault = _left.why.in_(("window", "unreachable", "no_grant"))
        ours = and_(_left.why.in_(("busy", "token", "config", "rate_day")), _left.since_at < now - AGAIN_AFTER)
        query = (
            select(_left.letter_id)
            .join(tables.outbox, _letter.id == _left.letter_id)
            .where(_left.how == "", _left.since_at > now - AGAIN_WITHIN, or_(his_fault, ours), _has_written(now))
            .where(_letter.state == "stuck", _letter.priority > Priority.LIFE, _letter.purpose.not_in(but))
            .where(or_(_letter.not_after.is_(None), _letter.not_after > now))
            .order_by(_left.letter_id)
            .limit(LIMIT)
        )
        letters = [row.letter_id for row in self._batch.read(query)]
        if letters:
            again = {"state": "pending", "error": "", "due_at": now, "ended_at": None, "attempts": 0, "way": ""}
            mine = update(tables.outbox).where(_letter.id.in_(letters), _letter.state == "stuck")
            self._batch.connection.execute(mine.values(**again))
            self._batch.connection.execute(delete(tables_delivery.undelivered).where(_left.letter_id.in_(letters)))
        return len(letters)

    def backlogs(self, now: datetime) -> list[Backlog]:
        """What waits because the account may not send, by village."""
        return backlogs(self._batch, now)

    # -- history

    def history(self, person_id: int, contacts: Collection[int], limit: int = 5) -> list[Sent]:
        """The newest letters to a person and his contacts, with what came of each."""
        addresses = [f"person:{person_id}", *(f"contact:{contact}" for contact in contacts)]
        query = (
            select(_letter.id, _letter.created_at, _letter.purpose, _letter.body, _letter.state, _letter.error,
                   _letter.way, _left.how)
            .outerjoin(tables_delivery.undelivered, _left.letter_id == _letter.id)
            .where(_letter.address.in_(addresses), _letter.state != "carried")
            .order_by(_letter.id.desc())
            .limit(limit)
        )  # fmt: skip
        rows = list(self._batch.read(query))
        tried = select(_try.letter_id, _try.outcome).where(_try.letter_id.in_([row.id for row in rows]))
        outcomes = dict(map(tuple, self._batch.read(tried.order_by(_try.id))))
        return [
            Sent(
                row.created_at, row.purpose, _shown(row), row.state, row.error,
                row.way, outcomes.get(row.id, ""), row.how or "",
            )
            for row in rows
        ]  # fmt: skip

    def receipt(self, contact_id: int, message_id: str, why: str, now: datetime, *, is_template: bool = False) -> None:
        """The platform tells what became of a notice. A failed one goes to the stuck report after all.

        A template's receipt names its message; of a subscription notice we are told no name when it is sent.
        """
        mine = or_(_try.receipt == message_id, and_(_try.receipt == "", _try.way.in_(("long_term", "one_time"))))
        if is_template:
            mine = and_(_try.receipt == message_id, _try.receipt != "")
        query = select(_try.id, _try.letter_id).where(_try.contact_id == contact_id, _try.outcome == "sent", mine)
        found = self._batch.read(query.order_by(_try.id.desc()).limit(1)).first()
        if found is None:
            self._keep_for_later(contact_id, message_id, why, now)
            return
        change = update(tables_delivery.attempts).where(_try.id == found.id)
        self._batch.connection.execute(change.values(outcome="failed" if why else "shown", why=why))
        if why:
            give_to_a_person(self._batch.connection, found.letter_id, why, now)

    def _keep_for_later(self, contact_id: int, message_id: str, why: str, now: datetime) -> None:
        """The platform was quicker than our own note that it was sent: the note will find this (storage/journal.py)."""
        if why and message_id:
            early = Attempt(UNTOLD, contact_id, "template", "failed", why, message_id, now)
            self._batch.add(tables_delivery.attempts, {"id": new_id(), **asdict(early)})

    # -- relays: letters to ordinary groups in the hands of a cadre

    def relays_of(self, person_id: int) -> list[Relay]:
        """What he was asked to forward and has not yet reported, oldest first."""
        return self._relays(and_(_relay.person_id == person_id, _relay.state == "asked"))

    def relays_asked_before(self, moment: datetime) -> list[Relay]:
        return self._relays(and_(_relay.state == "asked", _relay.asked_at <= moment))

    def relay(self, relay_id: int) -> Relay | None:
        return next(iter(self._relays(_relay.id == relay_id)), None)

    def _relays(self, wanted: ColumnElement[bool]) -> list[Relay]:
        query = (
            select(
                _relay.id, _relay.letter_id, _relay.group_id, _relay.person_id, _relay.asked_at, _relay.reminded_at,
                tables.groups.c.name, _letter.body, _letter.not_after, _letter.village_id,
            )
            .join(tables.outbox, _letter.id == _relay.letter_id)
            .join(tables.groups, tables.groups.c.id == _relay.group_id)
            .where(wanted)
            .order_by(_relay.id)
            .limit(LIMIT)
        )  # fmt: skip
        return [
            Relay(
                row.id, row.letter_id, row.group_id, row.person_id, row.asked_at, row.reminded_at, row.name,
                self._vault.open(row.body), row.not_after, row.village_id,
            )
            for row in self._batch.read(query)
        ]  # fmt: skip

    def relayed(self, relay: Relay, now: datetime) -> None:
        """He says that it stands in the group: that is its delivery."""
        self._change_relay(relay, state="relayed", relayed_at=now)
        sent = update(tables.outbox).where(_letter.id == relay.letter_id, _letter.state.in_(("relaying", "stuck")))
        self._batch.connection.execute(sent.values(state="sent", error="", way="relay", ended_at=now))
        self._change([relay.letter_id], how="relayed", ended_by=relay.person_id, ended_at=now)
        attempt = Attempt(relay.letter_id, None, "relay", "sent", "", "", now)
        self._batch.add(tables_delivery.attempts, {"id": new_id(), **asdict(attempt)})

    def reminded(self, relay: Relay, now: datetime) -> None:
        self._change_relay(relay, reminded_at=now)

    def expire(self, relay: Relay, now: datetime) -> None:
        """Nobody said 已转发: it is left to a person like any letter that did not arrive."""
        self._change_relay(relay, state="expired")
        give_to_a_person(self._batch.connection, relay.letter_id, "not relayed", now)

    def _change_relay(self, relay: Relay, **values: object) -> None:
        change = update(tables_delivery.relays).where(_relay.id == relay.id)
        self._batch.connection.execute(change.values(**values))
