"""The temporary tables of a planning: on the writer's connection alone, and empty in every backup."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, MetaData, PrimaryKeyConstraint, String, Table, Time

from storage.types import Instant

TEMPORARY = MetaData()

# The dates that are being planned, as they were when that began: so the statements are the same for all dates.
planned_dates = Table(
    "planning_dates",
    TEMPORARY,
    Column("occurrence_id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("is_unchanged", Boolean, nullable=False),  # planned as it stands: whose steps wait is settled
    Column("document_id", Integer),
    Column("series_id", Integer),
    prefixes=["TEMPORARY"],
)
# Those of the share for whom something may have to be planned.
taken = Table(
    "planning_share",
    TEMPORARY,
    Column("person_id", Integer, nullable=False),
    Column("assignment_id", Integer, nullable=False),
    Column("occurrence_id", Integer, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("due_at", Instant),
    Column("due_on", Date),
    Column("due_version", Integer, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_to", Time, nullable=False),
    Column("told", Integer, nullable=False),
    Column("mark", String(200), nullable=False),  # the same for those who are alike
    Column("key", String(64), nullable=False),  # how the keys of all his notices begin
    prefixes=["TEMPORARY"],
)
known_steps = Table(
    "planning_steps",
    TEMPORARY,
    Column("mark", String(200), nullable=False),
    Column("name", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("days_before", Integer),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("detail", JSON),
    PrimaryKeyConstraint("mark", "name"),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,  # else each step is looked up twice: in the index of the key, and by what that names
)

# What a row of ``taken`` was told: nothing; of an older version, and no more than that; what only he was told.
NOTHING, OLDER, HIS_OWN = 0, 1, 2
IS_ALIKE = taken.c.told < HIS_OWN
