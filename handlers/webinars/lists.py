"""What /webinars shows: the webinars ahead, one of them, and who comes to it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Answer, OccurrenceState
from bot.ports.webinars import Invited, WebinarSummary
from bot.services.show_webinars import InvitedPage, WebinarPage
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import moment, stamp
from bot.texts.wording import shorten
from handlers.answers.event_callbacks import ChangeSeats, SeatsPage
from handlers.attendance.callbacks import CodeWord, ShowSheet, WordAct
from handlers.calendar.callbacks import CalendarOfEvent, CalendarOfEvents
from handlers.rows import in_rows, turning
from handlers.webinars.afterwards_callbacks import ShowAfterwards
from handlers.webinars.callbacks import (
    CancelWebinar,
    ChangeLink,
    MoveFollowing,
    MoveWebinar,
    NamesPage,
    ShowWebinar,
    WebinarsPage,
)
from handlers.webinars.making_callbacks import Flying, ListDrafts, NewEvent

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_LABEL = 22  # beside the date
_PART = 60  # of a unit, a name and a reason: a page of twenty stays under 4,096 signs


def list_screen(found: WebinarPage, *, reader: ZoneInfo, today: date) -> Screen:
    making = [_button("button-event-new", NewEvent()), _button("button-event-drafts", ListDrafts())]
    if not found.webinars:
        return say("webinars-empty"), InlineKeyboardMarkup(inline_keyboard=[making])
    entries = [say("webinars-title", total=found.total)]
    entries += [
        say(
            "webinars-line",
            sign=plain("event-sign", kind=webinar.kind.value),
            title=shorten(webinar.title, _TITLE),
            due=moment(webinar.due_at, reader=reader, today=today),
            **_counts(webinar),
        )
        for webinar in found.webinars
    ]
    rows = [[_item(webinar, reader)] for webinar in found.webinars]
    rows += turning(found.page, found.pages, lambda n: WebinarsPage(page=n), first=1)
    rows.append([_button("button-calendar-events", CalendarOfEvents())])
    rows.append(making)
    return Markup("\n\n".join(entries)), InlineKeyboardMarkup(inline_keyboard=rows)


def webinar_screen(webinar: WebinarSummary, *, reader: ZoneInfo, today: date) -> Screen:
    """One webinar with its counts and what can be done with it; of a cancelled one nothing can."""
    due = moment(webinar.due_at, reader=reader, today=today)
    link, sign = webinar.link or plain("webinar-no-link"), plain("event-sign", kind=webinar.kind.value)
    more = [say("webinar-place", place=webinar.place)] if webinar.place else []
    more += [say("webinar-code", code=webinar.access_code)] if webinar.access_code else []
    more += [say("webinar-word", word=webinar.code_word)] if webinar.code_word else []
    below = Markup("".join(f"\n{line}" for line in more))
    text = say("webinar-card", sign=sign, title=webinar.title, due=due, link=link, more=below, **_counts(webinar))
    date_id = webinar.occurrence_id
    counts = [
        _names_button("button-webinar-coming", webinar, Answer.COMING, webinar.coming),
        _names_button("button-webinar-not_coming", webinar, Answer.NOT_COMING, webinar.not_coming),
        _names_button("button-webinar-silent", webinar, None, webinar.silent + webinar.unreachable),
    ]
    if webinar.maybe:
        counts.append(_names_button("button-webinar-maybe", webinar, Answer.MAYBE, webinar.maybe))
    rows = in_rows(counts, 2)
    if webinar.seats is not None:
        rows.append([_button("button-seats", SeatsPage(occurrence=date_id))])
    elif webinar.state is OccurrenceState.OPEN and webinar.due_at.astimezone(reader).date() >= today:
        rows.append([_button("button-seats-limit", ChangeSeats(occurrence=date_id))])
    if webinar.state is OccurrenceState.OPEN:
        rows += _running_rows(webinar)
    else:
        text = Markup(f"{text}\n\n{say('webinar-cancelled')}")
    rows.append([_button("button-webinar-list", WebinarsPage())])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def names_screen(found: InvitedPage, answer: Answer | None) -> Screen:
    key = f"webinar-names-{answer.value if answer else 'silent'}"
    parts = [say(key, title=shorten(found.webinar.title, _TITLE), total=found.total)]
    for unit, invited in groupby(found.invited, key=lambda one: one.unit_title):
        heading = say("webinar-names-unit", unit=shorten(unit, _PART))
        parts.append(Markup("\n".join([heading, *map(_name, invited)])))
    if not found.invited:
        parts.append(say("webinar-names-none"))
    date_id = found.webinar.occurrence_id
    rows = turning(found.page, found.pages, lambda n: NamesPage(occurrence=date_id, answer=answer, page=n), first=1)
    rows.append([_button("button-back", ShowWebinar(occurrence=date_id))])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def sure_keyboard(occurrence: int, sure: MoveWebinar | CancelWebinar, *, following: int = 0) -> InlineKeyboardMarkup:
    """«Да, …» and the way back to the webinar; ``following``: how many later dates of its series can move along."""
    is_move = isinstance(sure, MoveWebinar)
    yes = _button("button-webinar-move-sure" if is_move else "button-webinar-cancel-sure", sure)
    no = _button("button-webinar-cancel-not", ShowWebinar(occurrence=occurrence))
    rows = [[yes], [no]]
    if is_move and following:
        along = MoveFollowing(occurrence=occurrence, version=sure.version)
        rows.insert(1, [_button("button-webinar-move-following", along, n=following)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def back_keyboard(occurrence: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[_button("button-cancel", ShowWebinar(occurrence=occurrence))]])


def _running_rows(webinar: WebinarSummary) -> list[list[InlineKeyboardButton]]:
    """What can be done with one that stands."""
    date_id, version = webinar.occurrence_id, webinar.version
    return [
        *_flight_row(webinar),
        [
            _button("button-webinar-move", MoveWebinar(occurrence=date_id, version=version)),
            _button("button-webinar-way-in", ChangeLink(occurrence=date_id, version=version)),
        ],
        [
            _button("button-attendance-sheet", ShowSheet(occurrence=date_id)),
            _button("button-calendar", CalendarOfEvent(occurrence=date_id)),
        ],
        [
            _button("button-attendance-word", CodeWord(occurrence=date_id, act=WordAct.ASK)),
            _button("button-afterwards", ShowAfterwards(occurrence=date_id)),
        ],
        [_button("button-webinar-cancel", CancelWebinar(occurrence=date_id, version=version))],
    ]


def _flight_row(webinar: WebinarSummary) -> list[list[InlineKeyboardButton]]:
    """«⏹ Стоп» while the announcement is going out, «▶️ Продолжить» where it was stopped."""
    flight = webinar.flight
    if flight is None or (flight.stopped_at is None and flight.waiting <= 0):
        return []
    is_stop = flight.stopped_at is None
    key = "button-event-stop" if is_stop else "button-event-resume"
    data = Flying(occurrence=webinar.occurrence_id, is_stop=is_stop)
    return [[_button(key, data, gone=flight.gone, total=flight.total)]]


def _counts(webinar: WebinarSummary) -> dict[str, int]:
    return {
        "coming": webinar.coming,
        "reserve": webinar.in_reserve,
        "not_coming": webinar.not_coming,
        "silent": webinar.silent,
        "unreachable": webinar.unreachable,
    }


def _name(invited: Invited) -> Markup:
    name = shorten(invited.full_name, _PART)
    if invited.comment:
        return say("webinar-names-reason", name=name, reason=shorten(invited.comment, _PART))
    return say("webinar-names-line", name=name)


def _item(webinar: WebinarSummary, reader: ZoneInfo) -> InlineKeyboardButton:
    due, title = stamp(webinar.due_at, reader), shorten(webinar.title, _LABEL)
    return _button("button-webinar-item", ShowWebinar(occurrence=webinar.occurrence_id), due=due, title=title)


def _names_button(key: str, webinar: WebinarSummary, answer: Answer | None, n: int) -> InlineKeyboardButton:
    data = NamesPage(occurrence=webinar.occurrence_id, answer=answer)
    return _button(key, data, n=n)


def _button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key, **values), callback_data=data.pack())
