"""How an event is called: a defence is never «вебинар»."""

from __future__ import annotations

from typing import Literal

from bot.domain.events import EventDetails, EventKind
from bot.texts.catalogue import plain

Case = Literal["nom", "gen", "dat", "acc", "ins", "prep", "many"]
"""«вебинар», «вебинара» …, and «вебинаров» for many."""


def kind_of(details: EventDetails | None) -> EventKind:
    """What was announced without details is a webinar."""
    return EventKind.WEBINAR if details is None else details.kind


def event_word(details: EventDetails | None, case: Case = "nom") -> str:
    """«вебинар», «совещания», «защиту» …"""
    return plain("event-kind", kind=kind_of(details).value, case=case)
