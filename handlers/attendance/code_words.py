"""What people check themselves in by: the code word and the picture for the screen."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot.config import Settings
from bot.domain.attendance import (
    MAX_WORD,
    QR_LASTS,
    BadCodeWordError,
    WindowState,
    invented_word,
    qr_payload,
    qr_secret,
)
from bot.domain.ids import OccurrenceId
from bot.ports.attendance import EventFacts
from bot.services.change_code_word import change_code_word
from bot.services.show_attendance import show_attendance
from bot.texts.catalogue import Markup, say
from bot.texts.times import clock
from bot.texts.wording import shorten
from handlers.attendance import callbacks as to
from handlers.attendance.leading import answer_sheet, leave, show_sheet
from handlers.attendance.screens import hour
from handlers.attendance.states import Leading
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.people.inviting import link_to
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="attendance words")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_typed, IS_LINE, StateFilter(Leading.code_word))
    router.message.register(on_no_text, ~F.text, StateFilter(Leading.code_word))
    router.callback_query.register(on_ask, to.CodeWord.filter(F.act == to.WordAct.ASK))
    router.callback_query.register(on_change, to.CodeWord.filter())
    router.callback_query.register(on_qr, to.ShowQr.filter())
    return router


async def on_ask(query: CallbackQuery, callback_data: to.CodeWord, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await scene.state.set_state(Leading.code_word)
    await scene.state.set_data({"occurrence": occurrence_id})
    await toast(query)
    word = sheet.event.details.code_word
    known = say("word-known", word=word) if word else say("word-none")
    await show(query, Markup(f"{known}\n\n{say('word-ask')}"), _ways(occurrence_id, has_word=word is not None))


async def on_change(query: CallbackQuery, callback_data: to.CodeWord, scene: Scene) -> None:
    """«Придумать» and «Убрать»."""
    word = invented_word() if callback_data.act is to.WordAct.INVENT else None
    occurrence_id = OccurrenceId(callback_data.occurrence)
    await change_code_word(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, word=word, now=scene.now)
    await leave(scene)
    if word is None:
        await toast(query, "toast-word-dropped")
    else:
        await toast(query, "toast-word-new", word=word)
    await show_sheet(query, scene, callback_data.occurrence)


async def on_typed(message: Message, scene: Scene) -> None:
    occurrence_id = OccurrenceId((await scene.state.get_data())["occurrence"])
    try:
        event = await change_code_word(
            scene.storage,
            actor=scene.actor,
            occurrence_id=occurrence_id,
            word=message.text or "",
            now=scene.now,
        )
    except BadCodeWordError as refusal:
        sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        ways = _ways(occurrence_id, has_word=sheet.event.details.code_word is not None)
        await message.answer(say(f"word-wrong-{refusal.problem.value}", limit=MAX_WORD), reply_markup=ways)
        return
    said = say("word-taken", word=event.details.code_word or "")
    await answer_sheet(message, scene, occurrence_id, said)
    await scene.state.clear()


async def on_no_text(message: Message) -> None:
    await message.answer(say("word-ask"))


async def on_qr(
    query: CallbackQuery,
    callback_data: to.ShowQr,
    scene: Scene,
    bot: Bot,
    settings: Settings,
    qr_png: Callable[[str], bytes],
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    sheet = await show_attendance(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    if not sheet.is_led:
        await toast(query, "fallback-button", alert=True)
        return
    window = sheet.event.window
    state = window.state(scene.now)
    if state is not WindowState.OPEN:
        at = window.opens_at if state is WindowState.EARLY else window.closes_at
        key = f"toast-qr-{state.value}"
        await toast(query, key, alert=True, at=hour(at, reader=scene.reader, today=scene.today))
        return
    await toast(query)
    secret = qr_secret(settings.bot_token.get_secret_value())
    link = await link_to(bot, qr_payload(occurrence_id, secret=secret, at=scene.now))
    await _send(
        query, bot, BufferedInputFile(qr_png(link), "check_in.png"), _caption(sheet.event, scene), callback_data
    )


def _ways(occurrence_id: OccurrenceId, *, has_word: bool) -> InlineKeyboardMarkup:
    rows = [[button("button-word-invent", to.CodeWord(occurrence=occurrence_id, act=to.WordAct.INVENT))]]
    if has_word:
        rows.append([button("button-word-drop", to.CodeWord(occurrence=occurrence_id, act=to.WordAct.DROP))])
    return keyboard(*rows, [button("button-back", to.ShowSheet(occurrence=occurrence_id))])


def _caption(event: EventFacts, scene: Scene) -> Markup:
    until = clock(scene.now + QR_LASTS, scene.reader)
    minutes = int(QR_LASTS.total_seconds() // 60)
    return say("qr-caption", title=shorten(event.title, 200), until=until, minutes=minutes)


async def _send(query: CallbackQuery, bot: Bot, picture: BufferedInputFile, caption: Markup, at: to.ShowQr) -> None:
    """A new picture takes the place of the old one, so that a projector goes on showing the same message."""
    again = keyboard(
        [button("button-qr-again", to.ShowQr(occurrence=at.occurrence, is_again=True))],
        [button("button-attendance-sheet", to.ShowSheet(occurrence=at.occurrence))],
    )
    if at.is_again and query.message is not None:
        media = InputMediaPhoto(media=picture, caption=caption)
        try:
            await bot.edit_message_media(
                media, chat_id=query.from_user.id, message_id=query.message.message_id, reply_markup=again
            )
        except TelegramBadRequest as error:
            if "not modified" in error.message:
                return
            if "edit" not in error.message:
                raise
        else:
            return
    await bot.send_photo(query.from_user.id, picture, caption=caption, reply_markup=again)
