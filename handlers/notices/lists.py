"""Notices about several matters at once: what a document assigns, what was called off, who is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import deadline, moment
from bot.texts.wording import length, shorten
from handlers.answers.callbacks import MyPage, ShowMatter
from handlers.answers.card import document_name

_LISTED = 10  # lines of a list; the rest is counted
_MESSAGE = 3900  # of 4,096 characters; the heading and «и ещё 12» want theirs
BUTTONS = 5
_TITLE = 120
_UNIT_TITLE = 60
_BUTTON_TITLE = 34
_NAMED = 8  # silent schools called by name
REMINDED = 8  # matters of one reminder, each with its own button


def assigned(matters: Sequence[Matter], *, reader: ZoneInfo, today: date, series: str | None = None) -> Markup:
    """What one document (or series of events) asks of one person, the earliest due first."""
    head = _about("assigned", matters, series)
    text = _lines(head, [_line(matter, reader, today) for matter in matters], "notice-assigned-rest")
    return text if series is None else _with_next_step(text)


def reminded(matters: Sequence[Matter], *, is_today: bool, reader: ZoneInfo, today: date) -> Markup:
    """What is reminded of on one day, the most urgent first."""
    head = say("notice-reminded-today" if is_today else "notice-reminded", n=len(matters))
    lines = [_line(matter, reader, today) for matter in matters]
    return _lines(head, lines, "notice-assigned-rest", limit=REMINDED)


def called_off(matters: Sequence[Matter], *, reader: ZoneInfo, today: date, series: str | None = None) -> Markup:
    head = _about("called-off", matters, series)
    return _lines(head, [_line(matter, reader, today) for matter in matters], "notice-rest")


def refreshed(
    matters: Sequence[Matter], *, reader: ZoneInfo, today: date, series: str | None = None, is_standing: bool = False
) -> Markup:
    """An older list, of a series or of a day's reminders, as it is now: what was called off, or done, stays in it and
    says so. ``is_standing``: somebody has answered or decided; else dates have moved.
    """
    lines = []
    for matter in matters:
        line = _line(matter, reader, today)
        if matter.state is OccurrenceState.CANCELLED:
            line = say("notice-line-called-off", line=line)
        elif matter.kind is not ActivityKind.WEBINAR and not matter.is_open:
            line = say("notice-line-done", line=line)
        lines.append(line)
    if series:
        head = say("notice-refreshed", title=shorten(series, _TITLE))
    else:
        head = say("notice-reminded-standing" if is_standing else "notice-reminded-refreshed")
    return _lines(head, lines, "notice-rest")


@dataclass(frozen=True, slots=True)
class Changes:
    """What of one document is not as the reader knew it, each part the earliest due first."""

    moved: Sequence[Matter]
    called_off: Sequence[Matter]
    new: Sequence[Matter]

    @property
    def matters(self) -> tuple[Matter, ...]:
        return (*self.moved, *self.called_off, *self.new)


def changed(changes: Changes, *, reader: ZoneInfo, today: date, series: str | None = None) -> Markup:
    """One message for everything that changed at once; the parts share its room, the moved dates first."""
    head = _about("changed", changes.matters, series)
    lines: list[Markup] = []
    parts = {"moved": changes.moved, "called-off": changes.called_off, "new": changes.new}
    for name, matters in parts.items():
        for place, matter in enumerate(matters):
            line = _line(matter, reader, today)
            if name == "moved" and not matter.is_open:
                line = say("notice-line-answered", line=line)
            gap = "\n" if lines else ""
            lines.append(Markup(f"{gap}{say(f'notice-changed-{name}')}\n{line}") if place == 0 else line)
    text = _lines(head, lines, "notice-assigned-rest")
    is_asked = series is not None and any(matter.is_open for matter in (*changes.moved, *changes.new))
    return _with_next_step(text) if is_asked else text


def unattended(matters: Sequence[Matter], *, reader: ZoneInfo, today: date) -> Markup:
    """To the one above: schools that owe something and have nobody to whom it could be told."""
    schools = list(dict.fromkeys(shorten(matter.unit_title, _UNIT_TITLE) for matter in matters))
    different = list({matter.assignment.occurrence_id: matter for matter in matters}.values())
    head = say("notice-unattended", n=len(schools), schools=_named(schools))
    return _lines(head, [_line(matter, reader, today) for matter in different], "notice-rest")


def matter_buttons(matters: Sequence[Matter], *, limit: int = BUTTONS) -> InlineKeyboardMarkup:
    """The first matters one by one, and all of them in /my."""
    rows = [[_matter_button(matter)] for matter in matters[:limit]]
    rows.append([_button(plain("button-notice-all"), MyPage().pack())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _about(what: str, matters: Sequence[Matter], series: str | None) -> Markup:
    """The heading of a list: what of one document, or of one series."""
    if series is not None:
        return say(f"notice-{what}-series", n=len(matters), title=shorten(series, _TITLE))
    foundation = matters[0].document
    key = "notice-called-off-list" if what == "called-off" else f"notice-{what}"
    return say(key, n=len(matters), document=document_name(foundation) if foundation else "")


def _with_next_step(text: Markup) -> Markup:
    """Of a series: the answers stand behind the buttons, which does not show."""
    return Markup(f"{text}\n\n{say('notice-choose-meeting')}")


def _line(matter: Matter, reader: ZoneInfo, today: date) -> Markup:
    if matter.kind is ActivityKind.WEBINAR:
        due = moment(matter.due_at, reader=reader, today=today)
    else:
        zone = ZoneInfo(matter.timezone)
        due = deadline(matter.due_at, on=matter.due_on, has_time=matter.has_time, zone=zone, reader=reader, today=today)
    return say("notice-line", title=shorten(matter.title, _TITLE), due=due)


def _lines(head: Markup, lines: Sequence[Markup], rest: str, *, separator: str = "\n", limit: int = _LISTED) -> Markup:
    """As many lines as a message has room for: what Telegram finds too long is lost for good."""
    shown: list[Markup] = []
    room = _MESSAGE - length(head)
    for line in lines[:limit]:
        room -= length(line) + len(separator)
        if room < 0:
            break
        shown.append(line)
    if left := len(lines) - len(shown):
        shown.append(say(rest, n=left))
    return Markup(f"{head}\n\n{separator.join(shown)}")


def _named(titles: Sequence[str]) -> str:
    named = ", ".join(titles[:_NAMED])
    left = len(titles) - _NAMED
    return plain("notice-and-more", names=named, n=left) if left > 0 else named


def _matter_button(matter: Matter) -> InlineKeyboardButton:
    words = plain("button-notice-matter", title=shorten(matter.title, _BUTTON_TITLE))
    return _button(words, ShowMatter(assignment=matter.assignment.id, listed=True).pack())


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
