"""What is asked about each field of an event, with what stands in it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.event_drafts import DraftMaterial, EventDraft
from bot.domain.events import EventKind, MaterialPhase
from bot.domain.network import Unit
from bot.ports.event_drafts import StoredEventDraft
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import event_word
from bot.texts.wording import shorten
from bot.texts.zones import zone_name
from handlers.people.buttons import button, keyboard, named, zone_rows
from handlers.rows import Row, in_rows
from handlers.webinars.draft_card import dates_after_colon, days_off, seats_words
from handlers.webinars.making_callbacks import Act, DraftButton, Field, ListEarlier, PickValue

Screen = tuple[Markup, InlineKeyboardMarkup]

CLEARED = frozenset({Field.LINK, Field.CODE, Field.WORD, Field.PLACE, Field.LEADER, Field.SEATS, Field.MATERIALS})
TYPED = CLEARED | {Field.TITLE, Field.WHEN}
_MOSCOW = "Europe/Moscow"
_MOST_ASKED = 5
_UNDERSTOOD = 18  # dates, that they, the warning of days off and the longest link go into one message


def field_screen(
    stored: StoredEventDraft, field: Field, *, reader: ZoneInfo, today: date, is_guided: bool, places: tuple[Unit, ...]
) -> Screen:
    """The question of one field. ``is_guided``: one of the first steps, which has a next one."""
    draft = stored.draft
    values = {"kind": draft.details.kind.value, "event": event_word(draft.details, "gen")}
    is_moscow = "yes" if draft.timezone == _MOSCOW else "no"
    parts = [say(f"event-ask-{field.value}", **values, zone=zone_name(draft.timezone), moscow=is_moscow)]
    if known := _known(draft, field, reader, today):
        parts.append(say("event-known", known=known))
    if is_guided and field is Field.LINK and draft.dates:
        dates = dates_after_colon(draft, reader=reader, today=today, limit=_UNDERSTOOD)
        understood = say("event-understood", dates=dates)
        parts.insert(0, Markup("\n".join([understood, *days_off(draft, today)])))
    rows = _choices(stored, field, places)
    if is_guided and field is Field.TITLE and draft.is_empty:
        rows.append([button("button-event-copy", ListEarlier())])
    if field in CLEARED and known:
        rows.append([_act("button-event-clear", stored, Act.CLEAR, field)])
    if is_guided:
        rows.append([_act("button-webinar-keep" if known else "button-webinar-skip", stored, Act.SKIP, field)])
    rows.append([_act("button-event-card", stored, Act.CARD, None)])
    return Markup("\n\n".join(parts)), keyboard(*rows)


def _choices(stored: StoredEventDraft, field: Field, places: tuple[Unit, ...]) -> list[Row]:
    details = stored.draft.details

    def pick(value: str) -> PickValue:
        return PickValue(draft=stored.id, version=stored.version, field=field, value=value)

    if field is Field.KIND:
        buttons = [button("button-event-kind", pick(kind.value), kind=kind.value) for kind in EventKind]
        return in_rows(buttons, 2)
    if field is Field.ZONE:
        return zone_rows(pick)
    if field is Field.UNIT:
        return [[named(place.title, pick(str(place.id)))] for place in places]
    if field is Field.WORD:
        return [[button("button-event-invent", pick("invent"))]]
    if field is Field.MATERIALS:
        return [row for place, one in enumerate(stored.draft.materials) for row in _material_rows(place, one, pick)]
    if field is Field.ASKS:
        least = [
            named(str(n) if n != details.least_per_school else f"• {n} •", pick(f"least{n}"))
            for n in range(_MOST_ASKED + 1)
        ]
        return [
            [button("button-event-reason", pick("reason"), on=_yes(details.needs_reason))],
            [button("button-event-certificate", pick("certificate"), on=_yes(details.gives_certificate))],
            least,
        ]
    return []


def _material_rows(place: int, one: DraftMaterial, pick: Callable[[str], PickValue]) -> list[Row]:
    """When it is handed out, which another tap turns round; and away with it."""
    other = MaterialPhase.AFTER if one.phase is MaterialPhase.BEFORE else MaterialPhase.BEFORE
    title = shorten(one.title, 20)
    turn = button("button-event-material", pick(f"{other.value}{place}"), title=title, phase=one.phase.value)
    return in_rows([turn, button("button-event-material-drop", pick(f"drop{place}"))], 2)


def _known(draft: EventDraft, field: Field, reader: ZoneInfo, today: date) -> Markup | str:
    details = draft.details
    if field is Field.WHEN:
        return dates_after_colon(draft, reader=reader, today=today) if draft.dates else draft.days or ""
    if field is Field.TITLE:
        return "\n".join([draft.title or "", *(shorten(title, 100) for title in draft.titles)]).strip()
    if field is Field.MATERIALS:
        return "\n".join(
            plain("event-material-when", title=one.title, phase=one.phase.value) for one in draft.materials
        )
    known = {
        Field.KIND: event_word(details),
        Field.ZONE: zone_name(draft.timezone),
        Field.LINK: draft.link,
        Field.CODE: details.access_code,
        Field.WORD: details.code_word,
        Field.PLACE: details.place,
        Field.LEADER: details.leader,
        Field.SEATS: seats_words(details.seats) if details.seats else None,
    }
    return known.get(field) or ""


def _act(key: str, stored: StoredEventDraft, act: Act, field: Field | None) -> InlineKeyboardButton:
    return button(key, DraftButton(draft=stored.id, version=stored.version, act=act, field=field))


def _yes(is_on: bool) -> str:
    return "yes" if is_on else "no"
