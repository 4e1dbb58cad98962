"""/my: what is open, most urgent first, and what was answered; every matter opens by a button."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.gather_team import list_teams
from bot.services.list_matters import PAGE, MyMatters, list_matters
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import kind_of
from bot.texts.times import deadline, moment, short_day, stamp
from bot.texts.wording import shorten
from handlers.answers.callbacks import MyPage, ShowMatter, Tab
from handlers.answers.event_callbacks import ListTeams
from handlers.attendance.callbacks import ShowVisits
from handlers.filters import IsRegistered
from handlers.rows import turning
from handlers.showing import NO_PREVIEW, show, toast

_TITLE = 120
_LABEL = 34  # what a phone shows of a button


def build_router() -> Router:
    router = Router(name="mine")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.message.register(on_my, Command("my"))
    router.callback_query.register(on_page, MyPage.filter())
    return router


async def on_my(
    message: Message, actor: Actor, app_storage: Storage, now: datetime, reader: ZoneInfo, state: FSMContext
) -> None:
    await state.clear()
    text, keyboard = await _screen(app_storage, actor, reader, now, MyPage())
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_page(
    query: CallbackQuery,
    callback_data: MyPage,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    await toast(query)
    await show(query, *await _screen(app_storage, actor, reader, now, callback_data))


async def _screen(
    storage: Storage, actor: Actor, reader: ZoneInfo, now: datetime, at: MyPage
) -> tuple[Markup, InlineKeyboardMarkup]:
    today = now.astimezone(reader).date()
    mine = await list_matters(
        storage, actor=actor, answered=at.tab is Tab.ANSWERED, page=at.page, reader=reader, now=now
    )
    keyboard = _keyboard(mine, at.tab)
    if actor.coordinated and (await list_teams(storage, actor=actor, now=now)).total:
        teams = InlineKeyboardButton(text=plain("button-teams"), callback_data=ListTeams().pack())
        keyboard.inline_keyboard.append([teams])
    return _text(mine, at.tab, reader, today), keyboard


def _text(mine: MyMatters, tab: Tab, reader: ZoneInfo, today: date) -> Markup:
    if not mine.matters:
        return say(f"my-empty-{tab.value}")
    entries = [say(f"my-title-{tab.value}", total=mine.total)]
    for number, matter in _numbered(mine):
        entry, later = _entry(number, matter, reader, today), mine.later.get(matter.assignment.id)
        rest = say("my-later", n=later.count, until=short_day(later.until)) if later else ""
        entries.append(Markup(f"{entry}\n{rest}") if rest else entry)
    return Markup("\n\n".join(entries))


def _entry(number: int, matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    lines = [say("my-line", n=number, title=shorten(matter.title, _TITLE))]
    if matter.assignment.person_id is None:
        lines.append(say("my-unit", unit=matter.unit_title))
    lines.append(_when(matter, reader, today))
    given = matter.assignment
    if given.answer and matter.kind is ActivityKind.CALL:
        lines.append(say("my-call-sent"))
    elif given.answer and matter.kind is ActivityKind.SELECTION:
        lines.append(say("my-selection", n=len(matter.applications)))
    elif given.answer and given.answered_at:
        answer = plain(f"answer-{given.answer.value}")
        if given.answer.is_final:
            lines.append(say("my-answer", answer=answer, at=stamp(given.answered_at, reader)))
        else:
            lines.append(say("my-progress", answer=answer))
    if matter.state is OccurrenceState.CANCELLED:
        lines.append(say("my-cancelled"))
    return Markup("\n".join(lines))


def _when(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    if matter.kind is ActivityKind.WEBINAR:
        sign = plain("event-sign", kind=kind_of(matter.event).value)
        return say("my-starts", sign=sign, due=moment(matter.due_at, reader=reader, today=today))
    due = deadline(
        matter.due_at,
        on=matter.due_on,
        has_time=matter.has_time,
        zone=ZoneInfo(matter.timezone),
        reader=reader,
        today=today,
    )
    return say("my-overdue" if matter.is_open and matter.due_on < today else "my-due", due=due)


def _keyboard(mine: MyMatters, tab: Tab) -> InlineKeyboardMarkup:
    rows = [
        [
            InlineKeyboardButton(
                text=plain("button-my-item", n=number, title=shorten(matter.title, _LABEL)),
                callback_data=ShowMatter(assignment=matter.assignment.id, listed=True).pack(),
            )
        ]
        for number, matter in _numbered(mine)
    ]
    rows += turning(mine.page, mine.pages, lambda n: MyPage(tab=tab, page=n), first=1)
    other = Tab.ANSWERED if tab is Tab.OPEN else Tab.OPEN
    data = MyPage(tab=other).pack()
    rows.append([InlineKeyboardButton(text=plain(f"button-my-{other.value}"), callback_data=data)])
    rows.append([InlineKeyboardButton(text=plain("button-visits"), callback_data=ShowVisits().pack())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _numbered(mine: MyMatters) -> list[tuple[int, Matter]]:
    return list(enumerate(mine.matters, start=(mine.page - 1) * PAGE + 1))
