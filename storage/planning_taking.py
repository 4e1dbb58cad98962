"""Who is taken of a share of the people, what he was told already, and with whom he is alike.

The statements name no date: they are put into words once, and not for each planning.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.ports.planning import DateToPlan
from storage.dialect import begins_with, finds_beginnings
from storage.planning_tables import HIS_OWN, NOTHING, OLDER, planned_dates, taken
from storage.prepared import Prepared
from storage.readers import zone_of_member
from storage.recipients import GONE, AnyShare, concerned
from storage.tables import notices, occurrences, persons, units

LISTS = [NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value]


def taking(connection: AsyncConnection, dates: Sequence[DateToPlan], *, is_untouched: bool) -> Prepared:
    """Fills ``taken`` with everybody of a share (``bounds_of``) whom the dates in ``planned_dates`` concern as they
    stand, but those whose steps of these versions and ladders wait. ``is_untouched``: nobody was told anything."""
    come_in_lists = any(date.document_id is not None or date.event_series is not None for date in dates)
    return _taking(connection.dialect.name, is_untouched, come_in_lists and not is_untouched)


@cache
def _taking(dialect: str, is_untouched: bool, come_in_lists: bool) -> Prepared:
    return Prepared(partial(insert_taken, dialect, is_untouched=is_untouched, come_in_lists=come_in_lists))


def insert_taken(dialect: str, *, is_untouched: bool, come_in_lists: bool) -> Insert:
    parts = [_with_reader(part) for part in concerned(_still_as_planned(), AnyShare())]
    owing = union_all(*parts).subquery("concerned")
    told: ColumnElement[Any] = literal(NOTHING)
    if not is_untouched:
        told = case((_has_history(owing), HIS_OWN), else_=NOTHING) if come_in_lists else _told(owing)
    found = select(owing, told.label("told"))
    if not is_untouched:
        found = found.where(~_is_settled(dialect, owing))
    # Worked out once for each row: in a subquery SQLite would look for his zone, and for what he was told, twice.
    each = found.cte("found").prefix_with("MATERIALIZED")
    mark = (
        cast(each.c.occurrence_id, String)
        + cast(each.c.told, String)
        + each.c.timezone
        + cast(each.c.quiet_from, String)
        + cast(each.c.quiet_to, String)
        + func.coalesce(cast(each.c.due_at, String), "")
    )
    key = _key_of(each.c.assignment_id, _version(each), each.c.person_id)
    return insert(taken).from_select([column.name for column in taken.columns], select(each, mark.label("mark"), key))


def _still_as_planned() -> Select[Any]:
    """The dates but those that stand alone and were moved or called off meanwhile. Such a one waits once more: what is
    planned of the older version would only have to be cancelled. In a list it is named as it is when that is sent."""
    comes_in_a_list = or_(planned_dates.c.document_id.is_not(None), planned_dates.c.series_id.is_not(None))
    is_as_it_was = occurrences.c.version == planned_dates.c.version
    dates = select(planned_dates.c.occurrence_id)
    is_it = occurrences.c.id == planned_dates.c.occurrence_id
    return dates.join(occurrences, is_it).where(or_(comes_in_a_list, is_as_it_was))


def _with_reader(part: Select[Any]) -> Select[Any]:
    """The columns of ``taken`` but the last three. Joined here, because through a union SQLite finds no order of its
    own to join in."""
    columns = {column.name: column for column in part.selected_columns}
    zone = func.coalesce(persons.c.timezone, zone_of_member(persons.c.id), units.c.timezone)
    columns["timezone"] = zone.label("timezone")
    columns |= {"quiet_from": persons.c.quiet_from, "quiet_to": persons.c.quiet_to}
    names = [column.name for column in taken.columns][:-3]
    owing_unit = part.selected_columns.unit_id
    return part.join(units, units.c.id == owing_unit).with_only_columns(*(columns[name] for name in names))


def _version(of: Any) -> ColumnElement[Any]:
    """Of the date as it is planned here."""
    return _of_date(planned_dates.c.version, of)


def _of_date(column: ColumnElement[Any], of: Any) -> ColumnElement[Any]:
    found = select(column).where(planned_dates.c.occurrence_id == of.c.occurrence_id)
    return found.correlate(of).scalar_subquery()


def _told(owing: Any) -> ColumnElement[Any]:
    """What somebody was told of a date that stands alone."""
    is_news = and_(notices.c.kind != NoticeKind.INFO.value, notices.c.occurrence_version == _version(owing))
    knows = func.max(case((is_news, HIS_OWN), (notices.c.state.in_(GONE), OLDER), else_=NOTHING))
    bounded = case((owing.c.due_at.is_(None), 1), else_=HIS_OWN)  # a term of his own counts what went out before
    heard = select(func.coalesce(knows, NOTHING) * bounded).where(
        notices.c.person_id == owing.c.person_id,
        notices.c.assignment_id == owing.c.assignment_id,
        notices.c.kind != NoticeKind.REFRESH.value,
    )
    return heard.correlate(owing).scalar_subquery()


def _has_history(owing: Any) -> ColumnElement[bool]:
    """Whether somebody was told of any date that comes in a list with others.

    His own notices are few beside those of a date: the sum with nothing keeps the index of the dates out.
    """
    is_about = or_(
        and_(
            (notices.c.occurrence_id + 0).in_(select(planned_dates.c.occurrence_id)),
            notices.c.kind != NoticeKind.REFRESH.value,
        ),
        and_(
            or_(
                (notices.c.document_id + 0).in_(_set_ones(planned_dates.c.document_id)),
                (notices.c.series_id + 0).in_(_set_ones(planned_dates.c.series_id)),
            ),
            notices.c.kind.in_(LISTS),
        ),
    )
    return exists(select(literal(1)).where(notices.c.person_id == owing.c.person_id, is_about).correlate(owing))


def _set_ones(column: ColumnElement[Any]) -> Select[Any]:
    return select(column).where(column.is_not(None))


def _is_settled(dialect: str, owing: Any) -> ColumnElement[bool]:
    """His steps of this version and of this ladder wait to be sent: planning again would plan the very same.

    So when a school joins, the others of the date are not worked out once more. Found by the beginning of the key.
    """
    key = _key_of(owing.c.assignment_id, _version(owing), owing.c.person_id)
    waits = select(literal(1)).where(
        begins_with(dialect, notices.c.key, key),
        notices.c.state == NoticeState.PLANNED.value,
        notices.c.assignment_due_version == owing.c.due_version,
    )
    if not finds_beginnings(dialect):  # the key names him too
        waits = waits.where(notices.c.person_id == owing.c.person_id)
    return and_(_of_date(planned_dates.c.is_unchanged, owing), exists(waits.correlate(owing)))


def _key_of(assignment: ColumnElement[Any], version: ColumnElement[Any], person: ColumnElement[Any]) -> Any:
    """How ``notices_of_each`` begins the key of what is said of one assignment."""
    return literal("a") + cast(assignment, String) + ":v" + cast(version, String) + ":p" + cast(person, String) + ":"
