"""«Как напоминать»: at once, once a day or once a week; and the telephone number that those above may see."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.domain.network import Actor
from bot.domain.phones import BadPhoneError
from bot.domain.rhythm import RHYTHMS, Often, Preferences, Rhythm
from bot.ports.storage import Storage
from bot.services.change_preferences import choose_rhythm, hide_phone, show_phone, show_preferences, want_optional
from bot.texts.catalogue import Markup, plain, say
from handlers.filters import IsRegistered
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import Mine, MyData, MyOptional, MyPhone, MyRhythm, PhoneAct
from handlers.people.states import Editing
from handlers.rows import in_rows
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="preferences")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_show, MyRhythm.filter(F.index < 0))
    router.callback_query.register(on_rhythm, MyRhythm.filter())
    router.callback_query.register(on_optional, MyOptional.filter())
    router.callback_query.register(on_ask_phone, MyPhone.filter(F.act == PhoneAct.ASK))
    router.callback_query.register(on_hide_phone, MyPhone.filter(F.act == PhoneAct.HIDE))
    router.message.register(on_contact, Editing.own_phone, F.contact)
    router.message.register(on_typed_phone, Editing.own_phone, F.text, ~F.text.startswith("/"))
    return router


async def on_show(query: CallbackQuery, actor: Actor, app_storage: Storage, state: FSMContext) -> None:
    await toast(query)
    await state.clear()
    await show(query, *_screen(await show_preferences(app_storage, actor=actor), actor))


async def on_rhythm(query: CallbackQuery, callback_data: MyRhythm, actor: Actor, app_storage: Storage) -> None:
    if callback_data.index >= len(RHYTHMS):
        await toast(query, "fallback-button", alert=True)
        return
    await choose_rhythm(app_storage, actor=actor, rhythm=RHYTHMS[callback_data.index])
    await toast(query, "me-saved-toast")
    await show(query, *_screen(await show_preferences(app_storage, actor=actor), actor))


async def on_optional(query: CallbackQuery, callback_data: MyOptional, actor: Actor, app_storage: Storage) -> None:
    await want_optional(app_storage, actor=actor, is_wanted=callback_data.is_wanted)
    await toast(query, "me-saved-toast")
    await show(query, *_screen(await show_preferences(app_storage, actor=actor), actor))


async def on_ask_phone(query: CallbackQuery, state: FSMContext) -> None:
    """Only a keyboard of its own can hand over the number that the messenger knows; it goes away with the answer."""
    await toast(query)
    await state.set_state(Editing.own_phone)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    hand_over = ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text=plain("button-phone-hand-over"), request_contact=True)],
            [KeyboardButton(text=plain("button-cancel"))],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
    await query.bot.send_message(query.from_user.id, say("phone-ask"), reply_markup=hand_over)


async def on_contact(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    contact = message.contact
    assert contact is not None, "the filter lets through contacts alone"
    if message.from_user is None or contact.user_id != message.from_user.id:
        await message.answer(say("phone-not-yours"))
        return
    await _take(message, contact.phone_number, actor, app_storage, now, state)


async def on_typed_phone(
    message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext
) -> None:
    typed = message.text or ""
    if typed == plain("button-cancel"):
        await state.clear()
        await message.answer(say("phone-unchanged"), reply_markup=ReplyKeyboardRemove())
        return
    await _take(message, typed, actor, app_storage, now, state)


async def on_hide_phone(query: CallbackQuery, actor: Actor, app_storage: Storage, now: datetime) -> None:
    await hide_phone(app_storage, actor=actor, now=now)
    await toast(query, "phone-hidden-toast")
    await show(query, *_screen(await show_preferences(app_storage, actor=actor), actor))


async def _take(message: Message, typed: str, actor: Actor, storage: Storage, now: datetime, state: FSMContext) -> None:
    try:
        phone = await show_phone(storage, actor=actor, typed=typed, now=now)
    except BadPhoneError:
        await message.answer(say("phone-bad"))
        return
    await state.clear()
    await message.answer(say("phone-taken", phone=phone), reply_markup=ReplyKeyboardRemove())


def _screen(preferences: Preferences, actor: Actor) -> tuple[Markup, InlineKeyboardMarkup]:
    lines = [say("rhythm-title", now=plain("rhythm-name", **_said(preferences.rhythm)))]
    if not preferences.wants_optional:
        lines.append(say("rhythm-optional-off"))
    if actor.is_coordinator:
        phone = preferences.phone
        lines.append(say("phone-shown", phone=phone) if phone else say("phone-not-shown"))
    rhythms = [_choice(index, rhythm, is_now=rhythm == preferences.rhythm) for index, rhythm in enumerate(RHYTHMS)]
    daily = [one for one, rhythm in zip(rhythms, RHYTHMS, strict=True) if rhythm.often is Often.DAILY]
    weekly = [one for one, rhythm in zip(rhythms, RHYTHMS, strict=True) if rhythm.often is Often.WEEKLY]
    is_wanted = preferences.wants_optional
    optional = button("button-optional-off" if is_wanted else "button-optional-on", MyOptional(is_wanted=not is_wanted))
    return Markup("\n\n".join(lines)), keyboard(
        rhythms[:1],
        *([one] for one in daily),
        *in_rows(weekly, 2),
        [optional],
        *(in_rows(_phone_buttons(preferences), 2) if actor.is_coordinator else []),
        [button("button-back", MyData(act=Mine.SHOW))],
    )


def _phone_buttons(preferences: Preferences) -> list[InlineKeyboardButton]:
    if preferences.phone:
        return [
            button("button-phone-change", MyPhone(act=PhoneAct.ASK)),
            button("button-phone-hide", MyPhone(act=PhoneAct.HIDE)),
        ]
    return [button("button-phone-show", MyPhone(act=PhoneAct.ASK))]


def _choice(index: int, rhythm: Rhythm, *, is_now: bool) -> InlineKeyboardButton:
    label = plain("button-rhythm", **_said(rhythm))
    return named(plain("ticked" if is_now else "unticked", label=label), MyRhythm(index=index))


def _said(rhythm: Rhythm) -> dict[str, str | int]:
    return {"often": rhythm.often.value, "at": f"{rhythm.at:%H:%M}", "weekday": rhythm.weekday}
