"""«Показатели»: the figures of a date, one of them along the tree, its picture and its plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.form_values import BadValueError
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_indicators import IndicatorUnit, set_plan, show_indicator, show_indicators
from bot.texts.catalogue import say
from bot.texts.forms import figure_words
from handlers.filters import IsCoordinator
from handlers.indicators.callbacks import DrawIndicator, PlanIndicator, ShowIndicator, ShowIndicators
from handlers.indicators.screens import board_screen, caption, plan_question, unit_screen
from handlers.indicators.states import Planning
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE

MakeChart = Callable[[IndicatorUnit], Awaitable[bytes]]


def build_router() -> Router:
    router = Router(name="indicators")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_all, ShowIndicators.filter())
    router.callback_query.register(on_one, ShowIndicator.filter())
    router.callback_query.register(on_chart, DrawIndicator.filter())
    router.callback_query.register(on_drop_plan, PlanIndicator.filter(F.is_dropped))
    router.callback_query.register(on_ask_plan, PlanIndicator.filter())
    router.message.register(on_plan, IS_LINE, StateFilter(Planning.figure))
    router.message.register(on_no_text, ~F.text, StateFilter(Planning.figure))
    return router


async def on_all(query: CallbackQuery, callback_data: ShowIndicators, app_storage: Storage, actor: Actor) -> None:
    board = await show_indicators(
        app_storage,
        actor=actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        unit_id=_unit(callback_data.unit),
    )
    await toast(query)
    await show(query, *board_screen(board))


async def on_one(
    query: CallbackQuery, callback_data: ShowIndicator, app_storage: Storage, actor: Actor, state: FSMContext
) -> None:
    if await state.get_state() == Planning.figure.state:
        await state.clear()
    figure = await _figure(app_storage, actor, callback_data)
    await toast(query)
    await show(query, *unit_screen(figure, page=callback_data.page))


async def on_chart(
    query: CallbackQuery,
    callback_data: DrawIndicator,
    app_storage: Storage,
    actor: Actor,
    reader: ZoneInfo,
    figures_picture: MakeChart,
) -> None:
    figure = await _figure(app_storage, actor, callback_data)
    await toast(query, "toast-indicator-drawing")
    picture = await figures_picture(figure)
    if isinstance(query.message, Message):
        await query.message.answer_photo(BufferedInputFile(picture, "figures.png"), caption=caption(figure, reader))


async def on_ask_plan(
    query: CallbackQuery, callback_data: PlanIndicator, app_storage: Storage, actor: Actor, state: FSMContext
) -> None:
    figure = await _figure(app_storage, actor, callback_data)
    await state.set_state(Planning.figure)
    await state.set_data(
        {"occurrence": callback_data.occurrence, "question": callback_data.question, "unit": callback_data.unit}
    )
    await toast(query)
    await show(query, *plan_question(figure))


async def on_drop_plan(
    query: CallbackQuery,
    callback_data: PlanIndicator,
    app_storage: Storage,
    actor: Actor,
    state: FSMContext,
    now: datetime,
) -> None:
    await state.clear()
    await set_plan(
        app_storage,
        actor=actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        question=callback_data.question,
        unit_id=UnitId(callback_data.unit),
        words=None,
        now=now,
    )
    await toast(query, "toast-indicator-no-plan")
    await show(query, *unit_screen(await _figure(app_storage, actor, callback_data)))


async def on_plan(message: Message, app_storage: Storage, actor: Actor, state: FSMContext, now: datetime) -> None:
    asked = await state.get_data()
    about = PlanIndicator(occurrence=asked["occurrence"], question=asked["question"], unit=asked["unit"])
    try:
        plan = await set_plan(
            app_storage,
            actor=actor,
            occurrence_id=OccurrenceId(about.occurrence),
            question=about.question,
            unit_id=UnitId(about.unit),
            words=message.text,
            now=now,
        )
    except BadValueError:
        await message.answer(say("indicator-plan-wrong"))
        return
    figure = await _figure(app_storage, actor, about)
    text, keyboard = unit_screen(figure)
    await message.answer(say("indicator-plan-set", plan=figure_words(plan or 0.0, figure.question.unit)))
    await message.answer(text, reply_markup=keyboard)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


async def on_no_text(message: Message) -> None:
    await message.answer(say("indicator-plan-wrong"))


async def _figure(
    storage: Storage, actor: Actor, about: ShowIndicator | DrawIndicator | PlanIndicator
) -> IndicatorUnit:
    return await show_indicator(
        storage,
        actor=actor,
        occurrence_id=OccurrenceId(about.occurrence),
        question=about.question,
        unit_id=_unit(about.unit),
    )


def _unit(unit: int) -> UnitId | None:
    return UnitId(unit) if unit else None
