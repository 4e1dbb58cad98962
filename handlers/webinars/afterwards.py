"""«После события»: the recording is added and sent round, feedback is read, files are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.afterwards import MOST_AFTER
from bot.domain.event_drafts import DraftMaterial
from bot.domain.event_fields import linked_material
from bot.domain.events import MaterialPhase
from bot.domain.ids import MaterialId, OccurrenceId
from bot.domain.webinars import BadWebinarError
from bot.services.export_attendance import AttendanceExport, export_attendance
from bot.services.hand_out import TooManyMaterialsError, add_material, drop_material, send_materials
from bot.services.mark_attendance import TooEarlyError
from bot.services.show_afterwards import show_afterwards, show_feedback, switch_afterwards
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day, stamp
from handlers.filters import IsCoordinator
from handlers.people.buttons import keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.webinars import afterwards_callbacks as to
from handlers.webinars.afterwards_screens import afterwards_screen, back, feedback_screen, sure_screen
from handlers.webinars.afterwards_states import AfterEvent
from handlers.webinars.files import sent_material

MakeAttendanceFile = Callable[[AttendanceExport, ZoneInfo, datetime], Awaitable[bytes]]
MakeSignList = Callable[[AttendanceExport], Awaitable[bytes]]


def build_router() -> Router:
    router = Router(name="after events")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    drop_by_cancel(router, AfterEvent.material, words="after-ask-dropped")
    router.message.register(on_file, F.document | F.photo, StateFilter(AfterEvent.material))
    router.message.register(on_link, IS_LINE, StateFilter(AfterEvent.material))
    router.message.register(on_other, ~F.text, StateFilter(AfterEvent.material))
    router.callback_query.register(on_show, to.ShowAfterwards.filter())
    router.callback_query.register(on_add, to.AddMaterial.filter())
    router.callback_query.register(on_drop, to.DropMaterial.filter())
    router.callback_query.register(on_send_sure, to.SendMaterials.filter(F.is_sure))
    router.callback_query.register(on_send, to.SendMaterials.filter(~F.is_sure))
    router.callback_query.register(on_feedback, to.ShowFeedback.filter())
    router.callback_query.register(on_switch_feedback, to.SwitchFeedback.filter())
    router.callback_query.register(on_switch_certificate, to.SwitchCertificate.filter())
    router.callback_query.register(on_certify_as, to.CertifyAs.filter())
    router.callback_query.register(on_table, to.GetEventFile.filter(F.file == to.EventFile.TABLE))
    router.callback_query.register(on_sign_list, to.GetEventFile.filter(F.file == to.EventFile.SIGN_LIST))
    return router


async def on_show(query: CallbackQuery, callback_data: to.ShowAfterwards, scene: Scene) -> None:
    """Also the way out of the question for a link."""
    if await scene.state.get_state() == AfterEvent.material.state:
        await scene.state.clear()
    await _show(query, scene, callback_data.occurrence)


async def on_add(query: CallbackQuery, callback_data: to.AddMaterial, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await show_afterwards(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await scene.state.set_state(AfterEvent.material)
    await scene.state.set_data({"occurrence": occurrence_id})
    await toast(query)
    await show(query, say("after-ask"), keyboard([back(occurrence_id)]))


async def on_file(message: Message, scene: Scene) -> None:
    try:
        material = sent_material(message, MaterialPhase.AFTER)
    except BadWebinarError as refusal:
        asked = await scene.state.get_data()
        words = say(f"webinar-wrong-{refusal.problem.value}")
        await message.answer(words, reply_markup=keyboard([back(asked["occurrence"])]))
        return
    await _add(message, scene, material)


async def on_link(message: Message, scene: Scene) -> None:
    try:
        material = linked_material(message.text or "")
    except BadWebinarError:
        asked = await scene.state.get_data()
        await message.answer(say("after-ask-bad-link"), reply_markup=keyboard([back(asked["occurrence"])]))
        return
    await _add(message, scene, material)


async def on_other(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    await message.answer(say("after-ask-wrong"), reply_markup=keyboard([back(asked["occurrence"])]))


async def on_drop(query: CallbackQuery, callback_data: to.DropMaterial, scene: Scene) -> None:
    was_there = await drop_material(
        scene.storage,
        actor=scene.actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        material_id=MaterialId(callback_data.material),
        now=scene.now,
    )
    await _show(query, scene, callback_data.occurrence, "toast-after-dropped" if was_there else "toast-after-gone")


async def on_send(query: CallbackQuery, callback_data: to.SendMaterials, scene: Scene) -> None:
    sheet = await show_afterwards(
        scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(callback_data.occurrence)
    )
    if not sheet.waiting[callback_data.to]:
        await _show(query, scene, callback_data.occurrence, "toast-after-sent", n=0)
        return
    await toast(query)
    await show(query, *sure_screen(sheet, callback_data.to))


async def on_send_sure(query: CallbackQuery, callback_data: to.SendMaterials, scene: Scene) -> None:
    try:
        n = await send_materials(
            scene.storage,
            actor=scene.actor,
            occurrence_id=OccurrenceId(callback_data.occurrence),
            to=callback_data.to,
            now=scene.now,
        )
    except TooEarlyError as refusal:
        await toast(query, "toast-after-early", alert=True, at=stamp(refusal.event.due_at, scene.reader))
        return
    await _show(query, scene, callback_data.occurrence, "toast-after-sent", n=n)


async def on_feedback(query: CallbackQuery, callback_data: to.ShowFeedback, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    found = await show_feedback(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, page=callback_data.page)
    await toast(query)
    await show(query, *feedback_screen(found))


async def on_switch_feedback(query: CallbackQuery, callback_data: to.SwitchFeedback, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await switch_afterwards(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, asks_feedback=callback_data.on, now=scene.now
    )
    await _show(query, scene, occurrence_id, "toast-after-switched")


async def on_switch_certificate(query: CallbackQuery, callback_data: to.SwitchCertificate, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await switch_afterwards(
        scene.storage,
        actor=scene.actor,
        occurrence_id=occurrence_id,
        gives_certificate=callback_data.on,
        now=scene.now,
    )
    await _show(query, scene, occurrence_id, "toast-after-switched")


async def on_certify_as(query: CallbackQuery, callback_data: to.CertifyAs, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await switch_afterwards(
        scene.storage,
        actor=scene.actor,
        occurrence_id=occurrence_id,
        gives_certificate=True,
        certificate_as=callback_data.paper,
        now=scene.now,
    )
    await _show(query, scene, occurrence_id, "toast-after-switched")


async def on_table(
    query: CallbackQuery, callback_data: to.GetEventFile, scene: Scene, attendance_file: MakeAttendanceFile
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    export = await export_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, now=scene.now)
    await toast(query)
    data = await attendance_file(export, scene.reader, scene.now)
    await _send(query, data, plain("after-file-xlsx", date=_day(export)), None)


async def on_sign_list(
    query: CallbackQuery, callback_data: to.GetEventFile, scene: Scene, sign_list_file: MakeSignList
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    export = await export_attendance(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, for_signature=True, now=scene.now
    )
    if not export.signing:
        await toast(query, "toast-after-nobody", alert=True)
        return
    await toast(query)
    caption = say("after-sign-caption", n=len(export.signing))
    await _send(query, await sign_list_file(export), plain("after-file-sign", date=_day(export)), caption)


async def _add(message: Message, scene: Scene, material: DraftMaterial) -> None:
    """The dialogue stays open: an event has a recording, slides and a form as a rule."""
    asked = await scene.state.get_data()
    occurrence_id = OccurrenceId(asked["occurrence"])
    try:
        is_new = await add_material(
            scene.storage, actor=scene.actor, occurrence_id=occurrence_id, new=material, now=scene.now
        )
        said = say("after-ask-more", title=material.title) if is_new else say("after-ask-known")
    except TooManyMaterialsError:
        said = say("after-ask-too-many", n=MOST_AFTER)
    await message.answer(said, reply_markup=keyboard([back(occurrence_id)]), link_preview_options=NO_PREVIEW)


async def _show(query: CallbackQuery, scene: Scene, occurrence: int, key: str | None = None, **values: int) -> None:
    sheet = await show_afterwards(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence))
    await toast(query, key, alert=False, **values)
    await show(query, *afterwards_screen(sheet, reader=scene.reader, now=scene.now))


async def _send(query: CallbackQuery, data: bytes, name: str, caption: Markup | None) -> None:
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    await query.bot.send_document(query.from_user.id, BufferedInputFile(data, name), caption=caption)


def _day(export: AttendanceExport) -> str:
    return short_day(export.event.due_at.astimezone(ZoneInfo(export.event.timezone)).date())
