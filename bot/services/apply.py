"""An applicant's side of a selection: he applies with a form, corrects what he sent, takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.forms import Submission
from bot.domain.ids import ApplicationId, AssignmentId
from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.domain.selection import (
    Application,
    ApplicationState,
    DecisionToldError,
    TooManyApplicationsError,
    can_be_corrected,
    label_of,
)
from bot.ports.notices import NewNotice
from bot.ports.replies import NewReply
from bot.ports.storage import Storage, Stores
from bot.services.follow_review import HELPS_FOR


@dataclass(frozen=True, slots=True)
class OwnApplications:
    """The selection, and what stands of his; ``is_open``: more is taken, and what was not decided can be corrected."""

    matter: Matter
    applications: tuple[Application, ...]
    is_open: bool

    def can_correct(self, application: Application) -> bool:
        return can_be_corrected(application, is_open=self.is_open)


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One of his with what stands in its form."""

    own: OwnApplications
    application: Application
    submission: Submission | None


async def own_applications(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime
) -> OwnApplications:
    """Raises NotFoundError where it is no selection, or not his."""
    async with storage.read() as tx:
        return await _own(tx, await _selection(tx, actor, assignment_id), now)


async def own_application(
    storage: Storage, *, actor: Actor, application_id: ApplicationId, now: datetime
) -> OwnApplication:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        application, matter = await _his(tx, actor, application_id)
        own = await _own(tx, matter, now)
        return OwnApplication(own, application, await tx.applications.submission(application_id))


async def withdraw_application(
    storage: Storage, *, actor: Actor, application_id: ApplicationId, source: str, now: datetime
) -> OwnApplications:
    """Takes it back, at any time; one taken back already stays so. With none left the answer is «Не участвуем».

    Where it stood on a list, those who select hear of the place. Raises NotFoundError.
    """
    async with storage.write() as tx:
        application, matter = await _his(tx, actor, application_id)
        await tx.applications.hold(application.occurrence_id)
        application = await tx.applications.get(application_id) or application
        if application.state is not ApplicationState.WITHDRAWN:
            await withdraw_in(tx, application, actor=actor, now=now)
            await _stand_back(tx, matter, actor, source, now)
        return await _own(tx, await _matter(tx, matter.assignment.id), now)


async def withdraw_in(tx: Stores, application: Application, *, actor: Actor, now: datetime) -> None:
    """The same inside the caller's transaction, without the answer."""
    by = actor.person.id
    await tx.applications.decide(application, ApplicationState.WITHDRAWN, by=by, now=now, reason=None)
    await tx.applications.note(application.id, ApplicationState.WITHDRAWN.value, by=by, now=now)
    detail = {"application": application.id, "was": application.state.value}
    await tx.audit.record("application withdrawn", by=by, unit_id=application.unit_id, detail=detail, now=now)
    if application.state in (ApplicationState.MAIN, ApplicationState.RESERVE):
        await _tell_above(tx, application, actor, now)


async def begun_from(
    tx: Stores, matter: Matter, application_id: ApplicationId | None, now: datetime
) -> Submission | None:
    """With what the form of an application begins: with what was sent, where one is corrected, else with nothing.

    Raises NotFoundError, TooManyApplicationsError, DecisionToldError.
    """
    own = await _own(tx, matter, now)
    if application_id is None:
        _ensure_may_apply(matter)
        return None
    _ensure_may_correct(own, _among(own, application_id))
    return await tx.applications.submission(application_id)


async def follow_application(
    tx: Stores, matter: Matter, submission: Submission, *, actor: Actor, now: datetime
) -> None:
    """The form that was handed in is an application now, or what another one says from now on.

    ``matter`` as it was before. Raises NotFoundError, TooManyApplicationsError, DecisionToldError.
    """
    values = {key: given.value for key, given in submission.given.items()}
    about = None if matter.assignment.person_id else label_of(submission.version.questions, values)
    by, application_id = actor.person.id, submission.application_id
    await tx.applications.hold(matter.assignment.occurrence_id)
    if application_id is None:
        _ensure_may_apply(matter)
        application_id = await tx.applications.add(
            matter.assignment.occurrence_id, matter.assignment.id, about=about, by=by, now=now
        )
        await tx.applications.bind(submission.id, application_id)
    else:
        own = await _own(tx, matter, now)
        _ensure_may_correct(own, _among(own, application_id))
        await tx.applications.correct(application_id, about=about, by=by)
    what = "applied" if submission.application_id is None else "corrected"
    await tx.applications.note(application_id, what, by=by, now=now)
    detail = {"application": application_id}
    await tx.audit.record(f"application {what}", by=by, unit_id=matter.assignment.unit_id, detail=detail, now=now)


def _ensure_may_apply(matter: Matter) -> None:
    if not matter.can_apply:
        raise TooManyApplicationsError(f"assignment {matter.assignment.id}: {len(matter.applications)} stand")


def _ensure_may_correct(own: OwnApplications, application: Application) -> None:
    if not own.can_correct(application):
        raise DecisionToldError(f"application {application.id} is {application.state}, told {application.told}")


def _among(own: OwnApplications, application_id: ApplicationId) -> Application:
    found = next((one for one in own.applications if one.id == application_id), None)
    if found is None:
        raise NotFoundError(f"application {application_id} of assignment {own.matter.assignment.id}")
    return found


async def _stand_back(tx: Stores, matter: Matter, actor: Actor, source: str, now: datetime) -> None:
    """Whoever has taken back all of his does not take part: nobody reminds him."""
    left = await tx.applications.of_assignment(matter.assignment.id)
    if all(one.state is ApplicationState.WITHDRAWN for one in left) and not await tx.replies.has_source(source):
        reply = NewReply(matter.assignment.id, actor.person.id, Answer.NOT_APPLYING, None, now, source)
        await tx.replies.add(reply, comment=None)


async def _tell_above(tx: Stores, application: Application, actor: Actor, now: datetime) -> None:
    line = await tx.applications.line(application.occurrence_id)
    assert line is not None, "an application belongs to a selection"
    above = await tx.replies.coordinators_for(line.unit_id, with_own=True, besides=actor.person.id)
    notices = [
        NewNotice(
            key=f"application:{application.id}:{application.version}:freed:p{person_id}",
            person_id=person_id,
            kind=NoticeKind.INFO,
            due_at=now,
            expires_at=now + HELPS_FOR,
            unit_id=line.unit_id,
            detail={"event": "place_freed", "application": application.id, "was": application.state.value},
        )
        for person_id in above
    ]
    await tx.notices.plan(notices, now=now)


async def _selection(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    is_selection = matter is not None and matter.kind is ActivityKind.SELECTION
    if matter is None or not is_selection or not matter.assignment.can_be_answered_by(actor):
        raise NotFoundError(f"selection {assignment_id} for person {actor.person.id}")
    return matter


async def _his(tx: Stores, actor: Actor, application_id: ApplicationId) -> tuple[Application, Matter]:
    application = await tx.applications.get(application_id)
    if application is None:
        raise NotFoundError(f"application {application_id}")
    return application, await _selection(tx, actor, application.assignment_id)


async def _matter(tx: Stores, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    assert matter is not None, "it was read in this very transaction"
    return matter


async def _own(tx: Stores, matter: Matter, now: datetime) -> OwnApplications:
    every = await tx.applications.of_assignment(matter.assignment.id)
    standing = tuple(one for one in every if one.state is not ApplicationState.WITHDRAWN)
    is_open = matter.state is OccurrenceState.OPEN and not matter.is_withdrawn and now <= matter.due_at
    return OwnApplications(matter, standing, is_open)
