"""A person chooses how he is reminded, and whether those above see his telephone number."""

from __future__ import annotations

from datetime import datetime

from bot.domain.network import Actor
from bot.domain.phones import phone_number
from bot.domain.rhythm import RHYTHMS, Preferences, Rhythm
from bot.ports.storage import Storage
from bot.services.change_profile import UnknownChoiceError


async def show_preferences(storage: Storage, *, actor: Actor) -> Preferences:
    """Read anew, because the screen is shown right after a change."""
    async with storage.read() as tx:
        return await tx.people.preferences(actor.person.id)


async def choose_rhythm(storage: Storage, *, actor: Actor, rhythm: Rhythm) -> None:
    """What is planned already keeps it too. Raises UnknownChoiceError for a rhythm that is not offered."""
    if rhythm not in RHYTHMS:
        raise UnknownChoiceError(f"{rhythm}")
    async with storage.write() as tx:
        await tx.people.set_rhythm(actor.person.id, rhythm)


async def want_optional(storage: Storage, *, actor: Actor, is_wanted: bool) -> None:
    """Reminders of what is not obligatory; obligatory matters cannot be switched off."""
    async with storage.write() as tx:
        await tx.people.set_wants_optional(actor.person.id, is_wanted=is_wanted)


async def show_phone(storage: Storage, *, actor: Actor, typed: str, now: datetime) -> str:
    """Stores the number that the coordinators above will see beside a silent school; returns it as stored.

    Giving it is the consent to that, and ``hide_phone`` takes both back. Raises BadPhoneError.
    """
    phone = phone_number(typed)
    async with storage.write() as tx:
        await tx.people.set_phone(actor.person.id, phone)
        await tx.audit.record("phone shown", by=actor.person.id, now=now)
    return phone


async def hide_phone(storage: Storage, *, actor: Actor, now: datetime) -> None:
    """The number is erased: nobody sees it any more."""
    async with storage.write() as tx:
        await tx.people.set_phone(actor.person.id, None)
        await tx.audit.record("phone hidden", by=actor.person.id, now=now)
