"""The tables of the database as they are now. How an older database becomes this one stands in `migrations/versions/`.

Knows nothing of what the texts in them mean: `body` is JSON of whoever writes it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PROCESSES = Table(
    "processes",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("beat", Integer, nullable=False),  # counts up while it lives: no clock is compared with another
)
"""The app's processes that share this database."""

RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("watch", String(64), nullable=False, unique=True),  # leads to the run, for looking only
    Column("person", String(64), nullable=False),
    Column("driver", String(64)),  # the process that trains it; none: whoever is asked for it first
    Column("fence", Integer, nullable=False),  # counts drivers: what an earlier one still writes is refused
    Column("saved", Integer, nullable=False),  # counts what was written
    Column("status", String(16), nullable=False),
    Column("used", Float, nullable=False),  # seconds since 1970, for tidying up alone
    Column("checkpoint", String(64), nullable=False),  # SHA-256 of a blob
    Column("body", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),  # what it looked like last, as packed JSON
    Index("ix_runs_person", "person"),
    Index("ix_runs_driver", "driver"),
    Index("ix_runs_status", "status"),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("run", String(64), ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
"""The history of a run, an epoch a row."""

ROOMS = Table(
    "rooms",
    METADATA,
    Column("code", String(6), primary_key=True),
    Column("title", Text, nullable=False),
    Column("salt", String(32), nullable=False),  # what the presenter's password is hashed with; "" where there is none
    Column("key", String(64), nullable=False),  # SHA-256 of the presenter's key
    Column("ended", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),  # counts what the presenter changed
    Column("crowd", Integer, nullable=False),  # counts what the members did
    Column("pushes", Integer, nullable=False),
    Column("used", Float, nullable=False),  # seconds since 1970, for tidying up alone
    Column("body", Text, nullable=False),
    Index("ix_rooms_used", "used"),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("room", String(6), ForeignKey("rooms.code", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # in the order in which they came
    Column("id", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("nickname", String(64), nullable=False),
    Column("run", String(64)),
    Column("taken", Integer, nullable=False),  # of the room's pushes, the last that this member has taken
    Column("joined", Float, nullable=False),
    Index("ix_members_person", "room", "person", unique=True),
    Index("ix_members_id", "room", "id", unique=True),
)

WORKED = Table(
    "worked",
    METADATA,
    Column("room", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("run", String(64), primary_key=True),
    ForeignKeyConstraint(["room", "number"], ["members.room", "members.number"], "fk_worked_members", ondelete="CASCADE"),
)
"""All runs that a member has worked on in a room: they go with it."""

HANDED = Table(
    "handed",
    METADATA,
    Column("room", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("watch", String(64), nullable=False),
    Column("at", Float, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["room", "number"], ["members.room", "members.number"], "fk_handed_members", ondelete="CASCADE"),
)
"""What members have handed in, the latest of each."""
