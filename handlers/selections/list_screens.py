"""One list of a selection, and what announcing would tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.selection import Application, ApplicationState, News
from bot.domain.selection_lists import numbered
from bot.services.announce_decisions import Announcement
from bot.services.select_applicants import SelectionView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, pager
from handlers.selections.callbacks import AnnounceDecisions, ShowApplication, ShowList, ShowSelection
from handlers.selections.wording import who, whom

Screen = tuple[Markup, InlineKeyboardMarkup]

_PAGE = 10
_TITLE = 100


def one_list_screen(view: SelectionView, state: ApplicationState, page: int) -> Screen:
    """By municipality, where there are several; the reserve in its order. A button for each."""
    everybody = numbered(view.line.selection, view.applications, state)
    pages = max(1, -(-len(everybody) // _PAGE))
    page = min(max(page, 0), pages - 1)
    shown = everybody[page * _PAGE : (page + 1) * _PAGE]
    title = shorten(view.line.title, _TITLE)
    name = plain(f"selection-list-name-{state.value}")
    parts = [say("selection-list", title=title, list=name, n=len(everybody))]
    parts.append(_lines(shown, by_part=len(view.lists.parts) > 1) if shown else say("selection-list-empty"))
    rows: list[Row] = [
        [named(plain("button-application", n=n, who=whom(one)), ShowApplication(application=one.id))]
        for n, one in shown
    ]
    occurrence = view.line.occurrence_id
    rows.append(pager(page, pages, lambda n: ShowList(occurrence=occurrence, state=state, page=n)))
    rows.append([button("button-selection-back", ShowSelection(occurrence=occurrence))])
    return Markup("\n\n".join(parts)), keyboard(*rows)


def decisions_screen(found: Announcement, *, reader: ZoneInfo, now: datetime) -> Screen:
    """How many hear what, and what may still change it."""
    line = found.line
    lines = [say(f"decisions-line-{news.value}", n=n) for news in News if (n := found.news.get(news, 0))]
    if found.waiting:
        lines.append(say("decisions-waiting", n=found.waiting))
    if line.is_running(now):
        on = line.due_at.astimezone(ZoneInfo(line.timezone)).date()
        lines.append(say("decisions-running", day=day_within(on, today=now.astimezone(reader).date())))
    text = say(
        "decisions-preview", title=shorten(line.title, _TITLE), lines=Markup("\n".join(lines))
    )  # fmt: skip
    occurrence = line.occurrence_id
    announce = AnnounceDecisions(occurrence=occurrence, seen=found.seen)
    return text, keyboard(
        [button("button-decisions-announce", announce)],
        [button("button-selection-back", ShowSelection(occurrence=occurrence))],
    )


def _lines(shown: Sequence[tuple[int, Application]], *, by_part: bool) -> Markup:
    lines: list[Markup] = []
    part = None
    for n, one in shown:
        if by_part and one.part != part:
            lines.append(say("selection-list-part", title=one.part_title))
        part = one.part
        mark = say("selection-mark-untold") if one.is_untold else Markup("")
        lines.append(say("selection-list-line", n=n, who=who(one), mark=mark))
    return Markup("\n".join(lines))
