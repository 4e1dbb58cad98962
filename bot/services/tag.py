"""Free words on a school or a person, and the programme of a person: put, taken away, chosen by later."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import MembershipId, PersonId, UnitId
from bot.domain.network import Actor, Membership, Unit
from bot.domain.tags import MOST_TAGS, BadTagError, TagProblem, programme_title, tag_key, tag_word
from bot.ports.storage import Storage, Stores
from bot.services.show_network import managed_unit


@dataclass(frozen=True, slots=True)
class TagPlace:
    """What has tags: a unit, or somebody as a member of one. One of the two is named."""

    unit_id: UnitId | None = None
    membership_id: MembershipId | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A unit, or a person as a member of it (``membership``), with his tags.

    ``known``: what else is put around here, to be put with one tap. ``programmes``: those that are known.
    """

    unit: Unit
    tags: tuple[str, ...]
    known: tuple[str, ...]
    membership: Membership | None = None
    full_name: str | None = field(default=None, repr=False)
    programme: str | None = None
    programmes: tuple[str, ...] = ()

    @property
    def person_id(self) -> PersonId | None:
        return None if self.membership is None else self.membership.person_id


async def show_tags(storage: Storage, *, actor: Actor, place: TagPlace) -> Tagged:
    """Raises NotFoundError, NotAllowedError outside the actor's part."""
    async with storage.read() as tx:
        return await _tagged(tx, actor, place)


async def put_tag(
    storage: Storage,
    *,
    actor: Actor,
    place: TagPlace,
    word: str,
    now: datetime,
) -> bool:
    """Whether it is new there. A word that differs from a known one in capitals or «ё» is that one.

    Raises BadTagError, and as ``show_tags``.
    """
    word = tag_word(word)
    async with storage.write() as tx:
        there = await _tagged(tx, actor, place)
        if tag_key(word) in map(tag_key, there.tags):
            return False
        if len(there.tags) >= MOST_TAGS:
            raise BadTagError(TagProblem.TOO_MANY)
        word = await tx.tags.spelled(word)
        await tx.tags.put(there.unit.id, there.person_id, word, by=actor.person.id, now=now)
        await _record(tx, actor, there, {"put": word}, now)
    return True


async def take_tag(
    storage: Storage,
    *,
    actor: Actor,
    place: TagPlace,
    word: str,
    now: datetime,
) -> bool:
    """Whether it was there. Raises as ``show_tags``."""
    async with storage.write() as tx:
        there = await _tagged(tx, actor, place)
        if not await tx.tags.take(there.unit.id, there.person_id, word):
            return False
        await _record(tx, actor, there, {"taken": word}, now)
    return True


async def set_programme(
    storage: Storage, *, actor: Actor, membership_id: MembershipId, title: str | None, now: datetime
) -> None:
    """What this member takes part in; None: nothing any more. Raises BadTagError, and as ``show_tags``."""
    title = None if title is None else programme_title(title)
    async with storage.write() as tx:
        there = await _tagged(tx, actor, TagPlace(membership_id=membership_id))
        title = next((one for one in there.programmes if title and tag_key(one) == tag_key(title)), title)
        await tx.tags.set_programme(membership_id, title)
        await _record(tx, actor, there, {"programme": title}, now)


async def _tagged(tx: Stores, actor: Actor, place: TagPlace) -> Tagged:
    membership_id = place.membership_id
    if membership_id is None:
        assert place.unit_id is not None, "a unit or a membership is named"
        unit = await managed_unit(tx, actor, place.unit_id)
        tags = await tx.tags.of(unit.id, None)
        return Tagged(unit, tags, _others(await tx.tags.below(_reach(actor, unit)), tags))
    member = await tx.memberships.member(membership_id)
    if member is None:
        raise NotFoundError(f"no membership {membership_id}")
    unit = member.membership.unit
    if not actor.can_manage(unit.path):
        raise NotAllowedError(f"membership {membership_id} is in another part of the network")
    tags, reach = await tx.tags.of(unit.id, member.membership.person_id), _reach(actor, unit)
    return Tagged(
        unit,
        tags,
        _others(await tx.tags.below(reach), tags),
        member.membership,
        member.full_name,
        programme=await tx.tags.programme(membership_id),
        programmes=await tx.addressees.programmes_below(reach),
    )


def _reach(actor: Actor, unit: Unit) -> str:
    """The widest of his parts that the unit lies in: the words that he may have put himself; of the owner, its root."""
    paths = [own.path for own in actor.coordinated if own.contains(unit.path)]
    return min(paths, key=len) if paths else f"/{unit.path.strip('/').split('/')[0]}/"


def _others(known: tuple[str, ...], tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in known if word not in tags)


async def _record(tx: Stores, actor: Actor, there: Tagged, detail: dict[str, str | None], now: datetime) -> None:
    about = {**detail, "person_id": there.person_id}
    await tx.audit.record("tags changed", by=actor.person.id, unit_id=there.unit.id, detail=about, now=now)
