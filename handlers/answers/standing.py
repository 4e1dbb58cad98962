"""What a card says of a seat and of a substitute, and the buttons that go with them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.events import Attendance, SeatState, SubstitutionState
from bot.domain.matters import ANSWERS, ActivityKind, Answer, Matter
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import moment
from bot.texts.wording import short_name
from handlers.answers.callbacks import AnswerMatter, ChangeAnswer, ShowMatter
from handlers.answers.event_callbacks import ChooseColleague, LeaveReserve, TakeBackQuestion
from handlers.answers.stages import Stage

Rows = list[list[InlineKeyboardButton]]


def event_standing(matter: Matter, reader: ZoneInfo, today: date, stage: Stage) -> list[Markup]:
    """Below the answer: the seat, the place in the reserve, the offer; who comes instead, or instead of whom.

    Once the event has begun nothing is promised or awaited any more.
    """
    is_ahead = stage is Stage.AHEAD and matter.takes_answers(today, reader)
    parts = _seat(matter, reader, today) if is_ahead else _seat_in_the_end(matter, stage)
    is_awaited = matter.substitute is not None and matter.substitute.state is SubstitutionState.ASKED
    if matter.substitute is not None and (is_ahead or not is_awaited):
        name = short_name(matter.substitute.full_name)
        parts.append(say(f"substitute-{matter.substitute.state.value}", name=name))
    if matter.comes_for is not None:
        parts.append(say("substitute-for", name=short_name(matter.comes_for)))
    return parts


def _seat(matter: Matter, reader: ZoneInfo, today: date) -> list[Markup]:
    parts, seat, answer = [], matter.seat, matter.assignment.answer
    if answer is Answer.MAYBE and not matter.is_booked_up:
        parts.append(say("answer-maybe-decide"))
    if seat is not None:
        until = moment(seat.offered_until, reader=reader, today=today) if seat.offered_until else ""
        parts.append(say(f"seat-{seat.state.value}", place=seat.place or 0, until=until))
    elif matter.is_booked_up:
        parts.append(say("seat-none"))
    elif matter.quota is not None and answer is None:
        parts.append(say("seat-quota", main=matter.quota.main, reserve=matter.quota.reserve))
    return parts


def _seat_in_the_end(matter: Matter, stage: Stage) -> list[Markup]:
    seat, is_present = matter.seat, matter.assignment.attendance is Attendance.PRESENT
    if seat is not None and seat.state is SeatState.RESERVE and not is_present:
        return [say("seat-reserve-over", place=seat.place or 0)]
    is_sitting = seat is not None and seat.state is SeatState.MAIN and stage is Stage.RUNNING
    return [say("seat-main")] if is_sitting else []


def event_rows(matter: Matter, *, is_changing: bool, listed: bool) -> Rows:
    """The answers as they stand to choose: all of them before the first and on a change, else what can follow.

    «Приду» is not offered where neither a seat nor a place in the reserve is left.
    """
    given, seat = matter.assignment.answer, matter.seat
    change = _button("button-answer-change", ChangeAnswer(assignment=matter.assignment.id, listed=listed))
    if given is None or given is Answer.MAYBE or is_changing:
        buttons = [
            _answer(matter, answer, f"button-answer-{answer.value}", listed=listed)
            for answer in ANSWERS[ActivityKind.WEBINAR]
            if not (answer is Answer.MAYBE and given is Answer.MAYBE)
            and not (answer is Answer.COMING and matter.is_booked_up)
        ]
        rows = [buttons[:2], buttons[2:]] if buttons[2:] else [buttons]
        rows += [[button] for button in _colleague(matter, listed=listed)]
        if is_changing:
            rows.append([_button("button-back", ShowMatter(assignment=matter.assignment.id, listed=listed))])
        return rows
    if seat is not None and seat.state is SeatState.OFFERED:
        take = _answer(matter, Answer.COMING, "button-take-seat", listed=listed)
        return [[take], [_answer(matter, Answer.NOT_COMING, "button-answer-not_coming", listed=listed)]]
    rows = [[change]]
    if seat is not None and seat.state is SeatState.RESERVE:
        leave = LeaveReserve(assignment=matter.assignment.id, version=matter.version, listed=listed)
        rows.append([_button("button-leave-reserve", leave)])
    if given is Answer.NOT_COMING or matter.substitute is not None:
        rows += [[button] for button in _colleague(matter, listed=listed)]
    return rows


def _colleague(matter: Matter, *, listed: bool) -> list[InlineKeyboardButton]:
    if matter.assignment.person_id is None:
        return []
    if matter.substitute is None and matter.is_booked_up:
        return []  # no seat for him either
    if matter.substitute is None:
        return [_button("button-colleague", ChooseColleague(assignment=matter.assignment.id, listed=listed))]
    if matter.substitute.state is SubstitutionState.ASKED:
        return [_button("button-colleague-back", TakeBackQuestion(assignment=matter.assignment.id, listed=listed))]
    return []


def _answer(matter: Matter, answer: Answer, key: str, *, listed: bool) -> InlineKeyboardButton:
    data = AnswerMatter(
        assignment=matter.assignment.id,
        version=matter.version,
        answer=answer,
        is_change=matter.assignment.answer is not None,
        listed=listed,
    )
    return _button(key, data)


def _button(key: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key), callback_data=data.pack())
