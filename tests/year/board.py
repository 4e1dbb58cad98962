"""What the board of a whole year adds up to: compared between a year that ran through and one that was interrupted."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

Standing = Mapping[tuple[str, str, str, int], str | None]


def standing(file: Path) -> Standing:
    """The answer of every assignment, by what was asked, its date, the school and the person (0: the school)."""
    query = (
        "SELECT v.title, o.key, u.title, coalesce(a.person_id, 0), a.answer, a.withdrawn_at IS NOT NULL"
        " FROM assignments a JOIN occurrences o ON o.id = a.occurrence_id JOIN activities v ON v.id = o.activity_id"
        " JOIN units u ON u.id = a.unit_id"
    )
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute(query).fetchall()
    return {
        (title, key, unit, person): "withdrawn" if gone else answer for title, key, unit, person, answer, gone in found
    }


def differences(one: Standing, other: Standing) -> list[str]:
    return [
        f"{about}: {one.get(about, 'not there')} / {other.get(about, 'not there')}"
        for about in sorted(one.keys() | other.keys())
        if about not in one or about not in other or one[about] != other[about]
    ]
