"""A matter as its owner sees it, out of a row of the question in ``storage/replies.py``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.domain.events import Attendance, EventDetails, SeatState, SubstitutionState
from bot.domain.ids import ActivityId, AssignmentId, AssignmentRequestId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import ActivityKind, Answer, AnswerForm, Assignment, Foundation, Matter, OccurrenceState
from bot.domain.reviewing import Review, Reviewing
from bot.domain.seats import Seat, Substitute
from storage.form_standing import form_standing_from


def matter_from(row: Row[Any]) -> Matter:
    return Matter(
        assignment=_assignment(row),
        activity_id=ActivityId(row.activity_id),
        kind=ActivityKind(row.kind),
        title=row.title,
        responsible=row.responsible,
        result=row.result,
        phrase=row.phrase,
        link=row.link,
        document=_foundation(row),
        unit_title=row.unit_title,
        version=row.version,
        due_at=row.due_at,
        due_on=row.due_on,
        has_time=bool(row.has_time),
        timezone=row.timezone,
        state=OccurrenceState(row.state),
        answered_by_name=row.answered_by_name,
        is_withdrawn=row.withdrawn_at is not None,
        asks=row.asks and AnswerForm(row.asks),
        event=None if row.event is None else EventDetails.from_json(row.event),
        series_id=None if row.series_id is None else SeriesId(row.series_id),
        ends_at=row.ends_at,
        seat=None if row.seat is None else Seat(SeatState(row.seat), row.reserve_place, row.offered_until),
        substitute=None
        if row.substitution is None
        else Substitute(row.substitute_name, SubstitutionState(row.substitution)),
        comes_for=row.comes_for,
        has_materials=bool(row.has_materials),
        has_recording=bool(row.has_recording),
        form=form_standing_from(row),
        first_on=None if row.own_on is None else row.first_on,
        due_version=row.due_version,
        moved_from=row.moved_from,
        was_answered=bool(row.was_answered),
        reviewing=_reviewing(row),
    )


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(
        id=AssignmentId(row.assignment_id),
        occurrence_id=OccurrenceId(row.occurrence_id),
        unit_id=UnitId(row.unit_id),
        person_id=None if row.person_id is None else PersonId(row.person_id),
        answer=answer_from(row.answer),
        answered_at=row.answered_at,
        answered_by=None if row.answered_by is None else PersonId(row.answered_by),
        comment=row.comment,
        attendance=row.attendance and Attendance(row.attendance),
    )


def _reviewing(row: Row[Any]) -> Reviewing:
    return Reviewing(
        is_needed=row.needs_acceptance,
        review=None if row.review is None else Review(row.review),
        reason=row.return_reason,
        request_id=None if row.request_id is None else AssignmentRequestId(row.request_id),
        wanted_on=row.wanted_on,
    )


def _foundation(row: Row[Any]) -> Foundation | None:
    if row.document_kind is None:
        return None
    return Foundation(
        row.document_kind, row.document_number, row.document_dated, row.document_title, row.document_kind_title
    )


def answer_from(value: str | None) -> Answer | None:
    return None if value is None else Answer(value)
