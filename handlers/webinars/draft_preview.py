"""An event as each kind of its readers will get it, and what «Объявить» would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.event_drafts import EventDraft
from bot.ports.event_drafts import StoredEventDraft
from bot.services.preview_event import EventPreview
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import event_word
from bot.texts.times import clock, day, moment, zone_label
from handlers.answers.card import matter_card
from handlers.audiences.wording import people_words
from handlers.notices.lists import assigned
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row, in_rows
from handlers.scene import Scene
from handlers.webinars.making_callbacks import Act, DraftButton, ShowReader

Screen = tuple[Markup, InlineKeyboardMarkup]

_MOST_ZONES = 5


@dataclass(frozen=True, slots=True)
class EventReader:
    """Somebody invited on the clocks of ``zone``; or a school's coordinator, who answers for how many come of it."""

    zone: ZoneInfo
    is_coordinator: bool = False

    def label(self, at: datetime) -> str:
        key = "event-reader-coordinator" if self.is_coordinator else "event-reader"
        return plain(key, zone=zone_label(self.zone, at))


def readers_of(draft: EventDraft, preview: EventPreview, own: ZoneInfo) -> tuple[EventReader, ...]:
    """One for each distance from Moscow, the nearest first; a coordinator where schools must send somebody."""
    at = draft.dates[0].at
    zones = {zone_label(ZoneInfo(zone), at): ZoneInfo(zone) for zone in preview.zones} or {"": own}
    near = sorted(zones.values(), key=lambda zone: at.astimezone(zone).utcoffset() or timedelta(0))
    readers = [EventReader(zone) for zone in [*near[: _MOST_ZONES - 1], *near[-1:]][: len(near)]]
    if draft.details.least_per_school:
        readers.append(EventReader(own, is_coordinator=True))
    return tuple(readers)


def message_to(reader: EventReader, draft: EventDraft, preview: EventPreview, now: datetime) -> Markup:
    """The first message of this reader, without its buttons: there is nothing yet that they could act on."""
    zone, today = reader.zone, now.astimezone(reader.zone).date()
    if len(preview.matters) > 1:
        text = assigned(preview.matters, reader=zone, today=today, series=draft.series_title)
    else:
        heading = say("notice-new-webinar", invited=event_word(draft.details, "acc"))
        text = Markup(f"{heading}\n\n{matter_card(preview.matters[0], reader=zone, today=today).text}")
    if reader.is_coordinator:
        text = Markup(f"{text}\n\n{say('event-preview-least', n=draft.details.least_per_school)}")
    return text


def preview_screen(stored: StoredEventDraft, preview: EventPreview, scene: Scene, place: int) -> Screen:
    """As the reader at ``place`` sees it, with the readers to choose from."""
    draft = stored.draft
    readers = readers_of(draft, preview, scene.reader)
    place = min(max(place, 0), len(readers) - 1)
    at = draft.dates[0].at
    text = say(
        "event-preview",
        reader=readers[place].label(at),
        message=message_to(readers[place], draft, preview, scene.now),
        people=people_words(preview.size),
        first=first_words(preview.first_at, scene),
    )
    others = [
        named(plain("event-reader-chosen", reader=one.label(at)) if n == place else one.label(at), _at(stored, n))
        for n, one in enumerate(readers)
    ]
    rows = in_rows(others, 2) if len(others) > 1 else []

    def act(key: str, what: Act) -> Row:
        return [button(key, DraftButton(draft=stored.id, version=stored.version, act=what))]

    return text, keyboard(
        *rows,
        act("button-event-self", Act.SELF),
        act("button-webinar-announce", Act.ANNOUNCE),
        act("button-event-card", Act.CARD),
    )


def first_words(first_at: Mapping[str, datetime], scene: Scene) -> Markup:
    """When the first message leaves, in the readers' own time where that is one and the same hour for all."""
    if not first_at:
        return say("webinar-first-none")
    latest = max(first_at.values())
    if latest <= scene.now:
        return say("webinar-first-now")
    if min(first_at.values()) <= scene.now:
        return say("webinar-first-mixed", moment=moment(latest, reader=scene.reader, today=scene.today))
    local = {at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone, at in first_at.items()}
    if len(local) == 1:
        zone, at = next(iter(first_at.items()))
        on = at.astimezone(ZoneInfo(zone)).date()
        return say("webinar-first-local", day=day(on, today=scene.today), clock=clock(at, ZoneInfo(zone)))
    earliest = min(first_at.values())
    return say("webinar-first-from", moment=moment(earliest, reader=scene.reader, today=scene.today))


def _at(stored: StoredEventDraft, place: int) -> ShowReader:
    return ShowReader(draft=stored.id, place=place)
