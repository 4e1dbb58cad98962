"""An event with people who typed what no file must take for code."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.afterwards import FeedbackTally
from bot.domain.attendance import AttendanceTally
from bot.domain.events import Attendance, EventDetails, EventKind, MarkSource
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import Role
from bot.ports.afterwards import Feedback, ListRow
from bot.ports.attendance import Attendee, EventFacts, UnitAttendance
from bot.ports.series import SeriesDate, SeriesFacts, SeriesPerson
from bot.services.export_attendance import AttendanceExport
from bot.services.show_series import SeriesExport
from tests.calendar_days import MONDAY

BEGINS = MONDAY + timedelta(days=3)
"""Thursday noon in Moscow."""
HOSTILE = "{{ 7*7 }} <b>&</b> {% for %} \x0b\x00Петрова О’Нил"


def event(title: str = "Наставники", *, ends_at: datetime | None = None, **details: object) -> EventFacts:
    return EventFacts(
        occurrence_id=OccurrenceId(7),
        activity_id=ActivityId(3),
        title=title,
        due_at=BEGINS,
        ends_at=ends_at,
        timezone="Europe/Moscow",
        state=OccurrenceState.OPEN,
        unit_id=UnitId(1),
        unit_path="/1/",
        created_by=PersonId(1),
        details=EventDetails(kind=EventKind.SEMINAR, **details),  # type: ignore[arg-type]  # fields of the details, by name
    )


def row(
    number: int,
    name: str,
    *,
    attendance: Attendance | None = Attendance.PRESENT,
    answer: Answer | None = Answer.COMING,
    comment: str | None = None,
    waits: bool = False,
    feedback: Feedback | None = None,
) -> ListRow:
    attendee = Attendee(
        assignment_id=AssignmentId(number),
        person_id=PersonId(number),
        full_name=name,
        unit_id=UnitId(2),
        unit_title="=СУММ(Школа № 1)",
        answer=answer,
        comment=comment,
        attendance=attendance,
        source=MarkSource.SELF if attendance else None,
    )
    return ListRow(attendee, "Суздальский район", (Role.TEACHER, Role.MENTOR), waits, feedback)


def export(*rows: ListRow, of: EventFacts | None = None) -> AttendanceExport:
    return AttendanceExport(
        event=of or event(),
        organiser="Владимирская область",
        rows=rows,
        schools=(UnitAttendance(UnitId(2), "=СУММ(Школа № 1)", AttendanceTally(present=1, absent=1, unmarked=1)),),
        feedback=FeedbackTally({5: 1, 4: 1}, asked=3, lines=1),
    )


def series_export() -> SeriesExport:
    def day(number: int) -> SeriesDate:
        return SeriesDate(
            OccurrenceId(number),
            ActivityId(number),
            f"Вебинар {number}",
            BEGINS + timedelta(days=7 * number),
            OccurrenceState.OPEN,
            EventDetails(),
            AttendanceTally(),
        )

    marks: dict[OccurrenceId, Attendance | None] = {OccurrenceId(1): Attendance.PRESENT, OccurrenceId(2): None}
    person = SeriesPerson(PersonId(1), "=HYPERLINK(1)", "Школа № 1", marks)
    return SeriesExport(SeriesFacts(SeriesId(1), "Серия", UnitId(1), "/1/"), (day(1), day(2), day(3)), (person,))
