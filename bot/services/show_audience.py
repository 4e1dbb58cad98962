"""Who is addressed, how many they are at this moment, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audiences import PARTS_OF
from bot.domain.errors import NotFoundError
from bot.domain.ids import UnitId
from bot.domain.matters import Audience
from bot.domain.network import Actor, Unit
from bot.ports.addressees import Addressee, AnsweredDate
from bot.ports.matters import AudienceSize
from bot.ports.storage import Stores


@dataclass(frozen=True, slots=True)
class AudienceChoices:
    """``unit``: that whose people they are; ``parts`` of it by title. ``elsewhere``: the date whose answers choose.

    ``left_out``: the people who are left out by name.
    """

    unit: Unit
    audience: Audience
    size: AudienceSize
    parts: tuple[Unit, ...]
    cohorts: tuple[str, ...]
    programmes: tuple[str, ...]
    tags: tuple[str, ...]
    elsewhere: AnsweredDate | None = None
    left_out: tuple[Addressee, ...] = ()


async def choices_of(tx: Stores, unit: Unit, audience: Audience) -> AudienceChoices:
    """The audience below ``unit`` with everything that a screen about it shows."""
    kind = PARTS_OF[unit.kind]
    parts = await tx.units.subtree([unit.path], kind) if kind else ()
    elsewhere = audience.elsewhere
    return AudienceChoices(
        unit,
        audience,
        size=await tx.matters.audience_size([audience]),
        parts=tuple(sorted(parts, key=lambda part: part.title)),
        cohorts=await tx.matters.cohorts_below(unit.path),
        programmes=await tx.addressees.programmes_below(unit.path),
        tags=await tx.tags.below(unit.path),
        elsewhere=None if elsewhere is None else await tx.addressees.answered_date(elsewhere.occurrence_id),
        left_out=await tx.addressees.named(audience.without_people, unit.path),
    )


async def addressing_unit(tx: Stores, actor: Actor, unit_id: UnitId, audience: Audience) -> Unit:
    """The unit in whose name the audience is addressed.

    It, every unit of the audience, and the date whose answers choose, lie in the actor's part. Raises NotFoundError.
    """
    for each in {*audience.unit_ids, unit_id}:
        unit = await tx.units.get(each)
        if unit is None or not actor.can_manage(unit.path):
            raise NotFoundError(f"unit {each} for person {actor.person.id}")
        if each == unit_id:
            addressing = unit
    await ensure_answers_are_his(tx, actor, audience)
    return addressing


async def ensure_answers_are_his(tx: Stores, actor: Actor, audience: Audience) -> None:
    """Who answered what in another part of the network is nobody's business here. Raises NotFoundError."""
    if audience.elsewhere is None:
        return
    date = await tx.addressees.answered_date(audience.elsewhere.occurrence_id)
    if date is None or not actor.can_manage(date.unit_path):
        raise NotFoundError(f"occurrence {audience.elsewhere.occurrence_id} for person {actor.person.id}")
