"""Writing what the sender has learnt: letters ended, attempts made, windows spent, and what is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from storage import tables, tables_delivery
from storage.asking import exchange
from storage.bulk import insert_many
from storage.ids import new_id
from storage.letters import Attempt, Ended, Journal, Letter, Repeat
from storage.tables import milliseconds

_CHINA = timezone(timedelta(hours=8))
_row, _try = tables.outbox.c, tables_delivery.attempts.c
# The letter of an attempt that we know only by the platform's receipt.
UNTOLD = 0
_CHANGED = ("state", "error", "ended_at", "due_at", "way", "receipt", "parts", "attempts")
_END_ANY = (
    update(tables.outbox)
    .where(_row.id == bindparam("letter"), _row.state == "claimed")
    .values({"lease_until": None, **{name: bindparam(f"new_{name}") for name in _CHANGED}})
)
_END_MINE = _END_ANY.where(_row.lease_by == bindparam("holder"))
_window = tables_delivery.windows.c
_SPEND = (
    update(tables_delivery.windows)
    .where(_window.contact_id == bindparam("contact"), _window.source == bindparam("from_"), _window.left > 0)
    .values(left=_window.left - 1)
)
_grant = tables_delivery.grants.c
_USE = (
    update(tables_delivery.grants)
    .where(_grant.contact_id == bindparam("contact"), _grant.template_id == bindparam("template"), _grant.left > 0)
    .values(left=_grant.left - bindparam("many"))
)
# The grammar of upserts is the same on both engines.
_PUSHED = text(
    "insert into pushes (account, day, spent) values (:account, :day, :many)"
    " on conflict (account, day) do update set spent = pushes.spent + :many"
)
_REST = text(
    "insert into rests (account, way, until_at, why) values (:account, :way, :until, :why)"
    " on conflict (account, way) do update set until_at = :until, why = :why"
)
_UNREACHABLE = text(
    "insert into unreachables (contact_id, why, since_at) values (:contact, :why, :now)"
    " on conflict (contact_id) do update set why = :why, since_at = :now"
)
_NUMBER = text(
    "insert into counters (name, last) values (:name, 1)"
    " on conflict (name) do update set last = counters.last + 1 returning last"
)


def write_journal(connection: Connection, journal: Journal, now: datetime, *, holder: str) -> None:
    """Write everything in the caller's transaction. Letters that `holder` no longer holds stay as they are."""
    ms = milliseconds(now)
    if journal.ended:
        _end(connection, journal.ended, now, holder)
    if journal.attempts:
        rows, is_sqlite = [_attempt(a) for a in journal.attempts], connection.dialect.name == "sqlite"
        with exchange(connection) as driver:
            insert_many(driver, tables_delivery.attempts, rows, "", is_sqlite=is_sqlite)
        _take_up_early_receipts(connection, journal.attempts, now)
    if journal.spent:
        rows = [{"contact": c, "from_": s} for (c, s), many in journal.spent.items() for _ in range(many)]
        connection.execute(_SPEND, rows)
    if journal.closed:
        closing = update(tables_delivery.windows).where(_window.contact_id.in_(journal.closed))
        connection.execute(closing.values(left=0))
    _write_grants(connection, journal)
    if journal.unreachable:
        rows = [{"contact": contact, "why": why, "now": ms} for contact, why in journal.unreachable.items()]
        connection.execute(_UNREACHABLE, rows)
    if journal.pushed:
        day = f"{now.astimezone(_CHINA):%y%m%d}"
        connection.execute(_PUSHED, [{"account": a, "day": day, "many": n} for a, n in journal.pushed.items()])
    for (account, way), (until, why) in journal.rests.items():
        facts = {"account": account, "way": way, "until": milliseconds(until), "why": why}
        connection.execute(_REST, facts)


def _write_grants(connection: Connection, journal: Journal) -> None:
    if journal.used:
        rows = [{"contact": c, "template": t, "many": many} for (c, t), many in journal.used.items()]
        connection.execute(_USE, rows)
    for contact, template in journal.revoked:
        wanted = (_grant.contact_id == contact, _grant.template_id == template)
        connection.execute(update(tables_delivery.grants).where(*wanted).values(left=0))


def _attempt(attempt: Any) -> dict[str, Any]:
    return {
        "id": new_id(), "letter_id": attempt.letter_id, "contact_id": attempt.contact_id, "way": attempt.way,
        "outcome": attempt.outcome, "why": attempt.why, "receipt": attempt.receipt, "at": attempt.at,
    }  # fmt: skip


def _take_up_early_receipts(connection: Connection, attempts: Sequence[Attempt], now: datetime) -> None:
    """What the platform told of a notice before it was noted that it had been sent."""
    sent = {a.receipt: a for a in attempts if a.receipt and a.outcome == "sent"}
    if not sent:
        return
    early = (_try.receipt.in_(sent), _try.receipt != "", _try.letter_id == UNTOLD)
    for row in connection.execute(select(_try.id, _try.receipt, _try.why).where(*early)).all():
        letter = sent[row.receipt].letter_id
        connection.execute(delete(tables_delivery.attempts).where(_try.id == row.id))
        mine = update(tables_delivery.attempts).where(_try.letter_id == letter, _try.receipt == row.receipt)
        connection.execute(mine.values(outcome="failed", why=row.why))
        give_to_a_person(connection, letter, row.why, now)


def _end(connection: Connection, ended: Sequence[Ended], now: datetime, holder: str) -> None:
    finals = [e for e in ended if e.state != "pending"]
    statement = _END_MINE if holder else _END_ANY
    stuck = [e for e in finals if e.state == "stuck"]
    mine = _held(connection, stuck, holder) if stuck else set()
    connection.execute(statement, [_end_row(e, now, holder) for e in ended])
    hand_over(connection, [e for e in stuck if e.letter.id in mine], now)


def _held(connection: Connection, stuck: Sequence[Ended], holder: str) -> set[int]:
    mine = select(_row.id).where(_row.id.in_([e.letter.id for e in stuck]), _row.state == "claimed")
    return set(connection.execute(mine.where(_row.lease_by == holder) if holder else mine).scalars())


def _end_row(ended: Ended, now: datetime, holder: str) -> dict[str, Any]:
    letter = ended.letter
    is_final = ended.state != "pending"
    row = {
        "letter": letter.id,
        "new_state": ended.state,
        "new_error": ended.error,
        "new_ended_at": now if is_final else None,
        "new_due_at": ended.due_at or now,
        "new_way": ended.way,
        "new_receipt": ended.receipt,
        "new_parts": ended.parts,
        "new_attempts": letter.attempts if ended.counts else max(letter.attempts - 1, 0),
    }
    return {**row, "holder": holder} if holder else row


# -- the stuck report


def give_to_a_person(connection: Connection, letter_id: int, why: str, now: datetime) -> None:
    """What was sent did not arrive, or what was asked of a cadre was not done: it is stuck after all."""
    query = update(tables.outbox).where(_row.id == letter_id, _row.state.in_(("sent", "relaying")))
    closing = query.values(state="stuck", error=why, ended_at=now).returning(_row.address, _row.village_id)
    row = connection.execute(closing).first()
    if row is not None:
        letter = Letter(letter_id, row.address, "", "", Repeat.NEVER, None, 1, village_id=row.village_id)
        hand_over(connection, [Ended(letter, "stuck", why)], now)


def hand_over(connection: Connection, stuck: Sequence[Ended], now: datetime) -> None:
    """Leave letters to a person: one row each, with whom it concerns and a number to name it by."""
    if not stuck:
        return
    people, villages = _whom(connection, stuck)
    rows = []
    for ended in stuck:
        letter = ended.letter
        person = letter.target if letter.kind == "person" else people.get(letter.target)
        village = villages.get(person or 0) or letter.village_id or villages.get(-letter.target, 0)
        rows.append(
            {
                "letter_id": letter.id,
                "village_id": village,
                "number": connection.execute(_NUMBER, {"name": f"undelivered:{village}"}).scalar_one(),
                "person_id": person,
                "contact_id": letter.target if letter.kind == "contact" else None,
                "group_id": letter.target if letter.kind == "group" else None,
                "why": ended.error,
                "since_at": now,
                "told_at": None,
                "ended_at": None,
                "ended_by": None,
                "how": "",
            }
        )
    connection.execute(tables_delivery.undelivered.insert(), rows)


def _whom(connection: Connection, stuck: Sequence[Ended]) -> tuple[dict[int, int], dict[int, int]]:
    """(person by contact, village by person; a group's area under its negative id)."""
    bound = tables.bindings.c
    contacts = [e.letter.target for e in stuck if e.letter.kind == "contact"]
    speaking = select(bound.contact_id, func.min(bound.person_id)).where(
        bound.contact_id.in_(contacts), bound.ended_at.is_(None)
    )
    people = {row[0]: row[1] for row in connection.execute(speaking.group_by(bound.contact_id))} if contacts else {}
    wanted = {e.letter.target for e in stuck if e.letter.kind == "person"} | set(people.values())
    homes = select(tables.people.c.id, tables.households.c.village_id).join(
        tables.households, tables.people.c.household_id == tables.households.c.id
    )
    villages = {row[0]: row[1] for row in connection.execute(homes.where(tables.people.c.id.in_(wanted)))}
    groups = [e.letter.target for e in stuck if e.letter.kind == "group"]
    if groups:
        areas = select(tables.groups.c.id, tables.groups.c.area_id).where(tables.groups.c.id.in_(groups))
        villages |= {-row[0]: row[1] for row in connection.execute(areas)}
    return people, villages
