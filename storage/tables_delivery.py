"""The tables of delivery: reply windows, who cannot be reached, what was allowed, what was tried, what a person must do."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables import Moment, _id, _text, metadata

# How many messages the platform still lets us send to a contact, by what opened the window (domain/delivery.py: TERMS).
windows = Table(
    "windows",
    metadata,
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    Column("source", Text, primary_key=True),
    Column("left", Integer, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
)

# A contact the platform says cannot be reached; void once he has spoken again.
unreachables = Table(
    "unreachables",
    metadata,
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    _text("why"),
    Column("since_at", Moment, nullable=False),
)

# Notices a contact allowed: how many are left of a one-time template, any positive number for a long-term one.
grants = Table(
    "grants",
    metadata,
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    Column("template_id", Text, primary_key=True),
    Column("left", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# What an account has pushed on a day (+08:00).
pushes = Table(
    "pushes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("spent", Integer, nullable=False),
)

# A way of an account that rests until a moment: its quota is used up, its settings are wrong, its token refused.
rests = Table(
    "rests",
    metadata,
    Column("account", Text, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("until_at", Moment, nullable=False),
    _text("why"),
)

# Every attempt to bring a letter to a contact, and what came of it: the recipient's delivery history.
# `outcome`: sent, shown (the platform's receipt says so), failed.
attempts = Table(
    "attempts",
    metadata,
    _id(),
    Column("letter_id", BigInteger, nullable=False),
    Column("contact_id", BigInteger, nullable=True),
    _text("way"),
    _text("outcome"),
    _text("why", default=""),
    _text("receipt", default=""),
    Column("at", Moment, nullable=False),
    Index(None, "letter_id"),
    Index(None, "contact_id", "id"),
)
_receipted = attempts.c.receipt != ""
Index("ix_attempts_receipt", attempts.c.receipt, sqlite_where=_receipted, postgresql_where=_receipted)

# Letters that no phone took, for a person to act on. `number`: what people type, per village. `how`: called, visited,
# handed over, given up; "" while open.
undelivered = Table(
    "undelivered",
    metadata,
    Column("letter_id", BigInteger, primary_key=True, autoincrement=False),
    Column("village_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("person_id", BigInteger, nullable=True),
    Column("contact_id", BigInteger, nullable=True),
    Column("group_id", BigInteger, nullable=True),
    _text("why"),
    Column("since_at", Moment, nullable=False),
    Column("told_at", Moment, nullable=True),
    Column("ended_at", Moment, nullable=True),
    Column("ended_by", BigInteger, nullable=True),
    _text("how", default=""),
)
_open = undelivered.c.how == ""
Index(
    "ix_undelivered_open", undelivered.c.village_id, undelivered.c.since_at, sqlite_where=_open, postgresql_where=_open
)

# A letter to an ordinary group, in the hands of the cadre who forwards it. `state`: asked, relayed, expired.
relays = Table(
    "relays",
    metadata,
    _id(),
    Column("letter_id", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("reminded_at", Moment, nullable=True),
    Column("relayed_at", Moment, nullable=True),
    _text("state"),
    UniqueConstraint("letter_id"),
)
_asked = relays.c.state == "asked"
Index("ix_relays_asked", relays.c.person_id, relays.c.id, sqlite_where=_asked, postgresql_where=_asked)

# Pictures and voices people sent, until they are on our own disk. `state`: waiting, kept, lost. `path` is relative to
# DATA_DIR. `transcript`: a person's words for a voice the platform could not read.
media = Table(
    "media",
    metadata,
    _id(),
    _text("channel"),
    _text("account"),
    _text("media_id"),
    _text("kind"),
    Column("contact_id", BigInteger, nullable=False),
    Column("matter_id", BigInteger, nullable=True),
    _text("state"),
    _text("path", default=""),
    _text("type", default=""),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _text("why", default=""),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("kept_at", Moment, nullable=True),
    _text("transcript", default=""),
    UniqueConstraint("channel", "account", "media_id"),
    Index(None, "matter_id"),
)
_waiting = media.c.state == "waiting"
Index("ix_media_waiting", media.c.due_at, sqlite_where=_waiting, postgresql_where=_waiting)

# How far the rows of a kind were tidied, by id (storage/tidying.py).
tidied = Table("tidied", metadata, Column("name", Text, primary_key=True), Column("upto", BigInteger, nullable=False))
