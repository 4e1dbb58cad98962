"""The collective summary on one screen, and the silent of one of its matters with whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.ids import NoticeId
from bot.ports.escalation import SilentUnit
from bot.services.show_summary import Silence, SilentOfMatter
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.board.callbacks import BoardDate, NudgeSilent
from handlers.escalation.callbacks import SummaryMatter, SummaryPage
from handlers.rows import turning

MATTERS_PAGE = 5
_TITLE, _UNIT_TITLE, _BUTTON_TITLE = 120, 60, 30
_NAMED = 6  # silent schools called by name; with five matters a page stays far below 4,096 characters
_CONTACTS = 2

Screen = tuple[Markup, InlineKeyboardMarkup]


def summary_screen(silences: Sequence[Silence], notice_id: NoticeId, *, page: int = 0) -> Screen:
    """The matters, a page at a time, each with its own button."""
    pages = max(1, -(-len(silences) // MATTERS_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = silences[page * MATTERS_PAGE : (page + 1) * MATTERS_PAGE]
    is_ahead = all(silence.is_ahead for silence in silences)
    parts = [say("summary-ahead" if is_ahead else "notice-overdue", n=len(silences))]
    parts += [_matter(silence) for silence in shown]
    rows = [[_matter_button(silence, notice_id, page)] for silence in shown]
    rows += turning(page, pages, lambda to: SummaryPage(notice=notice_id, page=to))
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def matter_screen(found: SilentOfMatter, at: SummaryMatter, *, without_personal_data: bool) -> Screen:
    """Who is silent on one matter, and whom to call; from here they are reminded."""
    line = found.silence.line
    parts = [say("summary-matter", headline=_headline(found.silence))]
    parts += [_unit(unit, without_personal_data=without_personal_data) for unit in found.units]
    rows = [
        [_button("button-summary-nudge", NudgeSilent(occurrence=line.occurrence_id, version=line.version))],
        [_button("button-summary-board", BoardDate(occurrence=line.occurrence_id))],
    ]
    rows += turning(found.page, found.pages, lambda to: at.model_copy(update={"page": to}))
    rows.append([_button("button-to-summary", SummaryPage(notice=at.notice, page=at.back))])
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _matter(silence: Silence) -> Markup:
    headline = _headline(silence)
    titles = [shorten(title, _UNIT_TITLE) for title in silence.silent]
    named, left = ", ".join(titles[:_NAMED]), len(titles) - _NAMED
    units = plain("notice-and-more", names=named, n=left) if left > 0 else named
    text = say("summary-named", headline=headline, units=units)
    if silence.instead is None:
        return text
    return Markup(f"{text}\n{say('summary-instead', level=silence.instead.value)}")


def _headline(silence: Silence) -> Markup:
    return say(
        "notice-overdue-line",
        title=shorten(silence.line.title, _TITLE),
        due=short_day(silence.line.due_on),
        silent=silence.count,
        total=silence.line.tally.total,
        who="schools" if silence.is_of_schools else "people",
    )


def _unit(unit: SilentUnit, *, without_personal_data: bool) -> Markup:
    title = shorten(unit.title, _UNIT_TITLE)
    if without_personal_data:
        return say("summary-unit", title=title, contacts="")
    if not unit.contacts:
        return say("summary-unit-nobody", title=title)
    called = [
        plain("summary-contact", name=one.full_name, phone=one.phone) if one.phone else one.full_name
        for one in unit.contacts[:_CONTACTS]
    ]
    return say("summary-unit", title=title, contacts=" – " + "; ".join(called))


def _matter_button(silence: Silence, notice_id: NoticeId, page: int) -> InlineKeyboardButton:
    title = shorten(silence.line.title, _BUTTON_TITLE)
    data = SummaryMatter(notice=notice_id, occurrence=silence.line.occurrence_id, back=page)
    return _button("button-summary-matter", data, title=title, n=silence.count)


def _button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key, **values), callback_data=data.pack())
