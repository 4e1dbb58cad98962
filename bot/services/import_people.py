"""A table of units and people is applied: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PersonId, UnitId
from bot.domain.joining import new_token
from bot.domain.names import title_key
from bot.domain.network import Reach, Role, Unit, UnitKind
from bot.domain.people_rows import CheckedRow, PersonRow, check_rows
from bot.ports.invitations import NewInvitation
from bot.ports.people import NewMembership
from bot.ports.storage import Storage, Stores
from bot.ports.units import NewUnit

_KINDS = (UnitKind.REGION, UnitKind.MUNICIPALITY, UnitKind.SCHOOL)


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """``token``: his personal link, until he has opened it; ``is_new``: added by this run."""

    full_name: str
    unit: Unit
    roles: tuple[Role, ...]
    token: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class ImportReport:
    units_added: int
    memberships_added: int
    people: tuple[ImportedPerson, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    person_id: PersonId
    reach: Reach
    roles: frozenset[Role]


# The same name in the same unit is one person; in two units it may be two, who show by opening both links that they are
# one (see open_invitation).
_Key = tuple[UnitId, str]


async def import_people(storage: Storage, *, rows: Sequence[PersonRow], now: datetime) -> ImportReport:
    """Adds what of the table is not there yet; running it again adds nothing twice, nor brings back who has left.

    Raises BadRowsError with every fault; nothing is applied then.
    """
    async with storage.write() as tx:
        everything = list(await tx.units.everything())
        roots = [unit.title for unit in everything if unit.parent_id is None]
        checked = check_rows(rows, known_regions=roots)
        units, units_added = await _add_units(tx, everything, checked, now)
        wanted = _by_person(checked, units)
        known = await _known_people(tx)
        newcomers = [key for key in wanted if key not in known]
        known |= await _add_people(tx, newcomers, wanted, now)
        added = await tx.memberships.add(list(_missing(wanted, known)), now=now)
        tokens = await _tokens(tx, wanted, known, now)
        await tx.audit.record(
            "people imported",
            by=None,
            detail={"rows": len(rows), "units": units_added, "people": len(newcomers), "memberships": added},
            now=now,
        )
        fresh = set(newcomers)
        return ImportReport(
            units_added,
            added,
            tuple(
                ImportedPerson(
                    full_name=some[0].full_name,
                    unit=units[_place(some[0])],
                    roles=tuple(dict.fromkeys(row.role for row in some if row.role)),
                    token=tokens.get(known[key].person_id),
                    is_new=key in fresh,
                )
                for key, some in wanted.items()
            ),
        )


async def _add_units(
    tx: Stores, everything: Sequence[Unit], rows: Sequence[CheckedRow], now: datetime
) -> tuple[dict[tuple[str, ...], Unit], int]:
    """The unit of every chain of titles that the rows name, level by level, and how many are new."""
    there = {(unit.parent_id, title_key(unit.title)): unit for unit in everything}
    found: dict[tuple[str, ...], Unit] = {}
    count = 0
    for depth, kind in enumerate(_KINDS, start=1):
        chains = {_chain(row.titles[:depth]): row for row in reversed(rows) if len(row.titles) >= depth}
        missing: dict[tuple[str, ...], NewUnit] = {}
        for chain, row in reversed(chains.items()):
            parent = found.get(chain[:-1])
            unit = there.get((parent.id if parent else None, chain[-1]))
            if unit is not None:
                found[chain] = unit
            else:
                missing[chain] = _new_unit(kind, parent, row, depth)
        found |= zip(missing, await tx.units.add(list(missing.values()), now=now), strict=True)
        count += len(missing)
    return found, count


def _new_unit(kind: UnitKind, parent: Unit | None, row: CheckedRow, depth: int) -> NewUnit:
    title = row.titles[depth - 1]
    if parent is not None:
        return NewUnit(kind, parent, title, parent.region, parent.timezone)
    assert row.timezone is not None, "a region that is not in the network was found among the regions of Russia"
    return NewUnit(kind, None, title, title, row.timezone)


def _by_person(rows: Sequence[CheckedRow], units: Mapping[tuple[str, ...], Unit]) -> dict[_Key, list[CheckedRow]]:
    people: dict[_Key, list[CheckedRow]] = {}
    for row in rows:
        if row.role is not None:
            people.setdefault((units[_place(row)].id, title_key(row.full_name)), []).append(row)
    return people


async def _known_people(tx: Stores) -> dict[_Key, _Known]:
    known: dict[_Key, _Known] = {}
    for member in await tx.memberships.everyone():
        key = (member.membership.unit.id, title_key(member.full_name))
        before = known.get(key)
        roles = (before.roles if before else frozenset()) | {member.membership.role}
        known[key] = _Known(before.person_id if before else member.membership.person_id, member.reach, roles)
    by_place = {(key[0], person.person_id): person for key, person in known.items()}
    for person_id, unit_id, name in await tx.invitations.invited_names():  # he may have corrected his name since
        if (unit_id, person_id) in by_place:
            known.setdefault((unit_id, title_key(name)), by_place[unit_id, person_id])
    return known


async def _add_people(
    tx: Stores, newcomers: Sequence[_Key], wanted: Mapping[_Key, Sequence[CheckedRow]], now: datetime
) -> dict[_Key, _Known]:
    names = [wanted[key][0].full_name for key in newcomers]
    ids = await tx.people.add(names, reach=Reach.NOT_STARTED, now=now)
    return {
        key: _Known(person_id, Reach.NOT_STARTED, frozenset()) for key, person_id in zip(newcomers, ids, strict=True)
    }


def _missing(wanted: Mapping[_Key, Sequence[CheckedRow]], known: Mapping[_Key, _Known]) -> Iterable[NewMembership]:
    for key, rows in wanted.items():
        unit_id, person = key[0], known[key]
        for role, row in {row.role: row for row in reversed(rows)}.items():
            if role is not None and role not in person.roles:
                yield NewMembership(person.person_id, unit_id, role, row.cohort)


async def _tokens(
    tx: Stores, wanted: Mapping[_Key, Sequence[CheckedRow]], known: Mapping[_Key, _Known], now: datetime
) -> Mapping[PersonId, str]:
    waiting = {
        known[key].person_id: (key[0], rows[0]) for key, rows in wanted.items() if known[key].reach is Reach.NOT_STARTED
    }
    there = await tx.invitations.personal_tokens(list(waiting))
    new = [
        NewInvitation(
            new_token(), unit_id, row.role, person_id=person_id, invited_name=row.full_name, cohort=row.cohort
        )
        for person_id, (unit_id, row) in waiting.items()
        if person_id not in there and row.role is not None
    ]
    await tx.invitations.add(new, now=now)
    return {**there, **{one.person_id: one.token for one in new if one.person_id is not None}}


def _place(row: CheckedRow) -> tuple[str, ...]:
    return _chain(row.titles)


def _chain(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(title_key(title) for title in titles)
