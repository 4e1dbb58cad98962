"""What the card of a task says of its own term, of a request for another and of the coordinator's word; its buttons."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState
from bot.domain.reviewing import Review
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within, deadline, short_day
from bot.texts.wording import shorten
from handlers.answers.callbacks import AnswerMatter, ChangeAnswer, ShowMatter
from handlers.answers.task_callbacks import AskPostponement, ShowHistory, WithdrawPostponement

_REASON = 600
Rows = list[list[InlineKeyboardButton]]


def due_line(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    """The term that counts for this one, and beside it that of all others."""
    zone = ZoneInfo(matter.timezone)
    due = deadline(matter.due_at, on=matter.due_on, has_time=matter.has_time, zone=zone, reader=reader, today=today)
    line = say("matter-overdue" if matter.is_open and matter.due_on < today else "matter-due", due=due)
    if matter.first_on is None:
        return line
    return Markup(f"{line} {say('matter-due-own', first=short_day(matter.first_on))}")


def review_standing(matter: Matter, today: date) -> list[Markup]:
    """Below the answer: whether it waits, was taken or was given back, and what is asked for."""
    parts = []
    is_not_ours = matter.assignment.answer is Answer.NOT_OURS
    if matter.is_accepted:
        parts.append(say("matter-not-ours-confirmed" if is_not_ours else "matter-accepted"))
    elif matter.is_in_review:
        parts.append(say("matter-not-ours-waits" if is_not_ours else "matter-in-review"))
    elif matter.reviewing.review is Review.RETURNED and matter.is_open:
        parts.append(say("matter-returned", reason=shorten(matter.reviewing.reason or "…", _REASON)))
    if matter.reviewing.wanted_on is not None and matter.is_open:
        parts.append(say("matter-asked", until=day_within(matter.reviewing.wanted_on, today=today)))
    return parts


def request_rows(matter: Matter, *, listed: bool) -> Rows:
    """«Отозвать просьбу» while one waits; the history once there is one."""
    rows: Rows = []
    if matter.kind is not ActivityKind.TASK or matter.is_withdrawn:
        return rows
    assignment, reviewing = matter.assignment, matter.reviewing
    if reviewing.request_id is not None and matter.is_open:
        data = WithdrawPostponement(request=reviewing.request_id, assignment=assignment.id, listed=listed)
        rows.append([_button("button-postpone-back", data)])
    has_history = reviewing.review is not None or matter.first_on is not None or reviewing.request_id is not None
    if has_history or matter.is_in_review:
        rows.append([_button("button-history", ShowHistory(assignment=assignment.id, listed=listed))])
    return rows


def other_answers_keyboard(matter: Matter, *, listed: bool) -> InlineKeyboardMarkup:
    """«Другой ответ…»: the answers that are given less often, and another term while the matter is open."""
    assignment = matter.assignment

    def answer(one: Answer, key: str) -> InlineKeyboardButton:
        data = AnswerMatter(
            assignment=assignment.id,
            version=matter.version,
            answer=one,
            is_change=assignment.answer is not None,
            listed=listed,
        )
        return _button(key, data)

    not_ours = "button-answer-not_ours" if assignment.person_id is None else "button-answer-not-mine"
    rows = [
        [answer(Answer.NOTHING_TO_REPORT, "button-answer-nothing")],
        [answer(Answer.NOT_OURS, not_ours)],
    ]
    if matter.is_open and matter.state is OccurrenceState.OPEN and matter.reviewing.request_id is None:
        rows.append([_button("button-postpone", AskPostponement(assignment=assignment.id, listed=listed))])
    is_answered = assignment.answer is not None
    back: CallbackData = (
        ChangeAnswer(assignment=assignment.id, listed=listed)
        if is_answered
        else ShowMatter(assignment=assignment.id, listed=listed)
    )
    rows.append([_button("button-back", back)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _button(key: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key), callback_data=data.pack())
