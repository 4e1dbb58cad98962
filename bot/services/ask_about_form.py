"""«Спросить коллегу»: one question of a form goes to somebody of the same school, and his answer into the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DomainError, NotFoundError
from bot.domain.forms import AskedState, Question, SubmissionState, Value
from bot.domain.ids import AskedQuestionId, PersonId, SubmissionId
from bot.domain.matters import Matter, OccurrenceState
from bot.domain.network import Actor
from bot.ports.asked_questions import AskedQuestion
from bot.ports.storage import Storage, Stores
from bot.ports.substitutes import Colleague
from bot.services.fill_form import Filling, Read, draft_of, ensure_likely, last_values
from bot.services.follow_asked import asked_notice, settle_asked

PAGE = 8


class AskedOverError(DomainError):
    """The question is settled: answered, declined or taken back; or nobody needs the answer: its matter is closed."""

    def __init__(self, asked: AskedQuestion) -> None:
        super().__init__(f"asked question {asked.id} is {asked.state}")
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Colleagues:
    """``page`` counts from 0, and is the last one where a later was asked for."""

    filling: Filling
    found: tuple[Colleague, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question as the colleague sees it. ``last``: last period's answer; ``value``: what stands now."""

    asked: AskedQuestion
    matter: Matter
    question: Question
    place: int
    last: Value | None
    value: Value | None


async def list_form_colleagues(
    storage: Storage, *, actor: Actor, submission_id: SubmissionId, page: int = 0
) -> Colleagues:
    """Who else of the school can be asked. Raises NotFoundError, FillingOverError."""
    async with storage.read() as tx:
        filling = await draft_of(tx, actor, submission_id)
        unit_id, besides = filling.matter.assignment.unit_id, actor.person.id
        _, total = await tx.asked_questions.colleagues(unit_id, besides, offset=0, limit=1)
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 0), pages - 1)
        found, _ = await tx.asked_questions.colleagues(unit_id, besides, offset=page * PAGE, limit=PAGE)
    return Colleagues(filling, found, page, pages)


async def ask_about_form(
    storage: Storage,
    *,
    actor: Actor,
    submission_id: SubmissionId,
    place: int,
    colleague_id: PersonId,
    now: datetime,
) -> Filling:
    """Asks one colleague; whoever was asked the same before need not answer any more. Asking the same twice asks once.

    Raises NotFoundError (also for somebody of another school), FillingOverError.
    """
    async with storage.write() as tx:
        filling = await draft_of(tx, actor, submission_id)
        question = filling.question(place)
        before = filling.asked.get(question.key)
        if before is not None and before.state is AskedState.WAITING:
            if before.colleague_id == colleague_id:
                return filling
            await settle_asked(tx, filling.matter, [before], AskedState.WITHDRAWN, now=now)
        is_of_school = await tx.asked_questions.is_colleague(filling.matter.assignment.unit_id, colleague_id)
        if not is_of_school or colleague_id == actor.person.id:
            raise NotFoundError(f"person {colleague_id} for submission {submission_id}")
        asked_id = await tx.asked_questions.ask(submission_id, question.key, colleague_id, by=actor.person.id, now=now)
        asked = await tx.asked_questions.asked(asked_id)
        assert asked is not None, "it was stored in this very transaction"
        told = asked_notice(filling.matter, asked, colleague_id, AskedState.WAITING, now=now)
        await tx.notices.plan([told], now=now)
        return await draft_of(tx, actor, submission_id)


async def take_back_asked(
    storage: Storage, *, actor: Actor, submission_id: SubmissionId, place: int, now: datetime
) -> Filling:
    """The colleague need not answer. Raises NotFoundError, FillingOverError."""
    async with storage.write() as tx:
        filling = await draft_of(tx, actor, submission_id)
        asked = filling.asked.get(filling.question(place).key)
        if asked is not None and asked.state is AskedState.WAITING:
            await settle_asked(tx, filling.matter, [asked], AskedState.WITHDRAWN, now=now)
        return await draft_of(tx, actor, submission_id)


async def show_asked(storage: Storage, *, actor: Actor, asked_id: AskedQuestionId) -> AskedView:
    """Raises NotFoundError for anybody but the colleague, AskedOverError."""
    async with storage.read() as tx:
        return await _open_view(tx, actor, asked_id)


async def answer_asked(
    storage: Storage, *, actor: Actor, asked_id: AskedQuestionId, read: Read, is_sure: bool = False, now: datetime
) -> AskedView:
    """His answer stands in the draft with his name, and the one who asked is told.

    Raises NotFoundError, AskedOverError, BadValueError, UnlikelyValueError.
    """
    async with storage.write() as tx:
        view = await _open_view(tx, actor, asked_id)
        value = read(view.question, view.last)
        ensure_likely(view.question, value, view.last, is_sure=is_sure)
        key, submission_id = view.asked.question, view.asked.submission_id
        await tx.forms.put(submission_id, key, value, by=actor.person.id, now=now)
        await settle_asked(tx, view.matter, [view.asked], AskedState.ANSWERED, now=now)
        return AskedView(view.asked, view.matter, view.question, view.place, view.last, value)


async def decline_asked(storage: Storage, *, actor: Actor, asked_id: AskedQuestionId, now: datetime) -> AskedView:
    """He does not know, and the one who asked is told. Raises NotFoundError, AskedOverError."""
    async with storage.write() as tx:
        view = await _open_view(tx, actor, asked_id)
        await settle_asked(tx, view.matter, [view.asked], AskedState.DECLINED, now=now)
        return view


async def view_asked(tx: Stores, asked_id: AskedQuestionId) -> AskedView | None:
    """None where the question is gone. In whatever state: the reader of a notice is told what is so by then."""
    asked = await tx.asked_questions.asked(asked_id)
    submission = None if asked is None else await tx.forms.submission(asked.submission_id)
    matter = None if submission is None else await tx.replies.matter(submission.assignment_id)
    if asked is None or submission is None or matter is None:
        return None
    place = [question.key for question in submission.version.questions].index(asked.question)
    last = await last_values(tx, submission.assignment_id, submission.version)
    given = submission.given.get(asked.question)
    question = submission.version.questions[place]
    return AskedView(asked, matter, question, place, last.get(asked.question), given.value if given else None)


async def _open_view(tx: Stores, actor: Actor, asked_id: AskedQuestionId) -> AskedView:
    view = await view_asked(tx, asked_id)
    if view is None or view.asked.colleague_id != actor.person.id:
        raise NotFoundError(f"asked question {asked_id} for person {actor.person.id}")
    submission = await tx.forms.submission(view.asked.submission_id)
    is_draft = submission is not None and submission.state is SubmissionState.DRAFT
    is_his = any(membership.unit.id == view.matter.assignment.unit_id for membership in actor.memberships)
    stands = view.matter.state is OccurrenceState.OPEN and not view.matter.is_withdrawn and not view.matter.is_accepted
    if view.asked.state is not AskedState.WAITING or not is_draft or not is_his or not stands:
        raise AskedOverError(view.asked)
    return view
