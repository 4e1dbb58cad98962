"""After an event, for those invited: two questions, the recording, a certificate, what was missed, the series."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.afterwards import MAX_LINE, BadFeedbackError, NoCertificateError
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, MaterialId
from bot.services.export_attendance import Certificate, certificate
from bot.services.give_feedback import GivenFeedback, given_feedback, rate_event, write_feedback
from bot.services.hand_out import fetch_material, handed_out
from bot.services.show_series import list_missed, my_series
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.filters import IsRegistered
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.webinars import afterwards_callbacks as to
from handlers.webinars.afterwards_states import AfterEvent
from handlers.webinars.files import send_material
from handlers.webinars.visitor_screens import (
    line_screen,
    materials_screen,
    missed_screen,
    my_series_screen,
    thanks_screen,
)

MakeCertificate = Callable[[Certificate], Awaitable[bytes]]
_TITLE = 200


def build_router() -> Router:
    router = Router(name="after events, for those invited")
    for observer in (router.message, router.callback_query):
        observer.filter(IsRegistered())
        observer.middleware(SceneMiddleware())
    drop_by_cancel(router, AfterEvent.line, words="toast-feedback-thanks")
    router.message.register(on_line, IS_LINE, StateFilter(AfterEvent.line))
    router.message.register(on_no_text, ~F.text, StateFilter(AfterEvent.line))
    router.callback_query.register(on_rate, to.RateEvent.filter())
    router.callback_query.register(on_write, to.WriteLine.filter())
    router.callback_query.register(on_skip, to.SkipLine.filter())
    router.callback_query.register(on_materials, to.ShowMaterials.filter())
    router.callback_query.register(on_file, to.GetMaterial.filter())
    router.callback_query.register(on_certificate, to.GetCertificate.filter())
    router.callback_query.register(on_missed, to.ShowMissed.filter())
    router.callback_query.register(on_series, to.ShowMySeries.filter())
    return router


async def on_rate(query: CallbackQuery, callback_data: to.RateEvent, scene: Scene) -> None:
    """The words after it are awaited at once, unless he is in the middle of something else."""
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        given = await rate_event(
            scene.storage,
            actor=scene.actor,
            assignment_id=assignment_id,
            rating=callback_data.rating,
            now=scene.now,
        )
    except (NotFoundError, BadFeedbackError):
        await toast(query, "toast-feedback-not-there", alert=True)
        return
    is_free = await scene.state.get_state() in (None, AfterEvent.line.state)
    if is_free:
        await _await_line(scene, assignment_id)
    await toast(query, "toast-feedback-thanks")
    await show(query, *line_screen(given.matter, given.feedback, is_awaited=is_free))


async def on_write(query: CallbackQuery, callback_data: to.WriteLine, scene: Scene) -> None:
    given = await _given(query, scene, callback_data.assignment)
    if given is None:
        return
    await _await_line(scene, given.matter.assignment.id)
    await toast(query)
    await show(query, *line_screen(given.matter, given.feedback, is_awaited=True))


async def on_skip(query: CallbackQuery, callback_data: to.SkipLine, scene: Scene) -> None:
    await _leave(scene)
    given = await _given(query, scene, callback_data.assignment)
    if given is None:
        return
    await toast(query)
    await show(query, *thanks_screen(given.matter, given.feedback))


async def on_line(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    assignment_id = AssignmentId(asked["assignment"])
    try:
        await write_feedback(
            scene.storage, actor=scene.actor, assignment_id=assignment_id, text=message.text or "", now=scene.now
        )
    except BadFeedbackError:
        skip = button("button-feedback-skip", to.SkipLine(assignment=assignment_id))
        await message.answer(say("feedback-wrong", limit=MAX_LINE), reply_markup=keyboard([skip]))
        return
    except NotFoundError:
        await message.answer(say("toast-feedback-not-there"))
    else:
        await message.answer(say("feedback-taken"))
    await scene.state.clear()


async def on_no_text(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    skip = button("button-feedback-skip", to.SkipLine(assignment=asked["assignment"]))
    await message.answer(say("feedback-only-text"), reply_markup=keyboard([skip]))


async def on_materials(query: CallbackQuery, callback_data: to.ShowMaterials, scene: Scene) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    handed = await handed_out(scene.storage, actor=scene.actor, assignment_id=assignment_id)
    await toast(query)
    await show(query, *materials_screen(handed.matter, handed.materials))


async def on_file(query: CallbackQuery, callback_data: to.GetMaterial, scene: Scene) -> None:
    try:
        material = await fetch_material(
            scene.storage,
            actor=scene.actor,
            assignment_id=AssignmentId(callback_data.assignment),
            material_id=MaterialId(callback_data.material),
        )
    except NotFoundError:
        await toast(query, "toast-material-gone", alert=True)
        return
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    if material.file_id is not None:
        caption = say("materials-file", title=shorten(material.title, _TITLE))
        await send_material(query.bot, query.from_user.id, material.file_id, caption)


async def on_certificate(
    query: CallbackQuery, callback_data: to.GetCertificate, scene: Scene, certificate_file: MakeCertificate
) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        made = await certificate(scene.storage, actor=scene.actor, assignment_id=assignment_id)
    except NoCertificateError as refusal:
        await toast(query, "toast-certificate-none", alert=True, reason="absent" if refusal.is_given else "off")
        return
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    day = short_day(made.event.due_at.astimezone(scene.reader).date())
    name = plain("after-file-certificate", date=day, paper=made.event.details.certificate_as.value)
    file = BufferedInputFile(await certificate_file(made), name)
    caption: Markup = say("certificate-caption", title=shorten(made.event.title, _TITLE))
    await query.bot.send_document(query.from_user.id, file, caption=caption)


async def on_missed(query: CallbackQuery, callback_data: to.ShowMissed, scene: Scene) -> None:
    found = await list_missed(scene.storage, actor=scene.actor, page=callback_data.page, now=scene.now)
    await toast(query)
    await show(query, *missed_screen(found, reader=scene.reader))


async def on_series(query: CallbackQuery, callback_data: to.ShowMySeries, scene: Scene) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    found = await my_series(scene.storage, actor=scene.actor, assignment_id=assignment_id, now=scene.now)
    await toast(query)
    await show(query, *my_series_screen(found, callback_data, reader=scene.reader, now=scene.now))


async def _given(query: CallbackQuery, scene: Scene, assignment: int) -> GivenFeedback | None:
    try:
        return await given_feedback(scene.storage, actor=scene.actor, assignment_id=AssignmentId(assignment))
    except NotFoundError:
        await toast(query, "toast-feedback-not-there", alert=True)
        return None


async def _await_line(scene: Scene, assignment_id: AssignmentId) -> None:
    await scene.state.set_state(AfterEvent.line)
    await scene.state.set_data({"assignment": assignment_id})


async def _leave(scene: Scene) -> None:
    if await scene.state.get_state() == AfterEvent.line.state:
        await scene.state.clear()
