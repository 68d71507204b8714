"""The tables of meetings: the meeting and its agenda, the frozen roll, what was said, decided, acknowledged and left to do.

They are part of the one metadata (storage/schema.py).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables import Moment, _id, _text, metadata

# `told_at`: when those invited last heard of it. `reach_due_at`: when the clock looks whom the notice has not reached
# (empty once it has). `number` runs within the village.
meetings = Table(
    "meetings",
    metadata,
    _id(),
    Column("number", Integer, nullable=False),
    Column("village_id", BigInteger, nullable=False),
    Column("area_id", BigInteger, nullable=False),
    _text("body"),
    _text("form"),
    _text("title"),
    _text("venue"),
    Column("starts_at", Moment, nullable=False),
    _text("status"),
    Column("called_by", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    _text("reason", default=""),
    _text("code", default=""),
    Column("checkin_at", Moment, nullable=True),
    Column("ended_at", Moment, nullable=True),
    Column("counted_people", Integer, nullable=True),
    Column("counted_households", Integer, nullable=True),
    _text("chair", default=""),
    _text("result", default=""),
    Column("reach_due_at", Moment, nullable=True),
    UniqueConstraint("village_id", "number"),
)
_called = meetings.c.status == "called"
Index("ix_meetings_starts_at", meetings.c.starts_at, sqlite_where=_called, postgresql_where=_called)
_unlooked = meetings.c.reach_due_at.is_not(None)
Index("ix_meetings_reach", meetings.c.reach_due_at, sqlite_where=_unlooked, postgresql_where=_unlooked)

agenda = Table(
    "agenda",
    metadata,
    _id(),
    Column("meeting_id", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),
    _text("title"),
    _text("outcome", default=""),
    Column("agreed", Integer, nullable=True),
    Column("opposed", Integer, nullable=True),
    Column("abstained", Integer, nullable=True),
    Index(None, "meeting_id"),
)

# The roll of a meeting, frozen when it was announced: exactly those who were told, what they answered, who came.
invitations = Table(
    "invitations",
    metadata,
    Column("meeting_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("household_id", BigInteger, nullable=True),
    _text("name"),
    _text("gender", default=""),
    Column("has_phone", Boolean, nullable=False),
    _text("answer", default=""),
    _text("companion", default=""),
    Column("answered_at", Moment, nullable=True),
    Column("signed_at", Moment, nullable=True),
    _text("signed_by", default=""),
    Index(None, "person_id"),
)

# The groups a meeting was posted to: a change goes to the same ones.
meeting_groups = Table(
    "meeting_groups",
    metadata,
    Column("meeting_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
)

# Which reminder of which start has been decided: a moved meeting has other starts, so nothing is ever taken away here.
meeting_reminders = Table(
    "meeting_reminders",
    metadata,
    Column("meeting_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("starts_at", Moment, primary_key=True),
    Column("decided_at", Moment, nullable=False),
)

# Who acknowledged what, by which sign: answered, opened, signed_up, signed_in, called, visited. `unit_id`: a household,
# or minus a person's id where he has none here. Read receipts do not exist (rulings).
acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("thing", Text, primary_key=True),
    Column("thing_id", BigInteger, primary_key=True, autoincrement=False),
    Column("unit_id", BigInteger, primary_key=True, autoincrement=False),
    Column("how", Text, primary_key=True),
    Column("person_id", BigInteger, nullable=True),
    Column("at", Moment, nullable=False),
)

# A household somebody must call or visit, because the notice has not reached it.
errands = Table(
    "errands",
    metadata,
    _id(),
    _text("thing"),
    Column("thing_id", BigInteger, nullable=False),
    Column("household_id", BigInteger, nullable=False),
    Column("keeper_id", BigInteger, nullable=False),
    _text("head_name"),
    _text("kind"),
    Column("made_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("done_at", Moment, nullable=True),
    _text("done_how", default=""),
    UniqueConstraint("thing", "thing_id", "household_id"),
)
_todo = errands.c.done_at.is_(None)
Index("ix_errands_open", errands.c.keeper_id, sqlite_where=_todo, postgresql_where=_todo)

# What was said at a meeting, by whom: words, a stance, a picture, a voice.
speeches = Table(
    "speeches",
    metadata,
    _id(),
    Column("meeting_id", BigInteger, nullable=False),
    Column("item_id", BigInteger, nullable=True),
    _text("kind"),
    _text("speaker", default=""),
    _text("stance", default=""),
    _text("text"),
    Column("by_id", BigInteger, nullable=True),
    Column("at", Moment, nullable=False),
    Index(None, "meeting_id"),
)

# What a meeting decided: who does it by when.
decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("meeting_id", BigInteger, nullable=False),
    Column("item_id", BigInteger, nullable=True),
    _text("text"),
    Column("owner_id", BigInteger, nullable=True),
    _text("owner", default=""),
    Column("due_at", Moment, nullable=True),
    _text("status", default="open"),
    Column("at", Moment, nullable=False),
    Index(None, "meeting_id"),
)
