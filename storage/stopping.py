"""Whether an announcement that was stopped in flight had not come to the reader of a notice yet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, false, or_, select

from bot.domain.delivery import NoticeKind, NoticeState
from storage.tables import activities, notices, occurrences

_ANNOUNCING = (NoticeKind.ANNOUNCEMENT.value, NoticeKind.ASSIGNED.value)


def is_stopped() -> ColumnElement[bool]:
    """For a row of ``notices`` joined with its date: the date (or a date of its series) stands, and he has not heard.

    The claim asks it of every due notice, so the costly part is looked at only where something was stopped.
    """
    stands = or_(occurrences.c.stopped_at.is_not(None), and_(notices.c.series_id.is_not(None), _series_stands()))
    return case((stands, ~_has_heard()), else_=false())


def _series_stands() -> ColumnElement[bool]:
    date, activity = occurrences.alias("stopped_date"), activities.alias("stopped_activity")
    return (
        select(date.c.id)
        .join(activity, activity.c.id == date.c.activity_id)
        .where(activity.c.series_id == notices.c.series_id, date.c.stopped_at.is_not(None))
        .correlate(notices)
        .exists()
    )


def _has_heard() -> ColumnElement[bool]:
    heard, activity = notices.alias("heard"), activities.alias("heard_activity")
    own_series = (
        select(activity.c.series_id)
        .where(activity.c.id == occurrences.c.activity_id)
        .correlate(occurrences)
        .scalar_subquery()
    )
    return (
        select(heard.c.id)
        .where(
            heard.c.person_id == notices.c.person_id,
            heard.c.state == NoticeState.SENT.value,
            heard.c.kind.in_(_ANNOUNCING),
            or_(
                heard.c.occurrence_id == notices.c.occurrence_id,
                heard.c.series_id == notices.c.series_id,
                heard.c.series_id == own_series,
            ),
        )
        .correlate(notices, occurrences)
        .exists()
    )
