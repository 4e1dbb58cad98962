"""The board for its reader: only his own subtree, checked on every call and never taken from a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.attendance import AttendanceTally
from bot.domain.board import BoardEntry, BoardLine, Misdelivery, Tally, UnitTally
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId, ThreadId, UnitId
from bot.domain.matters import ActivityKind
from bot.domain.network import Actor, Unit, UnitKind
from bot.ports.storage import Storage, Stores

# What is due within the quarter, and what was due in the last two months: older dates are for reports.
AHEAD = timedelta(days=92)
BEHIND = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of dates; ``page`` counts from 0 and is the last one where a later was asked for.

    ``waiting``: answers and requests of any date that the reader has to decide about. ``proposals``: what came in on
    his calls and nobody has read; ``applications``: those to his selections that wait.
    """

    lines: tuple[BoardLine, ...]
    page: int
    pages: int
    is_past: bool
    waiting: int = 0
    proposals: int = 0
    applications: int = 0


@dataclass(frozen=True, slots=True)
class BoardUnit:
    """One date at one unit: its own sum, what lies below, and for a school every assignment.

    ``unit`` is None at the top of a reader with several subtrees; ``parent`` is None at the top of what he sees.
    ``turnout``: who was at an event, in all (None) and of each unit below; empty while nobody is marked. ``forms``:
    the ``entries`` that have handed in a form. ``has_figures``: the form asks for something that adds up.
    ``waiting``: answers on the date that the reader has to decide about. ``threads``: the open conversations about the
    ``entries``. ``may_give_form``: the top of what the reader sees, and the activity is of his part of the network.
    """

    line: BoardLine
    unit: Unit | None
    parent: Unit | None
    tally: Tally
    below: tuple[UnitTally, ...]
    entries: tuple[BoardEntry, ...]
    misdelivery: Misdelivery
    turnout: Mapping[UnitId | None, AttendanceTally] = field(default_factory=dict)
    forms: frozenset[AssignmentId] = frozenset()
    has_figures: bool = False
    waiting: int = 0
    threads: Mapping[AssignmentId, ThreadId] = field(default_factory=dict)
    may_give_form: bool = False


async def list_board(
    storage: Storage, *, actor: Actor, now: datetime, page: int = 0, is_past: bool = False, page_size: int = 6
) -> BoardPage:
    """What is overdue and not answered by all, then the dates ahead, the nearest first; or everything gone by.

    Raises NotAllowedError for who coordinates nothing.
    """
    scope = board_scope(actor)
    since, until = now - BEHIND, now if is_past else now + AHEAD
    settled_since = since if is_past else now
    async with storage.read() as tx:
        dates = await tx.board.dates(scope, since=since, until=until, settled_since=settled_since)
        pages = max(1, -(-len(dates) // page_size))
        page = min(max(page, 0), pages - 1)
        lines = await tx.board.lines(dates[page * page_size : (page + 1) * page_size], scope)
        waiting = await tx.reviews.queue_size(scope, actor.person.id)
        proposals = await tx.proposals.count_new(scope)
        applications = await tx.applications.count_waiting(scope)
    return BoardPage(lines, page, pages, is_past, waiting.total, proposals, applications)


async def show_board(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None = None
) -> BoardUnit:
    """One date at ``unit_id``, or at the top of what the reader sees.

    Raises NotAllowedError and NotFoundError; a unit outside the reader's subtrees is «not found».
    """
    scope = board_scope(actor)
    async with storage.read() as tx:
        unit = await unit_in_sight(tx, actor, unit_id)
        here = scope if unit is None else (unit.path,)
        parts = await _parts_of(tx, actor, unit)
        line, tallies = await tx.board.line_in_parts(occurrence_id, here, [part.path for part in parts])
        tally = Tally() if line is None else line.tally
        if line is None:  # where nobody here owes an answer, others that the reader sees may
            line = await tx.board.line(occurrence_id, scope)
        if line is None:
            raise NotFoundError(f"occurrence {occurrence_id} is not on the board of person {actor.person.id}")
        below = tuple(UnitTally(part, tallies[part.path]) for part in parts if part.path in tallies)
        misdelivery = await tx.board.misdelivery(occurrence_id, here)
        entries = await tx.board.entries(occurrence_id, unit.id) if unit is not None else ()
        forms = await tx.forms.handed_in_on(occurrence_id, [unit.path]) if entries and unit is not None else {}
        parent = await parent_in_sight(tx, actor, unit)
        has_figures = await tx.indicators.questions(occurrence_id) is not None
        turnout = await _turnout(tx, line, here, below)
        waiting = await tx.reviews.count_queue(scope, actor.person.id, occurrence_id)
        threads = await tx.threads.open_of([entry.assignment_id for entry in entries]) if entries else {}
        may_give = parent is None and await _may_give_form(tx, actor, line)
    seen = (line, unit, parent, tally, below, entries, misdelivery, turnout, frozenset(forms))
    return BoardUnit(*seen, has_figures, waiting, threads, may_give_form=may_give)


async def _parts_of(tx: Stores, actor: Actor, unit: Unit | None) -> Sequence[Unit]:
    return await roots_of(tx, actor) if unit is None else await tx.units.children(unit.id)


async def _may_give_form(tx: Stores, actor: Actor, line: BoardLine) -> bool:
    found = None if line.kind is not ActivityKind.TASK else await tx.forms.activity_form(line.activity_id)
    return found is not None and actor.can_manage(found.unit_path)


def board_scope(actor: Actor) -> tuple[str, ...]:
    """The paths of the subtrees that the reader may see. Raises NotAllowedError where there are none."""
    if actor.is_owner:
        return ("/",)
    if not actor.coordinated:
        raise NotAllowedError(f"person {actor.person.id} coordinates nothing")
    return tuple(unit.path for unit in actor.coordinated)


async def _turnout(
    tx: Stores, line: BoardLine, paths: Sequence[str], below: Sequence[UnitTally]
) -> Mapping[UnitId | None, AttendanceTally]:
    if line.kind is not ActivityKind.WEBINAR or not await tx.attendance.is_anybody_marked(line.occurrence_id):
        return {}
    whole = await tx.attendance.tally(line.occurrence_id, paths)
    if not whole.marked:
        return {}
    parts: dict[UnitId | None, AttendanceTally] = {None: whole}
    for one in below:
        parts[one.unit.id] = await tx.attendance.tally(line.occurrence_id, [one.unit.path])
    return parts


async def unit_in_sight(tx: Stores, actor: Actor, unit_id: UnitId | None) -> Unit | None:
    """The unit, or the reader's only one; None where he has several. Raises NotFoundError outside what he sees."""
    if unit_id is None:
        roots = await roots_of(tx, actor)
        return roots[0] if len(roots) == 1 else None
    unit = await tx.units.get(unit_id)
    if unit is None or not actor.can_manage(unit.path):
        raise NotFoundError(f"unit {unit_id} is not in the part of person {actor.person.id}")
    return unit


async def roots_of(tx: Stores, actor: Actor) -> Sequence[Unit]:
    """The tops of what the reader sees."""
    return await tx.units.children(None) if actor.is_owner else actor.coordinated


async def parent_in_sight(tx: Stores, actor: Actor, unit: Unit | None) -> Unit | None:
    """The unit above, where the reader sees it and it is below the federation."""
    if unit is None or unit.parent_id is None or unit.kind is UnitKind.REGION:
        return None
    parent = await tx.units.get(unit.parent_id)
    return parent if parent is not None and actor.can_manage(parent.path) else None
