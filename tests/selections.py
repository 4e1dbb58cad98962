"""Selections for tests: made, announced and applied to by the use cases themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.domain.form_values import read_value
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import ApplicationId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.domain.selection import Application, ApplicationState, Selection
from bot.domain.selection_drafts import SelectionDraft, SelectionPart
from bot.services.announce_decisions import announce_decisions, preview_decisions
from bot.services.announce_selection import announce_selection
from bot.services.apply import own_applications, withdraw_application
from bot.services.fill_form import give_value, hand_in_form, open_filling
from bot.services.make_form import make_form
from bot.services.make_selection import (
    change_selection_draft,
    choose_selection_form,
    fill_selection_part,
    start_selection,
)
from bot.services.select_applicants import SelectionView, decide_application, show_selection
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment

TITLE = "Отбор тьюторов"
QUESTIONS = (
    Question("name", QuestionKind.TEXT, "Фамилия, имя, отчество"),
    Question("why", QuestionKind.TEXT, "Почему?", is_required=False),
)

_sources = count(1)


async def announced(
    database: Database,
    network: SmallNetwork,
    selection: Selection,
    *,
    by_schools: bool = False,
    until: str = "до 30 сентября",
    now: datetime = MONDAY,
) -> OccurrenceId:
    """To the teachers (or to the schools) of the Vladimir region, by its coordinator."""
    actor = await actor_of(database, network.regional)
    who, roles = (AnsweredBy.SCHOOL, ()) if by_schools else (AnsweredBy.PERSON, (Role.TEACHER,))
    audience = Audience((network.vladimir,), who, roles)

    def change(draft: SelectionDraft) -> SelectionDraft:
        return replace(draft, title=TITLE, selection=selection, audience=audience)

    view = await start_selection(database, actor=actor, unit_id=network.vladimir, now=now)
    draft_id, version = view.stored.id, view.stored.version
    await change_selection_draft(database, actor=actor, draft_id=draft_id, version=version, change=change, now=now)
    form_id = await make_form(
        database,
        actor=actor,
        unit_id=network.vladimir,
        title="Заявка",
        questions=QUESTIONS,
        source="test:application",
        now=now,
    )
    await choose_selection_form(database, actor=actor, draft_id=draft_id, form_id=form_id, now=now)
    part = SelectionPart.UNTIL
    view = await fill_selection_part(database, actor=actor, draft_id=draft_id, part=part, words=until, now=now)
    version = view.stored.version
    made = await announce_selection(database, actor=actor, draft_id=draft_id, version=version, now=now)
    return made.occurrence_id


async def asked(
    database: Database, selection: OccurrenceId, *, person: PersonId | None = None, school: UnitId | None = None
) -> AssignmentId:
    return await assignment(database, selection, person=person, school=school)


async def applied(
    database: Database,
    assignment_id: AssignmentId,
    by: PersonId,
    *words: str,
    correcting: ApplicationId | None = None,
    now: datetime = MONDAY,
) -> tuple[Application, ...]:
    """The form filled in and handed in; all that stand of the applicant's then."""
    actor = await actor_of(database, by)
    filling = await open_filling(
        database,
        actor=actor,
        assignment_id=assignment_id,
        version=None,
        is_change=True,
        application_id=correcting,
        now=now,
    )
    for place, said in enumerate(words):
        filling = await give_value(
            database,
            actor=actor,
            submission_id=filling.submission.id,
            place=place,
            read=lambda question, _, said=said: read_value(question, said, today=MONDAY.date()),  # type: ignore[misc]
            seen=by,
            now=now,
        )
    await hand_in_form(
        database,
        actor=actor,
        submission_id=filling.submission.id,
        is_change=True,
        source=f"test:{next(_sources)}",
        now=now,
    )
    return (await own_applications(database, actor=actor, assignment_id=assignment_id, now=now)).applications


async def applied_as(
    database: Database, selection: OccurrenceId, person: PersonId, *, now: datetime = MONDAY
) -> Application:
    """A person applies for himself."""
    assignment_id = await asked(database, selection, person=person)
    return (await applied(database, assignment_id, person, "Я", "Хочу", now=now))[-1]


async def decided(
    database: Database,
    by: PersonId,
    application: Application,
    to: ApplicationState,
    *,
    reason: str = "",
    now: datetime = MONDAY,
    **sure: tuple[int, ...],
) -> Application:
    read = await decide_application(
        database,
        actor=await actor_of(database, by),
        application_id=application.id,
        version=application.version,
        to=to,
        reason=reason,
        now=now,
        **sure,
    )
    return read.application


async def told(database: Database, by: PersonId, selection: OccurrenceId, *, now: datetime = MONDAY) -> int:
    """How many decisions «Объявить» told."""
    actor = await actor_of(database, by)
    seen = (await preview_decisions(database, actor=actor, occurrence_id=selection)).seen
    return (await announce_decisions(database, actor=actor, occurrence_id=selection, seen=seen, now=now)).total


async def withdrawn(database: Database, by: PersonId, application: Application, *, now: datetime = MONDAY) -> None:
    await withdraw_application(
        database,
        actor=await actor_of(database, by),
        application_id=application.id,
        source=f"test:{next(_sources)}",
        now=now,
    )


async def view_of(database: Database, by: PersonId, selection: OccurrenceId) -> SelectionView:
    return await show_selection(database, actor=await actor_of(database, by), occurrence_id=selection)
