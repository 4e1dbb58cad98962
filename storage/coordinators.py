"""Who coordinates a unit: somebody to write to where a school owes something."""

from __future__ import annotations

from sqlalchemy import and_, literal_column

from storage.tables import memberships

# Word for word the condition of the partial index: bound, its words would make SQLite plan the statement anew each
# time that it runs, which takes several times what it takes to answer it.
COORDINATES = and_(
    memberships.c.role == literal_column("'coordinator'"), memberships.c.standing != literal_column("'left'")
)
"""For a row of ``memberships``."""
