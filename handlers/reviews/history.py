"""The history of an assignment on one screen: for who owes it, and for who decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.ids import AssignmentId, DecisionId, ReplyId
from bot.domain.matters import ActivityKind
from bot.domain.network import Actor
from bot.domain.reviewing import AnswerMark, PastEntry, PastKind
from bot.ports.storage import Storage
from bot.services.show_history import History, show_history
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import deadline, short_day, stamp
from bot.texts.wording import length, short_name, shorten
from handlers.answers.callbacks import ShowMatter
from handlers.answers.task_callbacks import ShowHistory
from handlers.board.callbacks import BoardDate
from handlers.filters import IsRegistered
from handlers.reviews.callbacks import AskTerm
from handlers.reviews.screens import button, decision_row
from handlers.rows import turning
from handlers.showing import show, toast

_TITLE = 300
_TEXT = 400
_PAGE = 3000  # characters: a message holds 4,096, and the heading and markup are counted with it


def build_router() -> Router:
    router = Router(name="history")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_history, ShowHistory.filter())
    return router


async def on_history(
    query: CallbackQuery,
    callback_data: ShowHistory,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    history = await show_history(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    await toast(query)
    await show(query, *history_screen(history, callback_data, reader=reader, today=now.astimezone(reader).date()))


def history_screen(
    history: History, at: ShowHistory, *, reader: ZoneInfo, today: date
) -> tuple[Markup, InlineKeyboardMarkup]:
    """A page of it, the latest on top; every hour on the reader's clock."""
    matter = history.matter
    pages = _pages([_line(entry, reader) for entry in reversed(history.entries)])
    page = min(max(at.page, 0), len(pages) - 1)
    zone = ZoneInfo(matter.timezone)
    due = deadline(matter.due_at, on=matter.due_on, has_time=matter.has_time, zone=zone, reader=reader, today=today)
    title = shorten(matter.title, _TITLE)
    head = say("history-title", title=title, unit=matter.unit_title, person="", due=due)
    lines = pages[page] or [say("history-empty")]
    rows = turning(page, len(pages), lambda n: ShowHistory(assignment=at.assignment, page=n, listed=at.listed))
    if history.is_above:
        mark = history.mark or AnswerMark(ReplyId(0), DecisionId(0))
        rows.append(decision_row(matter, mark, listed=False))
        if matter.kind is ActivityKind.TASK and matter.is_open:
            rows.append([button("button-give-term", AskTerm(assignment=matter.assignment.id))])
        rows.append([button("button-problem-board", BoardDate(occurrence=matter.assignment.occurrence_id))])
    else:
        rows.append([button("button-back", ShowMatter(assignment=matter.assignment.id, listed=at.listed))])
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
    return Markup("\n\n".join([head, *lines])), keyboard


def _pages(lines: Sequence[Markup]) -> list[list[Markup]]:
    pages: list[list[Markup]] = [[]]
    room = _PAGE
    for line in lines:
        needed = length(line) + 2
        if pages[-1] and needed > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(line)
        room -= needed
    return pages


def _line(entry: PastEntry, reader: ZoneInfo) -> Markup:
    by = say("history-by", name=short_name(entry.name) if entry.name else plain("history-erased"))
    line = say("history-line", at=stamp(entry.at, reader), what=_what(entry, reader), by=by)
    return line if not entry.text else Markup(f"{line}\n{say('history-quote', text=shorten(entry.text, _TEXT))}")


def _what(entry: PastEntry, reader: ZoneInfo) -> str:
    on = short_day(entry.on) if entry.on else ""
    match entry.kind:
        case PastKind.REPLY if not entry.what:
            return plain("history-comment")
        case PastKind.REPLY:
            return plain("history-reply", answer=plain(f"answer-{entry.what}"))
        case PastKind.MOVED:
            return plain("history-moved", day=short_day(datetime.fromisoformat(entry.what).astimezone(reader).date()))
        case PastKind.REQUEST | PastKind.SUBMISSION:
            return plain(f"history-{entry.kind.value}", day=on)
        case _:
            return plain(f"history-{entry.kind.value}-{entry.what}", day=on)
