"""A matter keeps a key of its words, so that the same words told again are found by the index alone.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BEFORE, _AFTER = ["contact_id", "filed_at"], ["contact_id", "filed_at", "words_key"]


def _name(columns: list[str]) -> str:
    return "_".join(("ix_matters", *columns))


def upgrade() -> None:
    op.add_column("matters", sa.Column("words_key", sa.BigInteger(), nullable=True))
    op.drop_index(_name(_BEFORE), "matters")
    op.create_index(_name(_AFTER), "matters", _AFTER)


def downgrade() -> None:
    op.drop_index(_name(_AFTER), "matters")
    op.create_index(_name(_BEFORE), "matters", _BEFORE)
    op.drop_column("matters", "words_key")
