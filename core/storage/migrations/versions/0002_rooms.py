"""Rooms, their members, the runs these worked on, and what they handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("crowd", sa.Integer, nullable=False),
        sa.Column("pushes", sa.Integer, nullable=False),
        sa.Column("used", sa.Float, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_rooms"),
    )
    op.create_index("ix_rooms_used", "rooms", ["used"])
    op.create_table(
        "members",
        sa.Column("room", sa.String(6), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("nickname", sa.String(64), nullable=False),
        sa.Column("run", sa.String(64)),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("joined", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("room", "number", name="pk_members"),
        sa.ForeignKeyConstraint(["room"], ["rooms.code"], name="fk_members_room_rooms", ondelete="CASCADE"),
    )
    for column in ("person", "id"):
        op.create_index(f"ix_members_{column}", "members", ["room", column], unique=True)
    op.create_table(
        "worked",
        sa.Column("room", sa.String(6), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("room", "number", "run", name="pk_worked"),
        _of_a_member("worked"),
    )
    op.create_table(
        "handed",
        sa.Column("room", sa.String(6), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("watch", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("room", "number", name="pk_handed"),
        _of_a_member("handed"),
    )


def _of_a_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["room", "number"], ["members.room", "members.number"], name=f"fk_{table}_members", ondelete="CASCADE"
    )
