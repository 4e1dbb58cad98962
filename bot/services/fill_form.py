"""A form is filled in: by whoever answers for the matter, one question after another, and handed in as its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DomainError, NotFoundError
from bot.domain.form_values import carried, marked_value
from bot.domain.forms import AskedState, FormVersion, Given, Question, Submission, SubmissionState, Value, is_unlikely
from bot.domain.ids import ApplicationId, AssignmentId, PersonId, SubmissionId
from bot.domain.matters import ActivityKind, Answer, Matter
from bot.domain.network import Actor
from bot.ports.asked_questions import AskedQuestion
from bot.ports.storage import Storage, Stores
from bot.services.accept_reply import (
    AcceptedReply,
    AlreadyAnsweredError,
    GivenReply,
    accept_reply_in,
    check_reply_in,
)
from bot.services.apply import begun_from, follow_application
from bot.services.follow_asked import settle_asked

Read = Callable[[Question, Value | None], Value]
"""Makes the answer to a question, given last period's; raises BadValueError."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A filling as one of those who go on with it sees it. ``last``: last period's answers that fit, by question;
    ``asked``: the latest question to a colleague about each.
    """

    matter: Matter
    submission: Submission
    last: Mapping[str, Value]
    asked: Mapping[str, AskedQuestion]

    @property
    def waiting(self) -> frozenset[str]:
        """The questions that a colleague has been asked and has not answered."""
        return frozenset(key for key, one in self.asked.items() if one.state is AskedState.WAITING)

    @property
    def is_change(self) -> bool:
        """Something is handed in already, and stands until this is."""
        if self.is_application:
            return self.submission.application_id is not None
        return self.matter.form is not None and self.matter.form.is_handed_in

    @property
    def is_application(self) -> bool:
        """It becomes an application to a selection; any number of them may be begun and left."""
        return self.matter.kind is ActivityKind.SELECTION

    def question(self, place: int) -> Question:
        """The question at ``place``, from 0. Raises NotFoundError: a button of another version."""
        if not 0 <= place < len(self.submission.version.questions):
            raise NotFoundError(f"question {place} of submission {self.submission.id}")
        return self.submission.version.questions[place]


class FillingOverError(DomainError):
    """It is handed in, or was given up: nothing is changed in it any more."""

    def __init__(self, assignment_id: AssignmentId) -> None:
        super().__init__(f"the filling of assignment {assignment_id} is over")
        self.assignment_id = assignment_id


class AnsweredMeanwhileError(DomainError):
    """A colleague has answered the question since it was shown: his answer is shown before it is changed."""

    def __init__(self, filling: Filling, place: int) -> None:
        super().__init__(f"question {place} of submission {filling.submission.id} was answered by another")
        self.filling = filling
        self.place = place


class UnlikelyValueError(DomainError):
    """Ten times last period's figure, or a tenth of it: «точно?»."""

    def __init__(self, question: Question, value: Value, last: Value) -> None:
        super().__init__(f"an unlikely answer to question {question.key}")
        self.question = question
        self.value = value
        self.last = last


class FormIncompleteError(DomainError):
    """Required answers are missing."""

    def __init__(self, filling: Filling) -> None:
        super().__init__(f"submission {filling.submission.id} lacks {len(filling.submission.missing)} answers")
        self.filling = filling


async def open_filling(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    version: int | None,
    is_change: bool,
    now: datetime,
    application_id: ApplicationId | None = None,
) -> Filling:
    """The draft of the matter's form, begun where there is none: empty at first, with the answers of before after a
    return or on a change. Of a selection: of a new application, or of the one that is corrected.

    Raises NotFoundError (also where there is no form), OutdatedError, MatterClosedError, AlreadyAnsweredError; of a
    selection TooManyApplicationsError and DecisionToldError too.
    """
    reply = GivenReply(assignment_id, Answer.DONE, version=version, is_change=is_change)
    async with storage.write() as tx:
        matter = await check_reply_in(tx, actor=actor, reply=reply, now=now)
        draft = await tx.forms.draft(assignment_id)
        if draft is None and matter.kind is ActivityKind.SELECTION:
            before = await begun_from(tx, matter, application_id, now)
            draft = await _begun(tx, matter, actor, before, now, application_id=application_id)
        elif draft is None:
            if matter.form is not None and matter.form.is_handed_in and not is_change:
                raise AlreadyAnsweredError(matter)
            draft = await _begun(tx, matter, actor, await tx.forms.handed_in(assignment_id), now)
        return await _filling(tx, matter, draft)


async def show_filling(storage: Storage, *, actor: Actor, submission_id: SubmissionId) -> Filling:
    """The draft as it is now. Raises NotFoundError, FillingOverError."""
    async with storage.read() as tx:
        return await draft_of(tx, actor, submission_id)


async def give_value(
    storage: Storage,
    *,
    actor: Actor,
    submission_id: SubmissionId,
    place: int,
    read: Read,
    seen: PersonId | None,
    is_sure: bool = False,
    now: datetime,
) -> Filling:
    """Stores the answer to one question; the others, and what colleagues write at the same time, stay as they are.

    ``seen``: whose answer stood on the screen. A colleague who was asked this question need not answer any more.

    Raises NotFoundError, FillingOverError, MatterClosedError, BadValueError, AnsweredMeanwhileError, and
    UnlikelyValueError unless he ``is_sure``.
    """
    async with storage.write() as tx:
        filling = await _answerable(tx, actor, submission_id, now)
        question = filling.question(place)
        value = read(question, filling.last.get(question.key))
        ensure_own(filling, place, value, actor=actor, seen=seen)
        ensure_likely(question, value, filling.last.get(question.key), is_sure=is_sure)
        return await _put(tx, filling, question, value, actor=actor, now=now)


async def mark_option(
    storage: Storage,
    *,
    actor: Actor,
    submission_id: SubmissionId,
    place: int,
    option: int,
    is_on: bool,
    seen: PersonId | None,
    now: datetime,
) -> Filling:
    """One option of a question of several, marked or not marked any more; the others stay as they are.

    What is wanted is told, not that it is changed, so that the same tap twice does it once. Raises NotFoundError,
    FillingOverError, MatterClosedError, BadValueError, AnsweredMeanwhileError.
    """
    async with storage.write() as tx:
        filling = await _answerable(tx, actor, submission_id, now)
        question = filling.question(place)
        standing = filling.submission.given.get(question.key)
        value = marked_value(question, None if standing is None else standing.value, option, is_on=is_on)
        ensure_own(filling, place, value, actor=actor, seen=seen)
        return await _put(tx, filling, question, value, actor=actor, now=now)


async def hand_in_form(
    storage: Storage, *, actor: Actor, submission_id: SubmissionId, is_change: bool, source: str, now: datetime
) -> AcceptedReply:
    """The filling becomes the answer «Выполнено», of a selection an application, in one transaction; colleagues who
    were asked need not answer.

    ``is_change``: he saw the answer that stands. Handing in twice is a repeat.

    Raises NotFoundError, MatterClosedError, AlreadyAnsweredError, FormIncompleteError; of a selection
    TooManyApplicationsError and DecisionToldError too.
    """
    async with storage.write() as tx:
        submission = await _own_submission(tx, actor, submission_id)
        matter = await check_reply_in(tx, actor=actor, reply=GivenReply(submission.assignment_id, None), now=now)
        if submission.state is not SubmissionState.DRAFT:
            return AcceptedReply(matter, is_repeat=True)
        filling = await _filling(tx, matter, submission)
        if submission.missing:
            raise FormIncompleteError(filling)
        reply = GivenReply(submission.assignment_id, Answer.DONE, is_change=is_change)
        accepted = await accept_reply_in(tx, actor=actor, reply=reply, source=source, now=now, is_filled=True)
        await tx.forms.hand_in(submission_id, by=actor.person.id, now=now)
        if filling.is_application:
            await follow_application(tx, matter, submission, actor=actor, now=now)
        waiting = [one for one in filling.asked.values() if one.state is AskedState.WAITING]
        await settle_asked(tx, matter, waiting, AskedState.WITHDRAWN, now=now)
        return AcceptedReply(await _matter(tx, submission.assignment_id), accepted.is_repeat)


async def give_up_changes(storage: Storage, *, actor: Actor, submission_id: SubmissionId, now: datetime) -> Matter:
    """What was handed in before stays as it is; an application that was only begun is forgotten.

    Raises NotFoundError, FillingOverError; nothing else is given up.
    """
    async with storage.write() as tx:
        filling = await draft_of(tx, actor, submission_id)
        if not filling.is_change and not filling.is_application:
            raise NotFoundError(f"submission {submission_id} changes nothing")
        await tx.forms.drop(submission_id)
        return await _matter(tx, filling.submission.assignment_id)


def ensure_own(filling: Filling, place: int, value: Value, *, actor: Actor, seen: PersonId | None) -> None:
    """Raises AnsweredMeanwhileError where another's answer would be replaced that he has not seen."""
    standing = filling.submission.given.get(filling.question(place).key)
    if standing is not None and standing.value != value and standing.person_id not in (actor.person.id, seen):
        raise AnsweredMeanwhileError(filling, place)


def ensure_likely(question: Question, value: Value, last: Value | None, *, is_sure: bool) -> None:
    """Raises UnlikelyValueError for a figure that is ten times last period's, unless he is sure."""
    if last is not None and question.kind.is_figure and not is_sure and is_unlikely(value.number, last.number):
        raise UnlikelyValueError(question, value, last)


async def draft_of(tx: Stores, actor: Actor, submission_id: SubmissionId) -> Filling:
    """The draft with its matter, for those who answer for it. Raises NotFoundError, FillingOverError."""
    submission = await _own_submission(tx, actor, submission_id)
    if submission.state is not SubmissionState.DRAFT:
        raise FillingOverError(submission.assignment_id)
    return await _filling(tx, await _matter(tx, submission.assignment_id), submission)


async def last_values(tx: Stores, assignment_id: AssignmentId, version: FormVersion) -> Mapping[str, Value]:
    """What the same one handed in last time, as far as it answers these questions."""
    previous = await tx.forms.previous(assignment_id)
    if previous is None:
        return {}
    values = {key: given.value for key, given in previous.given.items() if not given.value.is_skipped}
    return carried(previous.version, version, values)


async def _answerable(tx: Stores, actor: Actor, submission_id: SubmissionId, now: datetime) -> Filling:
    filling = await draft_of(tx, actor, submission_id)
    await check_reply_in(tx, actor=actor, reply=GivenReply(filling.matter.assignment.id, None), now=now)
    return filling


async def _put(
    tx: Stores, filling: Filling, question: Question, value: Value, *, actor: Actor, now: datetime
) -> Filling:
    """A colleague who was asked this question need not answer any more. What stands already stays as it is."""
    standing = filling.submission.given.get(question.key)
    if standing is not None and standing.value == value:
        return filling
    await tx.forms.put(filling.submission.id, question.key, value, by=actor.person.id, now=now)
    asked = filling.asked.get(question.key)
    if asked is not None and asked.state is AskedState.WAITING:
        await settle_asked(tx, filling.matter, [asked], AskedState.WITHDRAWN, now=now)
    return await draft_of(tx, actor, filling.submission.id)


async def _own_submission(tx: Stores, actor: Actor, submission_id: SubmissionId) -> Submission:
    submission = await tx.forms.submission(submission_id)
    if submission is not None:
        matter = await tx.replies.matter(submission.assignment_id)
        if matter is not None and matter.assignment.can_be_answered_by(actor):
            return submission
    raise NotFoundError(f"submission {submission_id} for person {actor.person.id}")


async def _begun(
    tx: Stores,
    matter: Matter,
    actor: Actor,
    before: Submission | None,
    now: datetime,
    *,
    application_id: ApplicationId | None = None,
) -> Submission:
    assignment_id = matter.assignment.id
    form = await tx.forms.form_of(assignment_id)
    if form is None:
        raise NotFoundError(f"assignment {assignment_id} has no form")
    given: dict[str, Given] = {}
    if before is not None:
        fitting = carried(before.version, form.version, {key: one.value for key, one in before.given.items()})
        given = {key: before.given[key] for key in fitting}
    begun_id = await tx.forms.begin(
        assignment_id, form.version.id, given, by=actor.person.id, now=now, application_id=application_id
    )
    begun = await tx.forms.submission(begun_id)
    assert begun is not None, "it was stored in this very transaction"
    return begun


async def _filling(tx: Stores, matter: Matter, submission: Submission) -> Filling:
    last = await last_values(tx, submission.assignment_id, submission.version)
    asked = {one.question: one for one in await tx.asked_questions.of_submission(submission.id)}
    return Filling(matter, submission, last, asked)


async def _matter(tx: Stores, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    assert matter is not None, "a submission belongs to an assignment"
    return matter
