"""What was posted to the groups unasked, so that three a day stay three a day (rulings, Group budget)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from storage.tables import Moment, metadata

# `day`: the village's day it counts for, 20261127. `state`: posted, waiting (for the morning digest), displaced (gave
# its place to something weightier before it left). `once`: the fact, as in the outbox.
posts = Table(
    "posts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, nullable=False),
    Column("day", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("once", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Index(None, "group_id", "day"),
    info={"first_by": "once"},
)
_waiting = posts.c.state == "waiting"
Index("ix_posts_waiting", posts.c.day, sqlite_where=_waiting, postgresql_where=_waiting)
