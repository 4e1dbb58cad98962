"""Choosing who is invited to an event: roles and years, where, but whom, and by what was said elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.audiences import PARTS_OF
from bot.domain.matters import Said
from bot.domain.network import Role
from bot.ports.announcing import PastEvent
from bot.ports.event_drafts import StoredEventDraft
from bot.services.make_event import EventAudience
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from handlers.people.buttons import button, keyboard, named, pager
from handlers.webinars.draft_card import audience_lines, role_word
from handlers.webinars.making_callbacks import Act, AudiencePage, Choice, DraftButton, PickAudience

Screen = tuple[Markup, InlineKeyboardMarkup]

_PARTS = 8
_COHORTS = 6


def audience_screen(stored: StoredEventDraft, view: EventAudience) -> Screen:
    """Who and where as it stands; every tap changes it at once."""
    audience, kind = stored.draft.audience, PARTS_OF[view.unit.kind]
    roles = [_pick(stored, Choice.ROLE, role.value, role_word(role), role in audience.roles) for role in Role]
    cohorts = [
        _pick(stored, Choice.COHORT, str(place), cohort, cohort == audience.cohort)
        for place, cohort in enumerate(view.cohorts[:_COHORTS])
    ]
    rows = [*_pairs(roles), *_pairs(cohorts)]
    if view.parts and kind:
        rows.append(
            [
                button("button-webinar-parts", AudiencePage(draft=stored.id, choice=Choice.PART), kind=kind.value),
                button("button-event-without", AudiencePage(draft=stored.id, choice=Choice.WITHOUT)),
            ]
        )
    rows.append([button("button-event-elsewhere", AudiencePage(draft=stored.id, choice=Choice.ELSEWHERE))])
    text = say("event-audience", audience=audience_lines(stored.draft, view))
    return text, keyboard(*rows, [_card(stored)])


def parts_screen(stored: StoredEventDraft, view: EventAudience, choice: Choice, page: int) -> Screen:
    """The parts to invite (``PART``) or to leave out (``WITHOUT``)."""
    audience = stored.draft.audience
    chosen = audience.unit_ids if choice is Choice.PART else audience.excluded
    pages = max(1, -(-len(view.parts) // _PARTS))
    page = min(max(page, 0), pages - 1)
    rows = [
        [_pick(stored, choice, f"{part.id}", part.title, part.id in chosen)]
        for part in view.parts[page * _PARTS : (page + 1) * _PARTS]
    ]
    rows.append(pager(page, pages, lambda to: AudiencePage(draft=stored.id, choice=choice, page=to)))
    last = [button("button-webinar-done", AudiencePage(draft=stored.id, choice=Choice.ROLE))]
    if choice is Choice.PART:
        last.insert(0, _plain(stored, Choice.EVERYWHERE, "button-webinar-everywhere"))
    return say("webinar-parts" if choice is Choice.PART else "event-parts-without"), keyboard(*rows, last)


def elsewhere_screen(stored: StoredEventDraft, events: Sequence[PastEvent], reader: ZoneInfo) -> Screen:
    """By which event; then ``said_screen`` asks what they said to it."""
    rows = [
        [named(f"{stamp(one.due_at, reader)} · {one.title}", _choice(stored, Choice.ELSEWHERE, str(one.occurrence_id)))]
        for one in events
    ]
    anybody = _plain(stored, Choice.ANYBODY, "button-event-anybody")
    back = button("button-back", AudiencePage(draft=stored.id, choice=Choice.ROLE))
    return say("event-by-event" if events else "event-no-events"), keyboard(*rows, [anybody], [back])


def said_screen(stored: StoredEventDraft, occurrence: int) -> Screen:
    rows = [
        [_plain(stored, Choice.SAID, "button-event-said", value=f"{occurrence}.{said.value}", said=said.value)]
        for said in Said
    ]
    back = button("button-back", AudiencePage(draft=stored.id, choice=Choice.ELSEWHERE))
    return say("event-said"), keyboard(*rows, [back])


def _pick(stored: StoredEventDraft, choice: Choice, value: str, title: str, is_chosen: bool) -> InlineKeyboardButton:
    words = title[:1].upper() + title[1:]
    label = plain("button-webinar-part", chosen="yes" if is_chosen else "no", title=words)
    return named(label, _choice(stored, choice, value))


def _plain(
    stored: StoredEventDraft, choice: Choice, key: str, *, value: str = "", **values: str
) -> InlineKeyboardButton:
    return button(key, _choice(stored, choice, value), **values)


def _choice(stored: StoredEventDraft, choice: Choice, value: str) -> PickAudience:
    return PickAudience(draft=stored.id, version=stored.version, choice=choice, value=value)


def _card(stored: StoredEventDraft) -> InlineKeyboardButton:
    return button("button-event-card", DraftButton(draft=stored.id, version=stored.version, act=Act.CARD))


def _pairs(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
