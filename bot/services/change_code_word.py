"""The word that is said at an event, so that those who hear it check themselves in."""

from __future__ import annotations

from datetime import datetime

from bot.domain.attendance import code_word
from bot.domain.ids import OccurrenceId
from bot.domain.network import Actor
from bot.ports.attendance import EventFacts
from bot.ports.storage import Storage
from bot.services.mark_attendance import led_event


async def change_code_word(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, word: str | None, now: datetime
) -> EventFacts:
    """From now on this word counts (None: none); whoever has checked in by another stays so.

    Raises BadCodeWordError, and NotFoundError where the event is not the actor's to lead.
    """
    checked = None if word is None else code_word(word)
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        if event.details.code_word != checked:
            await tx.attendance.set_code_word(event.activity_id, checked)
            detail = {"occurrence": occurrence_id, "has_word": checked is not None}
            await tx.audit.record(
                "code word changed", by=actor.person.id, unit_id=event.unit_id, detail=detail, now=now
            )
        changed = await tx.attendance.event(occurrence_id)
        assert changed is not None, "it was read in this very transaction"
        return changed
