"""Filling in a form by taps: one message that is edited from question to question, until the whole is handed in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.domain.errors import DomainError, OutdatedError
from bot.domain.form_values import (
    BadValueError,
    ValueProblem,
    absent_value,
    chosen_value,
    read_value,
    several_value,
    skipped_value,
)
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import ApplicationId, AssignmentId, PersonId, SubmissionId
from bot.domain.matters import ActivityKind
from bot.domain.network import Actor
from bot.domain.selection import DecisionToldError, TooManyApplicationsError
from bot.ports.storage import Storage
from bot.services.accept_reply import AlreadyAnsweredError, MatterClosedError, find_own_matter
from bot.services.fill_form import (
    AnsweredMeanwhileError,
    Filling,
    FillingOverError,
    FormIncompleteError,
    Read,
    UnlikelyValueError,
    give_up_changes,
    give_value,
    hand_in_form,
    mark_option,
    open_filling,
    show_filling,
)
from bot.texts.catalogue import Markup, say
from bot.texts.times import stamp
from bot.texts.wording import short_name
from handlers.answers.answering import refuse
from handlers.answers.tap import Tap
from handlers.filters import IsRegistered
from handlers.forms.callbacks import Act, GiveUpChanges, HandIn, LeaveForm, OpenForm, ShowQuestion, ShowWhole, TapValue
from handlers.forms.question_screens import (
    Glance,
    chosen_of,
    meanwhile,
    question_screen,
    refused,
    seen_by,
    taken,
    unlikely,
)
from handlers.forms.states import FillingIn
from handlers.forms.whole_screens import whole_screen
from handlers.showing import show, toast

_REFUSALS = (
    OutdatedError, MatterClosedError, AlreadyAnsweredError, TooManyApplicationsError, DecisionToldError,
)  # fmt: skip


def build_router() -> Router:
    router = Router(name="filling in a form")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_open, OpenForm.filter())
    router.callback_query.register(on_question, ShowQuestion.filter())
    router.callback_query.register(on_tap, TapValue.filter())
    router.callback_query.register(on_whole, ShowWhole.filter())
    router.callback_query.register(on_hand_in, HandIn.filter())
    router.callback_query.register(on_leave, LeaveForm.filter())
    router.callback_query.register(on_give_up, GiveUpChanges.filter())
    return router


class Scene:
    """Where a tap on a form happens, and how its message changes."""

    def __init__(
        self, query: CallbackQuery, actor: Actor, storage: Storage, state: FSMContext, reader: ZoneInfo, now: datetime
    ) -> None:
        self.tap = Tap(query, actor, reader, now, listed=True)
        self.storage = storage
        self.state = state

    async def question(
        self, filling: Filling, place: int, news: Markup | None = None, *, unsure: Value | None = None
    ) -> None:
        """The question in place of the message; typed words are its answer from now on."""
        message = self.tap.query.message
        await await_answer(self.state, filling, place, message.message_id if message else None, unsure=unsure)
        glance = Glance(filling, self.tap.actor.person.id, self.tap.today, news)
        await show(self.tap.query, *question_screen(glance, place, unsure=unsure))

    async def go_on(self, filling: Filling, after: int, news: Markup | None = None) -> None:
        """The next open question, or the whole."""
        place = filling.submission.next_open(after, waiting=filling.waiting)
        if place is None:
            await self.whole(filling, news)
        else:
            await self.question(filling, place, news)

    async def whole(self, filling: Filling, news: Markup | None = None, page: int | None = None) -> None:
        await self.state.clear()
        glance = Glance(filling, self.tap.actor.person.id, self.tap.today, news)
        await show(self.tap.query, *whole_screen(glance, page))

    async def over(self, refusal: FillingOverError) -> None:
        """The card as it is now: the form was handed in, by a colleague or from another message."""
        await self.state.clear()
        await toast(self.tap.query, "toast-form-over", alert=True)
        actor, assignment_id = self.tap.actor, refusal.assignment_id
        await self.tap.show(await find_own_matter(self.storage, actor=actor, assignment_id=assignment_id))

    async def refuse(self, assignment_id: AssignmentId, refusal: DomainError) -> None:
        await self.state.clear()
        await refuse(self.tap, self.storage, assignment_id, refusal)


async def await_answer(
    state: FSMContext,
    filling: Filling,
    place: int,
    message_id: int | None,
    *,
    unsure: Value | None = None,
    typed_id: int | None = None,
) -> None:
    """What is typed next answers this question of the form, shown in that message; ``typed_id`` was typed before it."""
    await state.set_state(FillingIn.answering)
    await state.set_data(
        {
            "submission": filling.submission.id,
            "assignment": filling.matter.assignment.id,
            "place": place,
            "seen": seen_by(filling, place),
            "message": message_id,
            "unsure": None if unsure is None else unsure.text,
            "typed": typed_id,
        }
    )


async def on_open(
    query: CallbackQuery, callback_data: OpenForm, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        filling = await open_filling(
            app_storage,
            actor=actor,
            assignment_id=assignment_id,
            version=callback_data.version,
            is_change=callback_data.is_change,
            now=now,
            application_id=ApplicationId(callback_data.application) if callback_data.application else None,
        )
    except _REFUSALS as refusal:
        await scene.refuse(assignment_id, refusal)
        return
    await toast(query)
    await scene.go_on(filling, after=-1, news=_begun_by_colleague(filling, actor, reader))


def _begun_by_colleague(filling: Filling, actor: Actor, reader: ZoneInfo) -> Markup | None:
    """What is there already is another's: his own answers need no word."""
    draft = filling.submission
    if draft.begun_by == actor.person.id or not draft.begun_by_name:
        return None
    return say("form-begun-by", name=short_name(draft.begun_by_name), at=stamp(draft.begun_at, reader))


async def on_question(
    query: CallbackQuery, callback_data: ShowQuestion, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    try:
        filling = await show_filling(app_storage, actor=actor, submission_id=SubmissionId(callback_data.submission))
    except FillingOverError as refusal:
        await scene.over(refusal)
        return
    await toast(query)
    await scene.question(filling, callback_data.place)


async def on_tap(
    query: CallbackQuery, callback_data: TapValue, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    submission_id, place = SubmissionId(callback_data.submission), callback_data.place
    asked = await state.get_data()
    is_here = (asked.get("submission"), asked.get("place")) == (submission_id, place)
    unsure = asked.get("unsure") if is_here else None
    try:
        filling, news = await _tapped(callback_data, scene, actor, unsure, now)
    except FillingOverError as refusal:
        await scene.over(refusal)
    except MatterClosedError as refusal:
        if "assignment" not in asked:
            raise
        await scene.refuse(AssignmentId(asked["assignment"]), refusal)
    except AnsweredMeanwhileError as refusal:
        await toast(query)
        await scene.question(refusal.filling, place, meanwhile(refusal))
    except (BadValueError, UnlikelyValueError) as refusal:
        await toast(query)
        filling = await show_filling(app_storage, actor=actor, submission_id=submission_id)
        words = refused(refusal) if isinstance(refusal, BadValueError) else unlikely(refusal)
        await scene.question(filling, place, words)
    else:
        await toast(query)
        if callback_data.act in (Act.MARK, Act.UNMARK):
            await scene.question(filling, place)
        else:
            await scene.go_on(filling, place, news)


async def _tapped(
    tap: TapValue, scene: Scene, actor: Actor, unsure: str | None, now: datetime
) -> tuple[Filling, Markup | None]:
    """The filling with what was tapped in it, and the words for that; None where what stands is kept."""
    submission_id = SubmissionId(tap.submission)
    if tap.act is Act.KEEP or (tap.act is Act.SURE and unsure is None):
        filling = await show_filling(scene.storage, actor=actor, submission_id=submission_id)
        return filling, _marked(filling, tap.place)
    seen = PersonId(tap.seen) if tap.seen else None
    if tap.act in (Act.MARK, Act.UNMARK):
        filling = await mark_option(
            scene.storage,
            actor=actor,
            submission_id=submission_id,
            place=tap.place,
            option=tap.option,
            is_on=tap.act is Act.MARK,
            seen=seen,
            now=now,
        )
        return filling, None
    filling = await give_value(
        scene.storage,
        actor=actor,
        submission_id=submission_id,
        place=tap.place,
        read=tapped(tap.act, tap.option, scene.tap.today, unsure),
        seen=seen,
        is_sure=tap.act is Act.SURE,
        now=now,
    )
    question = filling.question(tap.place)
    return filling, taken(question, filling.submission.given[question.key].value)


def _marked(filling: Filling, place: int) -> Markup | None:
    """«Готово» under several choices takes what the taps have marked: it is the tap that answers the question."""
    question = filling.question(place)
    given = filling.submission.given.get(question.key)
    if question.kind is not QuestionKind.SEVERAL or given is None or given.value.is_skipped:
        return None
    return taken(question, given.value)


async def on_whole(
    query: CallbackQuery, callback_data: ShowWhole, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    try:
        filling = await show_filling(app_storage, actor=actor, submission_id=SubmissionId(callback_data.submission))
    except FillingOverError as refusal:
        await scene.over(refusal)
        return
    await toast(query)
    await scene.whole(filling, page=callback_data.page)


async def on_hand_in(
    query: CallbackQuery, callback_data: HandIn, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime, source: str,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    submission_id = SubmissionId(callback_data.submission)
    try:
        accepted = await hand_in_form(
            app_storage,
            actor=actor,
            submission_id=submission_id,
            is_change=callback_data.is_change,
            source=source,
            now=now,
        )
    except FormIncompleteError as refusal:
        gaps = len(refusal.filling.submission.missing)
        await toast(query, "toast-form-missing", alert=True, n=gaps)
        await scene.whole(refusal.filling)
        return
    except (TooManyApplicationsError, DecisionToldError) as refusal:
        submission = await show_filling(app_storage, actor=actor, submission_id=submission_id)
        await scene.refuse(submission.matter.assignment.id, refusal)
        return
    except (AlreadyAnsweredError, MatterClosedError) as refusal:
        if isinstance(refusal, AlreadyAnsweredError):
            await toast(query)
            await scene.whole(await show_filling(app_storage, actor=actor, submission_id=submission_id))
        else:
            await toast(query, "toast-closed", alert=True)
        return
    await state.clear()
    is_application = accepted.matter.kind is ActivityKind.SELECTION
    taken_as = "toast-application-sent" if is_application else "toast-form-handed-in"
    await toast(query, "toast-form-over" if accepted.is_repeat else taken_as)
    await scene.tap.show(accepted.matter)


async def on_leave(
    query: CallbackQuery, callback_data: LeaveForm, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    await state.clear()
    await toast(query, "toast-form-later")
    assignment_id = AssignmentId(callback_data.assignment)
    matter = await find_own_matter(app_storage, actor=actor, assignment_id=assignment_id)
    await Tap(query, actor, reader, now, listed=True).show(matter)


async def on_give_up(
    query: CallbackQuery, callback_data: GiveUpChanges, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    try:
        submission_id = SubmissionId(callback_data.submission)
        matter = await give_up_changes(app_storage, actor=actor, submission_id=submission_id, now=now)
    except FillingOverError as refusal:
        await scene.over(refusal)
        return
    await state.clear()
    is_new = matter.kind is ActivityKind.SELECTION
    await toast(query, "toast-application-dropped" if is_new else "toast-form-given-up")
    await scene.tap.show(matter)


def tapped(act: Act, option: int, today: date, unsure: str | None = None) -> Read:
    """How a tap answers a question; ``unsure``: what was typed and asked about."""

    def read(question: Question, last: Value | None) -> Value:
        match act:
            case Act.LAST if last is not None:
                return last
            case Act.TODAY:
                return read_value(question, today.isoformat(), today=today)
            case Act.SKIP:
                return skipped_value(question)
            case Act.SURE if unsure is not None:
                return read_value(question, unsure, today=today)
            case Act.OPTION:
                return chosen_value(question, option)
            case Act.ABSENT:
                return absent_value(question)
            case Act.SET:
                return several_value(question, chosen_of(question, option))
        raise BadValueError(ValueProblem.EMPTY, question)

    return read
