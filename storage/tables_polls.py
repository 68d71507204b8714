"""Polls, their frozen rolls, and ballots: a row for a roll entry, never a counter."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables import Moment, metadata

# One row a version of a poll. `scope`, `options`, `result`: JSON. `key`: of a secret poll's ballots, sealed; empty once
# closed. `reminded_for`: the closing time those who had not voted were reminded of.
polls = Table(
    "polls",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("village_id", BigInteger, nullable=False),
    Column("area_id", BigInteger, nullable=False),
    Column("scope", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("is_multiple", Boolean, nullable=False),
    Column("is_secret", Boolean, nullable=False),
    Column("in_group", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("roll", Integer, nullable=False, server_default="0"),
    Column("body", Text, nullable=False, server_default=""),
    Column("key", Text, nullable=False, server_default=""),
    Column("reminded_for", Moment, nullable=True),
    Column("result", Text, nullable=False, server_default=""),
    Column("most", Integer, nullable=False, server_default="0"),
    UniqueConstraint("village_id", "number", "version"),
)
_alive = polls.c.state.in_(("waiting", "open"))
Index("ix_polls_alive", polls.c.village_id, sqlite_where=_alive, postgresql_where=_alive)

# Who may vote, frozen at opening. `entry`: a household or a person, as the poll's unit says.
poll_roll = Table(
    "poll_roll",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Named ballots: the newest of an entry, whatever the order of commit. `choice`: the options as bits.
ballots = Table(
    "ballots",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, primary_key=True, autoincrement=False),
    Column("choice", Integer, nullable=False),
    Column("cast_at", Moment, nullable=False),
    Column("event", Text, nullable=False, server_default=""),
    Column("by_id", BigInteger, nullable=True),
    Column("how", Text, nullable=False, server_default="wechat"),
    sqlite_with_rowid=False,
    info={"newest_by": ("cast_at", "event")},
)

# Secret ballots until closing. `token` and `blind` come from the poll's key and the roll entry: no order, no time, no
# name. `blind`: the time of casting, moved by an amount only the key knows; it orders the votes of one entry alone.
secret_ballots = Table(
    "secret_ballots",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("token", Text, primary_key=True),
    Column("choice", Integer, nullable=False),
    Column("blind", BigInteger, nullable=False),
    sqlite_with_rowid=False,
    info={"newest_by": ("blind",)},
)

# What is published of a closed secret poll: two sorted lists without a join, and the digest that commits to both.
poll_lists = Table(
    "poll_lists",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("receipts", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

# Letters about a poll to everybody on its roll, on their way: whom they have reached, by person. `what`: open, closing.
poll_rounds = Table(
    "poll_rounds",
    metadata,
    Column("poll_id", BigInteger, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True),
    Column("reached", BigInteger, nullable=False),
)
