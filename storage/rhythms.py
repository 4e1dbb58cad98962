"""How a person wants to be reminded, as the claim of notices reads it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false

from bot.domain.rhythm import NINE, Often, Rhythm
from storage.tables import activities, occurrences, persons


def rhythm_from(row: Any) -> Rhythm:
    """What the columns ``rhythm``, ``rhythm_at`` and ``rhythm_weekday`` say."""
    return Rhythm(Often(row.rhythm), row.rhythm_at or NINE, row.rhythm_weekday or 0)


def is_unwanted() -> ColumnElement[bool]:
    """For a row joined with its reader and its date: it is not obligatory, and he wants no reminders of such.

    Asked of every due notice, so the activity is looked up for those alone who said so.
    """
    is_optional = (
        exists()
        .where(activities.c.id == occurrences.c.activity_id, activities.c.is_obligatory.is_(False))
        .correlate(occurrences)
    )
    said_so = and_(persons.c.wants_optional.is_(False), occurrences.c.id.is_not(None))
    return case((said_so, is_optional), else_=false())
