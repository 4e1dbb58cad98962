"""An event that is being made, with everything that is known of it and a button for each field."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.event_drafts import EventDate, EventDraft
from bot.domain.events import Seats, SeatsPer
from bot.ports.event_drafts import StoredEventDraft
from bot.services.show_audience import AudienceChoices
from bot.services.show_draft import work_calendar
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, day, day_within, moment
from bot.texts.wording import length, shorten
from bot.texts.zones import zone_name
from handlers.audiences.wording import audience_lines, people_words
from handlers.people.buttons import button, keyboard
from handlers.webinars.making_callbacks import Act, DraftButton, Field, ListDrafts, OpenField

Screen = tuple[Markup, InlineKeyboardMarkup]

_MESSAGE = 3900
_DATES = 20
_OWN_TITLE = 60
_DAYS_OFF = 5
_ROWS = (
    (Field.KIND, Field.TITLE),
    (Field.WHEN, Field.ZONE),
    (Field.LINK, Field.CODE),
    (Field.PLACE, Field.LEADER),
    (Field.WORD, Field.MATERIALS),
    (Field.AUDIENCE, Field.SEATS),
    (Field.ASKS,),
)


def card_screen(
    stored: StoredEventDraft, view: AudienceChoices, *, reader: ZoneInfo, now: datetime, has_places: bool
) -> Screen:
    """Fields that say nothing are left out of the text; their buttons tell that they can."""
    draft = stored.draft
    today = now.astimezone(reader).date()
    text = _text(draft, view, reader, today, dates=_DATES)
    if length(text) > _MESSAGE:
        text = _text(draft, view, reader, today, dates=5, named=80)
    rows = [[_field_button(stored, field) for field in row] for row in _ROWS]
    if has_places:
        rows.append([_field_button(stored, Field.UNIT)])

    def act(key: str, what: Act) -> InlineKeyboardButton:
        return button(key, DraftButton(draft=stored.id, version=stored.version, act=what))

    return text, keyboard(
        *rows,
        [act("button-next", Act.CHECK)],
        [button("button-event-drafts", ListDrafts()), act("button-event-delete", Act.DELETE)],
    )


def dates_lines(draft: EventDraft, *, reader: ZoneInfo, today: date, limit: int = _DATES) -> Markup:
    """Each date in full on a line of its own, with its title where there are several."""
    titles = draft.event_titles if draft.is_series else ("",) * len(draft.dates)
    lines = [
        _date_line(event, shorten(title, _OWN_TITLE), reader, today)
        for event, title in list(zip(draft.dates, titles or [""] * len(draft.dates), strict=True))[:limit]
    ]
    if (left := len(draft.dates) - limit) > 0:
        lines.append(say("event-dates-more", n=left))
    return Markup("\n".join(lines))


def dates_after_colon(draft: EventDraft, *, reader: ZoneInfo, today: date, limit: int = _DATES) -> Markup:
    """The same behind words: several dates begin on a line of their own."""
    lines = dates_lines(draft, reader=reader, today=today, limit=limit)
    return Markup(f"\n{lines}") if len(draft.dates) > 1 else lines


def date_words(event: EventDate, *, reader: ZoneInfo, today: date) -> Markup:
    """«четверг, 12 декабря, 15:00 МСК – 16:30»; of several days to the last of them."""
    begins = moment(event.at, reader=reader, today=today)
    if event.ends_at is None:
        return begins
    ends = clock(event.ends_at, reader)
    if event.last_on == event.on:
        return say("event-date-hours", begins=begins, ends=ends)
    last = day(event.last_on, today=today)
    is_named = event.ends_at.astimezone(ZoneInfo(event.timezone)).strftime("%H:%M") != "23:59"
    return say("event-date-days", begins=begins, last=f"{last}, {ends}" if is_named else last)


def seats_words(seats: Seats) -> str:
    """«20, резерв 5, от школы не больше 2»."""
    parts = [plain("event-seats-main", n=seats.main)]
    if seats.reserve:
        parts.append(plain("event-seats-reserve", n=seats.reserve))
    if seats.per and seats.each:
        parts.append(plain(f"event-seats-{SeatsPer(seats.per).value}", n=seats.each))
    return ", ".join(parts)


def days_off(draft: EventDraft, today: date) -> list[Markup]:
    """An event may well be on a day off; nobody should find it there by a slip."""
    calendar = work_calendar()
    off = sorted({event.on for event in draft.dates if not calendar.is_working_day(event.on)})
    if not off:
        return []
    return [say("event-days-off", days=", ".join(day_within(one, today=today) for one in off[:_DAYS_OFF]), n=len(off))]


def _text(
    draft: EventDraft, view: AudienceChoices, reader: ZoneInfo, today: date, *, dates: int, named: int = 300
) -> Markup:
    details = draft.details
    head = say("event-card", kind=details.kind.value, sign=plain("event-sign", kind=details.kind.value))
    lines = [say("event-card-title", title=draft.shown_title or plain("event-unknown"))]
    if draft.dates:
        lines.append(say("event-card-when", dates=dates_after_colon(draft, reader=reader, today=today, limit=dates)))
        if draft.is_series and draft.titles and len(draft.titles) != len(draft.dates):
            lines.append(say("event-titles-differ", titles=len(draft.titles), dates=len(draft.dates)))
        lines += days_off(draft, today)
    else:
        lines.append(say("event-card-when", dates=draft.days or plain("event-unknown")))
    if ZoneInfo(draft.timezone).key != reader.key:
        lines.append(say("event-card-zone", zone=zone_name(draft.timezone)))
    lines.append(say("event-card-link", link=draft.link or plain("webinar-no-link")))
    word = ("word-own" if details.has_own_words else "word-shared") if draft.is_series else "word"
    words = {"code": details.access_code, word: details.code_word, "place": details.place, "leader": details.leader}
    lines += [say(f"event-card-{name}", words=value) for name, value in words.items() if value]
    lines += [
        Markup(""),
        audience_lines(view, reader, limit=named),
        say("audience-people", people=people_words(view.size)),
        Markup(""),
    ]
    lines += _demands(draft)
    if draft.materials:
        titles = "; ".join(shorten(one.title, 40) for one in draft.materials)
        lines.append(say("event-card-materials", titles=titles))
    if draft.missing:
        lines.append(say("event-missing", what=", ".join(plain(f"event-missing-{one.value}") for one in draft.missing)))
    return Markup("\n".join([head, "", *lines]).strip())


def _demands(draft: EventDraft) -> list[Markup]:
    details, lines = draft.details, []
    if details.seats:
        lines.append(say("event-card-seats", seats=seats_words(details.seats)))
    if details.needs_reason:
        lines.append(say("event-card-reason"))
    if details.least_per_school:
        lines.append(say("event-card-least", n=details.least_per_school))
    if details.gives_certificate:
        lines.append(say("event-card-certificate"))
    return lines


def _date_line(event: EventDate, title: str, reader: ZoneInfo, today: date) -> Markup:
    words = date_words(event, reader=reader, today=today)
    return say("event-date-line", date=words, title=title) if title else words


def _field_button(stored: StoredEventDraft, field: Field) -> InlineKeyboardButton:
    return button(
        "button-event-field", OpenField(draft=stored.id, field=field), field=field.value, has=_has(stored.draft, field)
    )


def _has(draft: EventDraft, field: Field) -> str:
    details = draft.details
    known = {
        Field.TITLE: draft.title,
        Field.WHEN: draft.dates,
        Field.LINK: draft.link,
        Field.CODE: details.access_code,
        Field.WORD: details.code_word,
        Field.PLACE: details.place,
        Field.LEADER: details.leader,
        Field.SEATS: details.seats,
        Field.ASKS: details.needs_reason or details.least_per_school or details.gives_certificate,
        Field.MATERIALS: draft.materials,
    }
    return "yes" if known.get(field, True) else "no"
