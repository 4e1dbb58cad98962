"""A coordinator reads applications one by one, the next one by itself, and puts each on a list or on none."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import NotFoundError
from bot.domain.ids import ApplicationId, OccurrenceId
from bot.domain.selection import Application, ApplicationMovedError, ApplicationState, BoundExceededError
from bot.services.select_applicants import (
    ReadApplication,
    decide_application,
    history_of,
    move_in_reserve,
    next_waiting,
    read_application,
)
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import (
    DecideApplication,
    DeclineApplicationSilently,
    ReadWaiting,
    Reorder,
    SendApplicationFile,
    ShowApplication,
    ShowApplicationHistory,
)
from handlers.selections.reading_screens import (
    Screen,
    application_screen,
    decline_screen,
    done_screen,
    history_screen,
    put_news,
    sure_screen,
)
from handlers.selections.states import DecliningApplication
from handlers.selections.wording import who
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel

_QUESTION = 200


def build_router() -> Router:
    router = Router(name="reading applications")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_next, ReadWaiting.filter())
    router.callback_query.register(on_one, ShowApplication.filter())
    router.callback_query.register(on_decline, DecideApplication.filter(F.to == ApplicationState.DECLINED))
    router.callback_query.register(on_decide, DecideApplication.filter())
    router.callback_query.register(on_decline_silently, DeclineApplicationSilently.filter())
    router.callback_query.register(on_reorder, Reorder.filter())
    router.callback_query.register(on_history, ShowApplicationHistory.filter())
    router.callback_query.register(on_file, SendApplicationFile.filter())
    drop_by_cancel(router, DecliningApplication.reason, words="application-decline-dropped")
    router.message.register(on_reason, IS_LINE, StateFilter(DecliningApplication.reason))
    router.message.register(on_no_text, ~F.text, StateFilter(DecliningApplication.reason))
    return router


async def on_next(query: CallbackQuery, callback_data: ReadWaiting, scene: Scene) -> None:
    await leave_reason(scene)
    occurrence_id = OccurrenceId(callback_data.occurrence)
    read = await next_waiting(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, after=callback_data.after
    )  # fmt: skip
    if read is None:
        await toast(query, "toast-decisions-none")
        return
    await toast(query)
    await show(query, *_card(scene, read))


async def on_one(query: CallbackQuery, callback_data: ShowApplication, scene: Scene) -> None:
    await leave_reason(scene)
    read = await _read(scene, ApplicationId(callback_data.application))
    await toast(query)
    await show(query, *_card(scene, read))


async def on_decide(query: CallbackQuery, callback_data: DecideApplication, scene: Scene) -> None:
    tap = callback_data
    sure_of = [int(taken) for taken in tap.sure.split(".") if taken.isdigit()]
    before = await _read(scene, ApplicationId(tap.application))
    try:
        read = await _decided(scene, before, tap.version, tap.to, sure_of=sure_of)
    except ApplicationMovedError:
        await _moved(query, scene, ApplicationId(tap.application))
        return
    except BoundExceededError as refusal:
        await toast(query)
        await show(query, *sure_screen(refusal, before))
        return
    await toast(query)
    await show(query, *await _following(scene, before, read))


async def on_decline(query: CallbackQuery, callback_data: DecideApplication, scene: Scene) -> None:
    """Nothing is decided yet: first a word to the applicant, or «Без объяснения»."""
    read = await _read(scene, ApplicationId(callback_data.application))
    if read.application.version != callback_data.version:
        await _moved(query, scene, read.application.id)
        return
    await scene.state.set_state(DecliningApplication.reason)
    await scene.state.set_data({"application": read.application.id, "version": callback_data.version})
    await toast(query)
    await show(query, *decline_screen(read))


async def on_decline_silently(query: CallbackQuery, callback_data: DeclineApplicationSilently, scene: Scene) -> None:
    await leave_reason(scene)
    before = await _read(scene, ApplicationId(callback_data.application))
    try:
        read = await _decided(scene, before, callback_data.version, ApplicationState.DECLINED)
    except ApplicationMovedError:
        await _moved(query, scene, before.application.id)
        return
    await toast(query)
    await show(query, *await _following(scene, before, read))


async def on_reason(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    await scene.state.clear()
    before = await _read(scene, ApplicationId(asked["application"]))
    try:
        read = await _decided(
            scene, before, int(asked["version"]), ApplicationState.DECLINED, reason=message.text or ""
        )
    except ApplicationMovedError:
        await message.answer(say("application-moved-meanwhile"))
        text, buttons = _card(scene, await _read(scene, before.application.id))
    else:
        text, buttons = await _following(scene, before, read)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_no_text(message: Message) -> None:
    await message.answer(say("selection-only-text"))


async def on_reorder(query: CallbackQuery, callback_data: Reorder, scene: Scene) -> None:
    tap = callback_data
    read = await move_in_reserve(
        scene.storage,
        actor=scene.actor,
        application_id=ApplicationId(tap.application),
        version=tap.version,
        up=tap.up,
        now=scene.now,
    )
    await toast(query)
    await show(query, *_card(scene, read))


async def on_history(query: CallbackQuery, callback_data: ShowApplicationHistory, scene: Scene) -> None:
    application_id = ApplicationId(callback_data.application)
    application, moves = await history_of(scene.storage, actor=scene.actor, application_id=application_id)
    await toast(query)
    await show(query, *history_screen(application, moves, scene.reader))


async def on_file(query: CallbackQuery, callback_data: SendApplicationFile, scene: Scene) -> None:
    """By the messenger's own id: nothing is downloaded."""
    read = await _read(scene, ApplicationId(callback_data.application))
    questions = read.submission.version.questions if read.submission else ()
    question = questions[callback_data.place] if 0 <= callback_data.place < len(questions) else None
    given = read.submission.given.get(question.key) if read.submission and question else None
    if question is None or given is None or given.value.file_id is None:
        raise NotFoundError(f"file {callback_data.place} of application {callback_data.application}")
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    caption = say(
        "application-file-caption", question=shorten(question.text, _QUESTION), who=who(read.application)
    )  # fmt: skip
    send = query.bot.send_photo if given.value.is_photo else query.bot.send_document
    try:
        await send(query.from_user.id, given.value.file_id, caption=caption)
    except TelegramBadRequest:  # the messenger has forgotten it
        await toast(query, "toast-application-no-file", alert=True)
        return
    await toast(query)


async def leave_reason(scene: Scene) -> None:
    """Who has gone elsewhere by a button has dropped the question."""
    if await scene.state.get_state() == DecliningApplication.reason.state:
        await scene.state.clear()


async def _read(scene: Scene, application_id: ApplicationId) -> ReadApplication:
    return await read_application(scene.storage, actor=scene.actor, application_id=application_id)


async def _decided(
    scene: Scene,
    before: ReadApplication,
    version: int,
    to: ApplicationState,
    *,
    reason: str = "",
    sure_of: Sequence[int] = (),
) -> ReadApplication:
    return await decide_application(
        scene.storage,
        actor=scene.actor,
        application_id=before.application.id,
        version=version,
        to=to,
        reason=reason,
        sure_of=sure_of,
        now=scene.now,
    )


async def _following(scene: Scene, before: ReadApplication, read: ReadApplication) -> Screen:
    """The next one that waits, where this one did; one of a list is shown as it stands now."""
    application = read.application
    news = put_news(application)
    if before.application.state is not ApplicationState.WAITING:
        return _card(scene, read, news=news)
    following = await next_waiting(
        scene.storage, actor=scene.actor, occurrence_id=application.occurrence_id, after=application.id
    )
    if following is None:
        return done_screen(read.view, news, application)
    return _card(scene, following, news=news, last=application)


async def _moved(query: CallbackQuery, scene: Scene, application_id: ApplicationId) -> None:
    read = await _read(scene, application_id)
    await toast(query, "toast-application-moved", alert=True)
    await show(query, *_card(scene, read))


def _card(
    scene: Scene, read: ReadApplication, *, news: Markup | None = None, last: Application | None = None
) -> Screen:
    who = scene.actor.person.id
    return application_screen(read, by=who, reader=scene.reader, now=scene.now, news=news, last=last)
