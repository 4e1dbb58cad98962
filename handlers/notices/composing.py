"""Puts notices into words, one function a kind. What there is nothing to say about any more is None."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.clock import Clock
from bot.domain.delivery import NoticeKind
from bot.domain.events import Attendance, WayIn
from bot.domain.ids import NoticeId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState
from bot.ports.join_requests import RequestState
from bot.ports.messenger import OutgoingMessage
from bot.ports.notices import DueNotice
from bot.ports.storage import Storage
from bot.services.refresh_messages import CHANGE, WAY_IN, Change
from bot.services.show_threads import ThreadNews
from bot.services.view_notices import NoticeView, view_alike
from bot.services.view_reviews import ReviewNews
from bot.texts.catalogue import Markup, say
from bot.texts.events import event_word, kind_of
from bot.texts.times import moment
from handlers.answers.card import Card, matter_card
from handlers.answers.problem import problem_keyboard, problem_notice
from handlers.attendance.guests import guest_notice
from handlers.calls.news import proposal_news
from handlers.escalation.screens import summary_screen
from handlers.forms.asked import asked_news
from handlers.notices import lists
from handlers.notices.nameless import without_names
from handlers.notices.refreshed import refreshed_list, standing_heading
from handlers.notices.reviews import review_notice
from handlers.notices.seats import seat_news, substitution_news, team_news
from handlers.notices.shared import compose_alike
from handlers.notices.threads import thread_notice
from handlers.people.requests import decision_card, request_card
from handlers.selections.news import decisions_news, ended_news, freed_news
from handlers.webinars.visitor_screens import materials_screen, question_screen


class Composer:
    """Composes a batch from one reading of the database; ``bot.telegram.sender.Compose``."""

    def __init__(self, storage: Storage, clock: Clock, *, without_personal_data: bool) -> None:
        self._storage = storage
        self._clock = clock
        self._without_personal_data = without_personal_data

    async def __call__(self, notices: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
        say_it = partial(compose, now=self._clock.now(), without_personal_data=self._without_personal_data)
        messages: dict[NoticeId, OutgoingMessage | None] = {}
        for alike in await view_alike(self._storage, notices):
            messages |= compose_alike(alike, say_it)
        return messages


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice with the moment and the place it is read at. ``today`` is the reader's own day."""

    view: NoticeView
    now: datetime
    without_personal_data: bool

    @property
    def zone(self) -> ZoneInfo:
        return self.view.due.zone

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def series(self) -> str | None:
        """The title of the series that a list is about."""
        return self.view.due.notice.detail.get("series")


def compose(view: NoticeView, *, now: datetime, without_personal_data: bool) -> OutgoingMessage | None:
    """The message of one notice as of ``now``; None when there is nothing to say any more."""
    shown = without_names(view) if without_personal_data else view
    return _BY_KIND[view.due.notice.kind](Reading(shown, now, without_personal_data))


def _announcement(reading: Reading) -> OutgoingMessage | None:
    return _one_matter(reading, lambda matter: _heading("new", matter))


def _reminder(reading: Reading) -> OutgoingMessage | None:
    """Days are counted when it is sent: a step that waited over a weekend must not say «завтра»."""

    def heading(matter: Matter) -> Markup:
        due = DueMoment(matter.due_at, matter.due_on, matter.has_time)
        return _heading("ahead", matter, n=(due.day_for(reading.zone) - reading.today).days)

    if not reading.view.due.gathered:
        return _one_matter(reading, heading)
    ahead = [matter for matter in reading.view.matters if _is_reminded_of(matter)]
    if len(ahead) > 1:
        is_today = reading.view.due.notice.kind is NoticeKind.TODAY
        text = lists.reminded(ahead, is_today=is_today, reader=reading.zone, today=reading.today)
        return _message(text, lists.matter_buttons(ahead, limit=lists.REMINDED))
    return _with_card(reading, ahead[0], heading(ahead[0])) if ahead else None


def _is_reminded_of(matter: Matter) -> bool:
    """Still owed, or an event that he comes to: answers may have come between the claim and the words."""
    is_standing = matter.state is OccurrenceState.OPEN and not matter.is_withdrawn
    return matter.is_open or (is_standing and matter.assignment.answer is Answer.COMING)


def _starts_soon(reading: Reading) -> OutgoingMessage | None:
    def heading(matter: Matter) -> Markup:
        minutes = round((matter.due_at - reading.now).total_seconds() / 60)
        return say("notice-starts-soon", n=max(0, minutes))

    return _one_matter(reading, heading)


def _moved(reading: Reading) -> OutgoingMessage | None:
    def heading(matter: Matter) -> Markup:
        """On another day nobody's answer stands, which the buttons alone do not tell."""
        lines = [_heading("moved", matter)]
        if matter.kind is ActivityKind.WEBINAR:
            lines += _moved_from(reading, matter)
        if matter.kind is ActivityKind.WEBINAR and matter.is_open:
            fell = matter.assignment.answer is None and matter.was_answered and _is_another_day(matter)
            lines.append(say("notice-moved-fallen" if fell else "notice-moved-ask"))
        return Markup("\n".join(lines))

    return _one_matter(reading, heading)


def _moved_from(reading: Reading, matter: Matter) -> list[Markup]:
    if matter.moved_from is None:
        return []
    return [say("notice-moved-from", was=moment(matter.moved_from, reader=reading.zone, today=reading.today))]


def _is_another_day(matter: Matter) -> bool:
    """On the calendar of the event, as the rule that clears the answers looks at it."""
    zone = ZoneInfo(matter.timezone)
    return matter.moved_from is not None and matter.moved_from.astimezone(zone).date() != matter.due_on


def _nudge(reading: Reading) -> OutgoingMessage | None:
    return _one_matter(reading, lambda matter: _heading("nudge", matter))


def _called_off(reading: Reading) -> OutgoingMessage | None:
    off = [matter for matter in reading.view.matters if matter.state is OccurrenceState.CANCELLED]
    if not off:
        return None
    if len(off) > 1:
        return _message(lists.called_off(off, reader=reading.zone, today=reading.today, series=reading.series), None)
    return _with_card(reading, off[0], _heading("called-off", off[0]))


def _changed(reading: Reading) -> OutgoingMessage | None:
    """As it is by now: what has moved may have been called off since, and the other way about."""
    known = reading.view.due.notice.detail.get("versions", {})
    matters = [matter for matter in reading.view.matters if not matter.is_withdrawn]
    changes = lists.Changes(
        moved=[one for one in matters if one.state is OccurrenceState.OPEN and str(one.assignment.id) in known],
        called_off=[one for one in matters if one.state is OccurrenceState.CANCELLED],
        new=[one for one in matters if one.is_open and str(one.assignment.id) not in known],
    )
    if not changes.matters:
        return None
    text = lists.changed(changes, reader=reading.zone, today=reading.today, series=reading.series)
    owed = [one for one in (*changes.moved, *changes.new) if one.is_open]
    return _message(text, lists.matter_buttons(owed) if owed else None)


def _refreshed(reading: Reading) -> OutgoingMessage | None:
    """An older message as it would read now: an event that has moved, or a series in which something has."""
    matters = reading.view.matters
    if not matters:
        return None
    if reading.view.substitution is not None:
        question = _substitution(reading, "substitute_asked")
        return question and replace(question, replaces=reading.view.due.notice.detail["replaces"])
    if reading.view.due.notice.assignment_id is None:
        detail = reading.view.due.notice.detail
        message = _from_card(refreshed_list(matters, detail, reader=reading.zone, today=reading.today))
    elif (heading := _refreshed_heading(reading, matters[0])) is None:
        return None
    else:
        message = _with_card(reading, matters[0], heading)
    return message and replace(message, replaces=reading.view.due.notice.detail["replaces"])


def _refreshed_heading(reading: Reading, matter: Matter) -> Markup | None:
    detail = reading.view.due.notice.detail
    if matter.state is OccurrenceState.CANCELLED:
        return _heading("called-off", matter)
    if CHANGE in detail:
        return standing_heading(Change(detail[CHANGE]), matter, reading.view.due.notice.person_id)
    if detail.get("event") == WAY_IN:
        return say("notice-way-in-refreshed")
    return _heading("moved", matter)


def _assigned(reading: Reading) -> OutgoingMessage | None:
    still_open = [matter for matter in reading.view.matters if matter.is_open and not matter.is_withdrawn]
    if not still_open:
        return None
    if reading.view.due.notice.detail.get("event") == "unattended":
        return _message(lists.unattended(still_open, reader=reading.zone, today=reading.today), None)
    if len(still_open) == 1:
        return _with_card(reading, still_open[0], _heading("new", still_open[0]))
    text = lists.assigned(still_open, reader=reading.zone, today=reading.today, series=reading.series)
    return _message(text, lists.matter_buttons(still_open))


def _overdue(reading: Reading) -> OutgoingMessage | None:
    silences = reading.view.silences
    return _message(*summary_screen(silences, reading.view.due.notice.id)) if silences else None


def _join_request(reading: Reading) -> OutgoingMessage | None:
    request = reading.view.request
    if request is None or request.state is not RequestState.WAITING:
        return None
    card = request_card(request, reader=reading.zone, without_personal_data=reading.without_personal_data)
    return _message(card.text, card.keyboard)


def _info(reading: Reading) -> OutgoingMessage | None:
    match reading.view.due.notice.detail.get("event"):
        case str(event) if reading.view.review is not None:
            return _reviewed(reading, event, reading.view.review)
        case "thread" | "problem":
            return _written(reading)
        case WayIn.LINK | WayIn.PLACE | WayIn.CODE as way:
            return _new_way_in(reading, way)
        case str(event) if event.startswith("seat_") and reading.view.matters:
            return _from_card(seat_news(event, reading.view.matters[0], reader=reading.zone, today=reading.today))
        case str(event) if event.startswith("substitute_"):
            return _substitution(reading, event)
        case str(event) if event.startswith("asked_") and reading.view.asked is not None:
            return _from_card(
                asked_news(
                    event,
                    reading.view.asked,
                    today=reading.today,
                    without_names=reading.without_personal_data,
                )
            )
        case "team" if reading.view.team is not None:
            step = reading.view.due.notice.detail["step"]
            return _from_card(team_news(step, reading.view.team, reader=reading.zone, today=reading.today))
        case "guest" if reading.view.guest is not None:
            return _message(*guest_notice(reading.view.guest, without_personal_data=reading.without_personal_data))
        case "materials" if reading.view.matters and reading.view.materials:
            return _message(*materials_screen(reading.view.matters[0], reading.view.materials))
        case "feedback":
            return _question(reading)
        case _:
            return _decided(reading)


def _decided(reading: Reading) -> OutgoingMessage | None:
    """To one who had asked to be let in, had proposed something or applied; to those above of a place given back."""
    view = reading.view
    if view.proposal is not None:
        return _from_card(proposal_news(view.proposal))
    if view.decisions is not None:
        return _from_card(decisions_news(view.decisions, without_names=reading.without_personal_data))
    if view.freed is not None:
        return _from_card(freed_news(view.freed, without_names=reading.without_personal_data))
    if view.ended is not None:
        return _from_card(ended_news(view.ended))
    if reading.view.due.notice.detail.get("event") == "join_decided" and reading.view.request is not None:
        card = decision_card(reading.view.request)
        return _message(card.text, card.keyboard)
    return None


def _new_way_in(reading: Reading, way: str) -> OutgoingMessage | None:
    """Not to one who gave up coming, or his seat, while the message waited."""
    is_place = way == WayIn.PLACE
    if any(
        one.has_no_seat or one.assignment.answer is Answer.NOT_COMING or not (is_place or one.gets_link)
        for one in reading.view.matters
    ):
        return None
    return _one_matter(reading, lambda _: say(f"notice-way-in-{way}"))


def _question(reading: Reading) -> OutgoingMessage | None:
    """Only of one who is still marked as present and has not rated the event meanwhile."""
    matters, given = reading.view.matters, reading.view.feedback
    if not matters or matters[0].assignment.attendance is not Attendance.PRESENT or (given and given.rating):
        return None
    return _message(*question_screen(matters[0]))


_BY_KIND: dict[NoticeKind, Callable[[Reading], OutgoingMessage | None]] = {
    NoticeKind.ANNOUNCEMENT: _announcement,
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.TODAY: _reminder,
    NoticeKind.STARTS_SOON: _starts_soon,
    NoticeKind.MOVED: _moved,
    NoticeKind.CALLED_OFF: _called_off,
    NoticeKind.CHANGED: _changed,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.NUDGE: _nudge,
    NoticeKind.JOIN_REQUEST: _join_request,
    NoticeKind.INFO: _info,
    NoticeKind.REFRESH: _refreshed,
}


def _substitution(reading: Reading, event: str) -> OutgoingMessage | None:
    substitution = reading.view.substitution
    if substitution is None or not reading.view.matters or reading.view.matters[0].has_begun(reading.now):
        return None
    news = substitution_news(
        event,
        substitution,
        reading.view.matters[0],
        reader=reading.zone,
        today=reading.today,
        without_names=reading.without_personal_data,
    )
    return _from_card(news)


def _reviewed(reading: Reading, event: str, news: ReviewNews) -> OutgoingMessage | None:
    card = review_notice(
        event,
        news,
        reading.view.matters[0] if reading.view.matters else None,
        reader=reading.zone,
        today=reading.today,
        without_personal_data=reading.without_personal_data,
    )
    return _from_card(card)


def _written(reading: Reading) -> OutgoingMessage | None:
    """What somebody below or above has written of his own accord."""
    view = reading.view
    if view.thread is not None:
        return _from_card(_thread(reading, view.thread))
    return _problem(reading) if view.matters else None


def _thread(reading: Reading, news: ThreadNews) -> Card | None:
    return thread_notice(
        news,
        reading.view.due.notice.person_id,
        reader=reading.zone,
        today=reading.today,
        without_personal_data=reading.without_personal_data,
    )


def _from_card(card: Card | None) -> OutgoingMessage | None:
    return None if card is None else _message(card.text, card.keyboard)


def _problem(reading: Reading) -> OutgoingMessage | None:
    matter = reading.view.matters[0]
    text = problem_notice(matter, without_personal_data=reading.without_personal_data)
    return None if text is None else _message(text, problem_keyboard(matter))


def _one_matter(reading: Reading, heading: Callable[[Matter], Markup]) -> OutgoingMessage | None:
    if not reading.view.matters:
        return None
    matter = reading.view.matters[0]
    return _with_card(reading, matter, heading(matter))


def _heading(what: str, matter: Matter, **values: int) -> Markup:
    """Of an event by its own name: «Приглашаем на защиту»."""
    kind = kind_of(matter.event).value
    names = {"kind": kind, "event": event_word(matter.event), "invited": event_word(matter.event, "acc")}
    return say(f"notice-{what}-{matter.kind.value}", **names, **values)


def _with_card(reading: Reading, matter: Matter, heading: Markup) -> OutgoingMessage:
    card = matter_card(matter, reader=reading.zone, today=reading.today, now=reading.now)
    return _message(Markup(f"{heading}\n\n{card.text}"), card.keyboard)


def _message(text: Markup, keyboard: InlineKeyboardMarkup | None) -> OutgoingMessage:
    return OutgoingMessage(text, None if keyboard is None else keyboard.model_dump(exclude_none=True))
