"""What somebody invited sees after an event: the recording, the two questions, what he missed, his series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.afterwards import RATINGS
from bot.domain.events import Attendance
from bot.domain.ids import AssignmentId
from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.ports.afterwards import Feedback, Material
from bot.ports.series import SeriesVisit
from bot.services.show_series import MissedEvent, MissedPage, MySeries
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.answers.callbacks import MyPage, ShowMatter
from handlers.people.buttons import button, keyboard, named
from handlers.rows import pager
from handlers.webinars import afterwards_callbacks as to

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_MATERIAL = 100
_EVENTS = 12  # of a series on one screen
_ON_MISSED = 4  # recordings of one missed event; the rest stands behind its button


def materials_screen(matter: Matter, materials: Sequence[Material]) -> Screen:
    """Links to tap in the text, a button for each file."""
    title, assignment = shorten(matter.title, _TITLE), matter.assignment.id
    if not materials:
        return say("materials-none", title=title), keyboard(_back(assignment))
    text = Markup("\n".join([say("materials-notice", title=title), "", *map(_material, materials)]))
    return text, keyboard(*_files(assignment, materials), _back(assignment))


def question_screen(matter: Matter) -> Screen:
    """How useful it was: one tap."""
    text = Markup(f"{say('feedback-ask', title=shorten(matter.title, _TITLE))}\n\n{say('feedback-seen-by')}")
    rates = [
        button("button-feedback-rate", to.RateEvent(assignment=matter.assignment.id, rating=rating), rating=rating)
        for rating in RATINGS
    ]
    return text, keyboard(rates)


def line_screen(matter: Matter, feedback: Feedback, *, is_awaited: bool) -> Screen:
    """Asks for a line. ``is_awaited``: what he writes next is that line; else a button leads there, because he is in
    the middle of something."""
    assignment = matter.assignment.id
    write = [] if is_awaited else [button("button-feedback-write", to.WriteLine(assignment=assignment))]
    skip = button("button-feedback-skip", to.SkipLine(assignment=assignment))
    return say("feedback-line-ask", rating=feedback.rating or 0), keyboard(write, [skip])


def thanks_screen(matter: Matter, feedback: Feedback) -> Screen:
    text = say("feedback-thanks", title=shorten(matter.title, _TITLE), rating=feedback.rating or 0)
    return text, keyboard(certificate_row(matter))


def missed_screen(found: MissedPage, *, reader: ZoneInfo) -> Screen:
    back = [button("button-my", MyPage())]
    if not found.total:
        return say("missed-none"), keyboard(back)
    parts = [say("missed-title", n=found.total), *(_missed(one, reader) for one in found.events)]
    rows = [[_open(one.visit, reader)] for one in found.events if one.recordings]
    turn = pager(found.page, found.pages, lambda page: to.ShowMissed(page=page))
    return Markup("\n\n".join(parts)), keyboard(*rows, turn, back)


def my_series_screen(found: MySeries, at: to.ShowMySeries, *, reader: ZoneInfo, now: datetime) -> Screen:
    pages = max(1, -(-len(found.visits) // _EVENTS))
    page = min(max(at.page, 0), pages - 1)
    shown = found.visits[page * _EVENTS : (page + 1) * _EVENTS]
    parts = [say("series-title", title=shorten(found.series.title, _TITLE))]
    parts.append(say("series-mine-present", begun=found.begun, present=found.present))
    parts.append(Markup("\n".join(_visit(one, reader, now) for one in shown)))
    rows = [[_open(one, reader)] for one in shown if found.recordings.get(one.activity_id)]
    turn = pager(page, pages, lambda page: to.ShowMySeries(assignment=at.assignment, page=page))
    return Markup("\n\n".join(parts)), keyboard(*rows, turn, _back(at.assignment))


def after_rows(matter: Matter, *, today: date, reader: ZoneInfo) -> list[list[InlineKeyboardButton]]:
    """What a card offers once its event has begun: what was sent round, the certificate, the whole series."""
    is_own = matter.assignment.person_id is not None and not matter.is_withdrawn
    is_event = matter.kind is ActivityKind.WEBINAR and matter.state is OccurrenceState.OPEN
    if not is_own or not is_event or matter.due_at.astimezone(reader).date() > today:
        return []
    materials = [button("button-materials", to.ShowMaterials(assignment=matter.assignment.id))]
    series = [button("button-series-mine", to.ShowMySeries(assignment=matter.assignment.id))]
    rows = [materials if matter.has_recording else [], certificate_row(matter), series if matter.series_id else []]
    return [row for row in rows if row]


def certificate_row(matter: Matter) -> list[InlineKeyboardButton]:
    """Only for one who was there, where the organiser gives certificates."""
    is_given = matter.event is not None and matter.event.gives_certificate
    if not is_given or matter.assignment.attendance is not Attendance.PRESENT:
        return []
    return [button("button-certificate", to.GetCertificate(assignment=matter.assignment.id))]


def _material(one: Material) -> Markup:
    title = shorten(one.title, _MATERIAL)
    if one.link is None:
        return say("materials-file", title=title)
    return say("materials-link", link=one.link.replace('"', "%22"), title=title)


def _files(assignment: AssignmentId, materials: Sequence[Material]) -> list[list[InlineKeyboardButton]]:
    return [
        [button("button-material", to.GetMaterial(assignment=assignment, material=one.id), title=one.title)]
        for one in materials
        if one.file_id is not None
    ]


def _missed(one: MissedEvent, reader: ZoneInfo) -> Markup:
    title = shorten(one.visit.title, _TITLE)
    heading = say("missed-event", title=title, day=_day(one.visit.due_at, reader))
    lines = [_material(material) for material in one.recordings[:_ON_MISSED]] or [say("missed-no-recording")]
    return Markup("\n".join([heading, *lines]))


def _visit(one: SeriesVisit, reader: ZoneInfo, now: datetime) -> Markup:
    state = "ahead" if one.due_at > now else one.attendance.value if one.attendance else "none"
    return say("series-mine-date", state=state, day=_day(one.due_at, reader), title=shorten(one.title, _TITLE))


def _open(visit: SeriesVisit, reader: ZoneInfo) -> InlineKeyboardButton:
    label = plain("button-missed-open", day=_day(visit.due_at, reader), title=visit.title)
    return named(label, to.ShowMaterials(assignment=visit.assignment_id))


def _day(at: datetime, reader: ZoneInfo) -> str:
    return short_day(at.astimezone(reader).date())


def _back(assignment: int) -> list[InlineKeyboardButton]:
    return [button("button-back", ShowMatter(assignment=assignment))]
