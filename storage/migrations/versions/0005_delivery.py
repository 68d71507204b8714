"""Delivery: reply windows, unreachable contacts, allowed notices, attempts, what is left to a person, relays, media.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _big(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _count(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _at(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, Moment(), nullable=nullable)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    for column in (
        _text("image", ""), _text("fields", ""), _text("way", ""), _count("parts", "0"),
        sa.Column("village_id", sa.BigInteger(), nullable=False, server_default="0"),
    ):  # fmt: skip
        op.add_column("outbox", column)
    op.drop_index("ix_outbox_due", "outbox")
    _partial("ix_outbox_turn", "outbox", ["priority", "village_id", "due_at", "id"], "state = 'pending'")
    _partial("ix_outbox_lease", "outbox", ["lease_until"], "state = 'claimed'")
    op.create_index("ix_outbox_address", "outbox", ["address", "id"])
    op.create_table(
        "windows", _key("contact_id"), _text("source"), _count("left"), _at("granted_at", nullable=False),
        _at("until_at", nullable=False), sa.PrimaryKeyConstraint("contact_id", "source", name="pk_windows"),
    )  # fmt: skip
    op.create_table(
        "unreachables", _key("contact_id"), _text("why"), _at("since_at", nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_unreachables"),
    )  # fmt: skip
    op.create_table(
        "grants", _key("contact_id"), _text("template_id"), _count("left"), _at("changed_at", nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "template_id", name="pk_grants"),
    )  # fmt: skip
    op.create_table(
        "pushes", _text("account"), _text("day"), _count("spent"),
        sa.PrimaryKeyConstraint("account", "day", name="pk_pushes"),
    )  # fmt: skip
    op.create_table(
        "rests", _text("account"), _text("way"), _at("until_at", nullable=False), _text("why"),
        sa.PrimaryKeyConstraint("account", "way", name="pk_rests"),
    )  # fmt: skip
    op.create_table(
        "attempts", _key("id"), _big("letter_id", nullable=False), _big("contact_id"), _text("way"), _text("outcome"),
        _text("why", ""), _text("receipt", ""), _at("at", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )  # fmt: skip
    op.create_index("ix_attempts_letter_id", "attempts", ["letter_id"])
    op.create_index("ix_attempts_contact_id_id", "attempts", ["contact_id", "id"])
    _partial("ix_attempts_receipt", "attempts", ["receipt"], "receipt != ''")
    op.create_table(
        "undelivered", _key("letter_id"), _big("village_id", nullable=False), _count("number"), _big("person_id"),
        _big("contact_id"), _big("group_id"), _text("why"), _at("since_at", nullable=False), _at("told_at"),
        _at("ended_at"), _big("ended_by"), _text("how", ""), sa.PrimaryKeyConstraint("letter_id", name="pk_undelivered"),
    )  # fmt: skip
    _partial("ix_undelivered_open", "undelivered", ["village_id", "since_at"], "how = ''")
    op.create_table(
        "relays", _key("id"), _big("letter_id", nullable=False), _big("group_id", nullable=False),
        _big("person_id", nullable=False), _at("asked_at", nullable=False), _at("reminded_at"), _at("relayed_at"),
        _text("state"), sa.PrimaryKeyConstraint("id", name="pk_relays"),
        sa.UniqueConstraint("letter_id", name="uq_relays_letter_id"),
    )  # fmt: skip
    _partial("ix_relays_asked", "relays", ["person_id", "id"], "state = 'asked'")
    op.create_table(
        "media", _key("id"), _text("channel"), _text("account"), _text("media_id"), _text("kind"),
        _big("contact_id", nullable=False), _big("matter_id"), _text("state"), _text("path", ""), _text("type", ""),
        _count("size", "0"), _count("tries", "0"), _text("why", ""), _at("due_at", nullable=False),
        _at("expires_at", nullable=False), _at("kept_at"), _text("transcript", ""),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("channel", "account", "media_id", name="uq_media_channel_account_media_id"),
    )  # fmt: skip
    op.create_index("ix_media_matter_id", "media", ["matter_id"])
    _partial("ix_media_waiting", "media", ["due_at"], "state = 'waiting'")


def downgrade() -> None:
    for table in ("media", "relays", "undelivered", "attempts", "rests", "pushes", "grants", "unreachables", "windows"):
        op.drop_table(table)
    for index in ("ix_outbox_address", "ix_outbox_lease", "ix_outbox_turn"):
        op.drop_index(index, "outbox")
    where = sa.text("state IN ('pending', 'claimed')")
    op.create_index("ix_outbox_due", "outbox", ["due_at"], sqlite_where=where, postgresql_where=where)
    for column in ("village_id", "parts", "way", "fields", "image"):
        op.drop_column("outbox", column)
