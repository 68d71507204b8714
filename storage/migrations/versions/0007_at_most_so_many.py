"""A poll in which several may be chosen may say how many at most.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("polls", sa.Column("most", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("polls", "most")
