"""Whether a notice belongs to what its sender has stopped, or would speak of what its reader has not heard of yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, false, or_, select, true

from bot.domain.delivery import NoticeKind, NoticeState
from storage.broadcast_tables import broadcasts
from storage.tables import activities, notices, occurrences

_ANNOUNCING = (NoticeKind.ANNOUNCEMENT.value, NoticeKind.ASSIGNED.value)


def is_stopped() -> ColumnElement[bool]:
    """For a row of ``notices`` joined with its date: its broadcast stands, or the one that announces its date does
    and he has not heard.

    The claim asks it of every due notice, so the costly part is looked at only where something was stopped.
    """
    return case((_stands(_names_it()), true()), (_stands(_announces_it()), ~_has_heard()), else_=false())


def _stands(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(broadcasts.c.id)
        .where(broadcasts.c.stopped_at.is_not(None), which)
        .correlate(notices, occurrences)
        .exists()
    )


def _names_it() -> ColumnElement[bool]:
    return broadcasts.c.id == notices.c.broadcast_id


def _announces_it() -> ColumnElement[bool]:
    return or_(
        broadcasts.c.activity_id == occurrences.c.activity_id,
        broadcasts.c.series_id.in_([notices.c.series_id, _own("series_id")]),
        broadcasts.c.document_id.in_([notices.c.document_id, _own("document_id")]),
    )


def _own(column: str) -> ScalarSelect[Any]:
    """The series or the document of the activity of his date."""
    activity = activities.alias(f"own_{column}")
    own = select(activity.c[column]).where(activity.c.id == occurrences.c.activity_id)
    return own.correlate(occurrences).scalar_subquery()


def _has_heard() -> ColumnElement[bool]:
    """Of the date, of another of the same activity, or of the series or the document that it stands in."""
    heard, date = notices.alias("heard"), occurrences.alias("heard_date")
    same_activity = (
        select(date.c.id).where(date.c.activity_id == occurrences.c.activity_id).correlate(occurrences)
    )  # fmt: skip
    return (
        select(heard.c.id)
        .where(
            heard.c.person_id == notices.c.person_id,
            heard.c.state == NoticeState.SENT.value,
            heard.c.kind.in_(_ANNOUNCING),
            or_(
                heard.c.occurrence_id.in_(same_activity),
                heard.c.series_id.in_([notices.c.series_id, _own("series_id")]),
                heard.c.document_id.in_([notices.c.document_id, _own("document_id")]),
            ),
        )
        .correlate(notices, occurrences)
        .exists()
    )
