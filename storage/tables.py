"""Every table, once. Alembic migrates them (storage/migrations); nothing else creates them.

Moments are whole milliseconds since 1970 in a BIGINT: one form on both engines, compared and indexed as a number.
Ids are made by us (storage/ids.py) so that a turn knows them before its batch is written.

How a table takes a row that is there already is said in its `info` (storage/batch.py): `first_by` names the column
whose first row stays; `newest_by` the columns by which a newer row takes the place of an older one, whatever the order
in which processes commit.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def milliseconds(moment: datetime) -> int:
    """How a moment is kept: since 1970, UTC. For statements whose types SQLAlchemy does not know."""
    return int(moment.timestamp() * 1000)


class Moment(TypeDecorator[datetime]):
    """An aware datetime kept as milliseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    # The processors themselves: by way of `process_result_value` every value of every row costs two calls more.
    def bind_processor(self, dialect: Any) -> Any:
        return _kept

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        return _moment


def _kept(value: datetime | None) -> int | None:
    return None if value is None else milliseconds(value)


def _moment(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


def _id() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def _ref(name: str, target: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(f"{target}.id"), nullable=nullable)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=nullable, server_default=default)


# Counts up whenever areas or offices change, so that every process reads the directory again.
revisions = Table(
    "revisions", metadata, Column("name", Text, primary_key=True), Column("value", Integer, nullable=False)
)

areas = Table(
    "areas",
    metadata,
    _id(),
    _text("kind"),
    _text("name"),
    Column("code", Text, nullable=True, unique=True),
    _ref("parent_id", "areas"),
    Column("tenant_id", BigInteger, nullable=False),
)

households = Table(
    "households",
    metadata,
    _id(),
    _ref("village_id", "areas", nullable=False),
    _ref("group_id", "areas", nullable=False),
    _ref("micro_grid_id", "areas", nullable=False),
    Column("number", Integer, nullable=False),
    _text("head_name"),
    _text("code_hash", default=""),
    UniqueConstraint("village_id", "number"),
    Index(None, "group_id"),
    Index(None, "micro_grid_id"),
)

people = Table(
    "people",
    metadata,
    _id(),
    _ref("household_id", "households"),
    _text("name"),
    _text("gender", default=""),
    Column("born_year", Integer, nullable=True),
    _text("phone", default=""),
    Column("is_party_member", Boolean, nullable=False, server_default="0"),
    _text("status", default="here"),
    Index(None, "household_id"),
    Index(None, "name"),
)

roles = Table(
    "roles",
    metadata,
    _id(),
    _ref("person_id", "people", nullable=False),
    _text("role"),
    _ref("area_id", "areas", nullable=False),
    Column("since_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=True),
    UniqueConstraint("person_id", "role", "area_id"),
)

contacts = Table(
    "contacts",
    metadata,
    _id(),
    _text("channel"),
    _text("account"),
    _text("native_id"),
    Column("speaking_as", BigInteger, nullable=True),
    Column("followed_at", Moment, nullable=True),
    Column("unfollowed_at", Moment, nullable=True),
    Column("place_id", BigInteger, nullable=True),
    Column("large_text", Boolean, nullable=False, server_default="0"),
    # What tells most stands first: a batch asks for a list of it, and each is then one step down the index.
    UniqueConstraint("native_id", "channel", "account"),
)

bindings = Table(
    "bindings",
    metadata,
    _id(),
    _ref("contact_id", "contacts", nullable=False),
    _ref("person_id", "people", nullable=False),
    _text("level"),
    _text("proven_by"),
    _text("consent", default=""),
    Column("bound_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=True),
    Index(None, "contact_id"),
    Index(None, "person_id"),
)

groups = Table(
    "groups",
    metadata,
    _id(),
    _ref("area_id", "areas", nullable=False),
    _text("name"),
    Index(None, "area_id"),
)

transports = Table(
    "transports",
    metadata,
    _id(),
    _ref("group_id", "groups", nullable=False),
    _text("channel"),
    _text("account"),
    _text("native_id"),
    UniqueConstraint("channel", "account", "native_id"),
)

# What happened to every delivery the platform made. `state`: new (accepted, not yet done), done, parked (three attempts
# raised; a person must look). `carried_by`: none, response, outbox. `extra`: what only some kinds carry, as JSON.
inbox = Table(
    "inbox",
    metadata,
    _id(),
    _text("channel"),
    _text("account"),
    _text("event_id"),
    _text("kind"),
    _text("actor"),
    _text("group_name", default=""),
    _text("text", default=""),
    _text("extra", default=""),
    Column("received_at", Moment, nullable=False),
    _text("state"),
    _text("reply", nullable=True),
    _text("carried_by", default="none"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", Moment, nullable=True),
    _text("error", default=""),
    UniqueConstraint("event_id", "channel", "account"),
)
_waiting = inbox.c.state == "new"
Index("ix_inbox_waiting", inbox.c.retry_at, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_inbox_received_at", inbox.c.received_at)

# What has been decided to be said. `address`: person:ID, contact:ID or group:ID. `once`: a sentence about the fact,
# unique. `image`: a path in DATA_DIR. `fields`: what a template notice says of it, as JSON. `way`, `parts`: how far it got.
# `state`: pending, claimed, relaying (with the cadre who forwards it), sent, carried (left in a response after all),
# dropped, stuck. `village_id`: whose turn it is when several villages share an account. `held`: `address/priority` of a
# letter found waiting behind an earlier one that has been begun; "" while it may be next (storage/turns.py).
outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("address"),
    _text("purpose"),
    _text("body"),
    _text("image", default=""),
    _text("fields", default=""),
    Column("once", Text, nullable=True, unique=True),
    Column("village_id", BigInteger, nullable=False, server_default="0"),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment, nullable=False),
    Column("not_after", Moment, nullable=True),
    _text("repeat", default="yes"),
    _text("state", default="pending"),
    _text("held", default=""),
    Column("lease_until", Moment, nullable=True),
    _text("lease_by", default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _text("error", default=""),
    _text("receipt", default=""),
    _text("way", default=""),
    Column("parts", Integer, nullable=False, server_default="0"),
    _text("cause", default=""),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=True),
    info={"first_by": "once"},
)
# The conditions in the very words of the queries of storage/turns.py, or SQLite does not see that an index fits.
_free, _claimed = text("state = 'pending' and held = ''"), outbox.c.state == "claimed"
Index(
    "ix_outbox_turn", outbox.c.priority, outbox.c.village_id, outbox.c.due_at, outbox.c.id,
    sqlite_where=_free, postgresql_where=_free,
)  # fmt: skip
_held = text("state = 'pending' and held <> ''")
Index("ix_outbox_held", outbox.c.held, outbox.c.id, sqlite_where=_held, postgresql_where=_held)
_begun = text("state in ('pending', 'claimed') and attempts > 0")
Index(
    "ix_outbox_begun", outbox.c.address, outbox.c.priority, outbox.c.id,
    sqlite_where=_begun, postgresql_where=_begun,
)  # fmt: skip
Index("ix_outbox_lease", outbox.c.lease_until, sqlite_where=_claimed, postgresql_where=_claimed)
Index("ix_outbox_address", outbox.c.address, outbox.c.id)

matters = Table(
    "matters",
    metadata,
    _id(),
    _text("number"),
    Column("village_id", BigInteger, nullable=False),
    Column("place_id", BigInteger, nullable=True),
    Column("contact_id", BigInteger, nullable=True),
    Column("reporter_id", BigInteger, nullable=True),
    Column("owner_id", BigInteger, nullable=True),
    _text("code"),
    _text("second_code", default=""),
    _text("request_type", default=""),
    _text("urgency"),
    _text("text"),
    _text("place_text", default=""),
    _text("status"),
    _text("outcome", default=""),
    _text("result", default=""),
    _text("source_channel"),
    Column("is_sealed", Boolean, nullable=False, server_default="0"),
    Column("is_proxy", Boolean, nullable=False, server_default="0"),
    Column("filed_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=True),
    Column("ended_at", Moment, nullable=True),
    Column("rating", Integer, nullable=True),
    Column("reopened", Integer, nullable=False, server_default="0"),
    Column("urged_at", Moment, nullable=True),
    _text("token_hash", default=""),
    Column("words_key", BigInteger, nullable=True),
    UniqueConstraint("number"),
    # With the key of its words: whether somebody says the same again is told by the index alone.
    Index(None, "contact_id", "filed_at", "words_key"),
    Index(None, "owner_id", "status"),
    Index(None, "village_id", "filed_at"),
)
_tokened = matters.c.token_hash != ""
Index("ix_matters_token", matters.c.token_hash, sqlite_where=_tokened, postgresql_where=_tokened)

# Additions to a matter: words, pictures, voices that came later, each as it was said.
notes = Table(
    "notes",
    metadata,
    _id(),
    Column("matter_id", BigInteger, nullable=False),
    Column("contact_id", BigInteger, nullable=True),
    _text("kind"),
    _text("text"),
    Column("at", Moment, nullable=False),
    Index(None, "matter_id"),
)

# Every change of status, append-only: thing, from, to, by, at, why.
ledger = Table(
    "ledger",
    metadata,
    _id(),
    _text("thing"),
    Column("thing_id", BigInteger, nullable=False),
    Column("area_id", BigInteger, nullable=True),
    _text("was"),
    _text("became"),
    Column("by_id", BigInteger, nullable=True),
    _text("by_role"),
    Column("at", Moment, nullable=False),
    _text("why"),
    Index(None, "thing", "thing_id"),
    Index(None, "area_id", "at"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    Column("contact_id", BigInteger, nullable=False),
    _text("kind"),
    Column("thing_id", BigInteger, nullable=False),
    _text("accepts"),
    _text("data", default=""),
    Column("asked_at", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    _text("state", default="open"),
)
_asked = questions.c.state == "open"
Index("ix_questions_open", questions.c.contact_id, sqlite_where=_asked, postgresql_where=_asked)

# One row per (channel, account, scene, person): the running conversation and its progress.
conversations = Table(
    "conversations",
    metadata,
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_name", Text, primary_key=True),
    _text("name"),
    _text("progress"),
    Column("asked_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

counters = Table("counters", metadata, Column("name", Text, primary_key=True), Column("last", Integer, nullable=False))

# A danger to life that somebody must answer for: alerted at 0, 3 and 10 minutes until one says 收到.
alarms = Table(
    "alarms",
    metadata,
    _id(),
    Column("matter_id", BigInteger, nullable=False),
    Column("contact_id", BigInteger, nullable=True),
    Column("village_id", BigInteger, nullable=False),
    _text("kind"),
    Column("raised_at", Moment, nullable=False),
    Column("rounds", Integer, nullable=False, server_default="0"),
    Column("answered_by", BigInteger, nullable=True),
    Column("answered_at", Moment, nullable=True),
    _text("safety", default=""),
    _text("state", default="open"),
    _text("kept_from", default=""),
)
_ringing = alarms.c.state == "open"
Index("ix_alarms_open", alarms.c.raised_at, sqlite_where=_ringing, postgresql_where=_ringing)
Index("ix_alarms_matter", alarms.c.matter_id)

incidents = Table(
    "incidents",
    metadata,
    _id(),
    _text("channel"),
    _text("account"),
    _text("reason"),
    _text("digest", default=""),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)

import storage.tables_delivery  # noqa: E402, F401 - its tables belong to the same metadata
