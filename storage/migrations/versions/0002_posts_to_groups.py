"""Unasked posts to groups, by day"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("once", name=op.f("uq_posts_once")),
    )
    op.create_index("ix_posts_group_id_day", "posts", ["group_id", "day"])
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_posts_waiting", "posts", ["day"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table("posts")
