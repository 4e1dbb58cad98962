"""The lists of a selection in their order, each line with its number: the same on every screen and in the file."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.selection import Application, ApplicationState, Selection, reserve_of

Numbered = tuple[tuple[int, Application], ...]


def numbered(selection: Selection, applications: Iterable[Application], state: ApplicationState) -> Numbered:
    """One list whole. The main list is counted through, from the first municipality to the last, as a list is that is
    signed; in the reserve the number is the place in line, which the application itself names.
    """
    if state is ApplicationState.RESERVE:
        return numbered_reserve(selection, applications)
    return tuple(enumerate(by_municipality(one for one in applications if one.state is state), start=1))


def by_municipality(applications: Iterable[Application]) -> tuple[Application, ...]:
    """By the titles of the municipalities, then by the names of those whom it is about."""
    return tuple(sorted(applications, key=_of_part))


def numbered_reserve(selection: Selection, applications: Iterable[Application]) -> Numbered:
    """The whole reserve, each with its place in its own line, from 1: the line that ``neighbour`` moves it in.

    One line where there are no quotas; a line for each municipality, by their titles, where quotas count.
    """
    reserve = reserve_of(applications)
    if not selection.has_quotas:
        return tuple(enumerate(reserve, start=1))
    titles = {one.part: one.part_title for one in reserve}
    parts = sorted(titles, key=lambda part: (titles[part].casefold(), part))
    return tuple(
        numbered for part in parts for numbered in enumerate((one for one in reserve if one.part == part), start=1)
    )


def _of_part(one: Application) -> tuple[str, int, str, int, int]:
    name = one.person_name or one.about or ""
    return one.part_title.casefold(), one.part, name.casefold(), one.number, one.id
