"""Runs, their records, and the processes that drive them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("beat", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("watch", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("driver", sa.String(64)),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("saved", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("used", sa.Float, nullable=False),
        sa.Column("checkpoint", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("picture", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("watch", name="uq_runs_watch"),
    )
    for column in ("person", "driver", "status"):
        op.create_index(f"ix_runs_{column}", "runs", [column])
    op.create_table(
        "records",
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run", "number", name="pk_records"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_records_run_runs", ondelete="CASCADE"),
    )
