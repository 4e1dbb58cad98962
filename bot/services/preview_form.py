"""A form as a school will see it, before any school does: a filling that is stored nowhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.forms import FormStanding, FormVersion, Submission, SubmissionState
from bot.domain.ids import ActivityId, AssignmentId, FormVersionId, OccurrenceId, SubmissionId
from bot.domain.matters import ActivityKind, Assignment, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.services.edit_form import ShownForm
from bot.services.fill_form import Filling

_NOWHERE = 0


def sample_filling(shown: ShownForm, *, actor: Actor, zone: ZoneInfo, now: datetime) -> Filling:
    """An empty filling of what the form asks, or will ask; its ids belong to nothing, so that nothing can be stored."""
    made, questions = shown.made, shown.draft.questions
    today = now.astimezone(zone).date()
    matter = Matter(
        assignment=Assignment(AssignmentId(_NOWHERE), OccurrenceId(_NOWHERE), made.unit_id, actor.person.id),
        activity_id=ActivityId(_NOWHERE),
        kind=ActivityKind.TASK,
        title=made.title,
        responsible="",
        result="",
        phrase="",
        link=None,
        document=None,
        unit_title=made.unit_title,
        version=0,
        due_at=now,
        due_on=today,
        has_time=False,
        timezone=zone.key,
        state=OccurrenceState.OPEN,
        form=FormStanding(len(questions)),
    )
    version = FormVersion(FormVersionId(_NOWHERE), made.id, made.versions, questions)
    submission = Submission(
        SubmissionId(_NOWHERE), matter.assignment.id, 1, version, SubmissionState.DRAFT, now, now, given={}
    )
    return Filling(matter, submission, last={}, asked={})
