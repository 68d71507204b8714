"""Letters that wait behind an earlier one to the same address leave the index the next letter is found by.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TURN = ["priority", "village_id", "due_at", "id"]


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "outbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    op.add_column("outbox", sa.Column("held", sa.Text(), nullable=False, server_default=""))
    op.drop_index("ix_outbox_turn", "outbox")
    _partial("ix_outbox_turn", _TURN, "state = 'pending' and held = ''")
    _partial("ix_outbox_held", ["held", "id"], "state = 'pending' and held <> ''")
    _partial("ix_outbox_begun", ["address", "priority", "id"], "state in ('pending', 'claimed') and attempts > 0")


def downgrade() -> None:
    for index in ("ix_outbox_begun", "ix_outbox_held", "ix_outbox_turn"):
        op.drop_index(index, "outbox")
    op.drop_column("outbox", "held")
    _partial("ix_outbox_turn", _TURN, "state = 'pending'")
