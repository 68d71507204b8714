"""Who is told nothing of an alarm, because its teller names him.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alarms", sa.Column("kept_from", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_alarms_matter", "alarms", ["matter_id"])


def downgrade() -> None:
    op.drop_index("ix_alarms_matter", table_name="alarms")
    op.drop_column("alarms", "kept_from")
