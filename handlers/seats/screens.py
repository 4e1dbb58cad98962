"""What the organiser sees of the seats, and a school's coordinator of those who go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.events import SeatsPer, SeatState
from bot.domain.matters import Answer, Matter
from bot.ports.seats import Seated
from bot.ports.teams import SchoolTeam, TeamMember
from bot.services.arrange_seats import SeatedPerson, SeatList
from bot.services.gather_team import TeamPage
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import moment, stamp
from bot.texts.wording import short_name, shorten
from handlers.answers.callbacks import MyPage
from handlers.answers.event_callbacks import (
    ChangeSeats,
    ChooseInstead,
    ListTeams,
    MoveSeat,
    NudgeTeam,
    SeatsPage,
    ShowSeated,
    ShowTeam,
    TeamsPage,
    WeighSwap,
)
from handlers.rows import turning
from handlers.webinars.callbacks import ShowWebinar

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_PART = 60
_LABEL = 34
_NAMED = 15


def seats_screen(found: SeatList, *, reader: ZoneInfo, instead_for: int | None = None) -> Screen:
    """One of the two lists by name. ``instead_for``: somebody of the reserve who is to get one of these seats."""
    is_reserve = found.state is SeatState.RESERVE
    lines = [_line(one, reader) for one in found.seated]
    head = say("seats-head-reserve" if is_reserve else "seats-head-main")
    empty = say("seats-empty-reserve" if is_reserve else "seats-empty-main")
    parts = [_head(found), Markup("\n".join([head, *(lines or [empty])]))]
    if instead_for is not None:
        parts.append(say("seats-one-choose"))
    rows = [[_person(one, instead_for)] for one in found.seated]
    date_id = found.date.occurrence_id

    def turn(page: int) -> CallbackData:
        if instead_for is None:
            return SeatsPage(occurrence=date_id, is_reserve=is_reserve, page=page)
        return ChooseInstead(assignment=instead_for, page=page)

    rows += turning(found.page, found.pages, turn, first=1)
    if instead_for is not None:
        rows.append([_button(plain("button-back"), ShowSeated(assignment=instead_for))])
        return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)
    other = "button-seats-main" if is_reserve else "button-seats-reserve"
    rows.append([_button(plain(other), SeatsPage(occurrence=date_id, is_reserve=not is_reserve))])
    rows.append([_button(plain("button-seats-change"), ChangeSeats(occurrence=date_id))])
    rows.append([_button(plain("button-back"), ShowWebinar(occurrence=date_id))])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def swap_screen(found: SeatList, up: SeatedPerson, down: SeatedPerson) -> Screen:
    """«Точно?»: all seats are taken, so that one gets what another has. ``found``: the main list."""
    text = say(
        "seats-swap",
        title=shorten(found.date.title, _TITLE),
        taken=found.counts.main + found.counts.offered,
        main=found.date.seats.main,
        up=shorten(up.full_name, _PART),
        down=shorten(down.full_name, _PART),
    )
    up_id, down_id = up.matter.assignment.id, down.matter.assignment.id
    yes = MoveSeat(assignment=up_id, is_up=True, instead_of=down_id)
    rows = [[_button(plain("button-seats-swap"), yes)]]
    rows.append([_button(plain("button-back"), ChooseInstead(assignment=up_id))])
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def seated_screen(matter: Matter, full_name: str, *, reader: ZoneInfo, today: date) -> Screen:
    """One of the lists, and the move to the other."""
    assert matter.seat is not None, "it was looked at"
    text = say("seats-one", name=full_name, unit=shorten(matter.unit_title, _PART))
    until = matter.seat.offered_until
    words = moment(until, reader=reader, today=today) if until else ""
    standing = say(f"seats-one-{matter.seat.state.value}", place=matter.seat.place or 0, until=words)
    is_up = matter.seat.state is not SeatState.MAIN
    move = MoveSeat(assignment=matter.assignment.id, is_up=is_up)
    rows = [[_button(plain("button-seat-up" if is_up else "button-seat-down"), move)]]
    back = SeatsPage(occurrence=matter.assignment.occurrence_id, is_reserve=matter.seat.state is SeatState.RESERVE)
    rows.append([_button(plain("button-back"), back)])
    return Markup(f"{text}\n{standing}"), InlineKeyboardMarkup(inline_keyboard=rows)


def teams_screen(found: TeamPage, *, reader: ZoneInfo, today: date) -> Screen:
    lines = [
        say(
            "teams-line",
            title=shorten(team.title, _TITLE),
            due=moment(team.due_at, reader=reader, today=today),
            state=_enough(team),
        )
        for team in found.teams
    ]
    rows = []
    for team in found.teams:
        data = ShowTeam(occurrence=team.occurrence_id, unit=team.unit_id)
        rows.append([_button(plain("button-team-item", title=shorten(team.title, _LABEL)), data)])
    rows += turning(found.page, found.pages, lambda page: TeamsPage(page=page), first=1)
    rows.append([_button(plain("button-my"), MyPage())])
    text = Markup("\n\n".join([say("teams-title"), *lines])) if lines else say("teams-empty")
    return text, InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def team_text(team: SchoolTeam, *, reader: ZoneInfo, today: date) -> Markup:
    """Who is going, who waits, who is silent, who cannot; and how many are missing."""
    due = moment(team.due_at, reader=reader, today=today)
    parts = [say("team-title", unit=team.unit_title, title=shorten(team.title, _TITLE), due=due), _enough(team)]
    parts.append(say("team-going", names=_names(team.going)) if team.going else say("team-going-none"))
    waiting = [
        m for m in team.members if m.answer is Answer.COMING and m.seat in (SeatState.RESERVE, SeatState.OFFERED)
    ]
    off = [m for m in team.members if m.answer is Answer.NOT_COMING]
    for key, members in (("team-waiting", waiting), ("team-silent", team.silent), ("team-not-going", off)):
        if members:
            parts.append(say(key, names=_names(members)))
    return Markup("\n".join(parts))


def team_keyboard(team: SchoolTeam, *, is_listed: bool) -> InlineKeyboardMarkup:
    rows = []
    if team.silent:
        nudge = NudgeTeam(occurrence=team.occurrence_id, unit=team.unit_id, version=team.version)
        rows.append([_button(plain("button-team-nudge", n=len(team.silent)), nudge)])
    if is_listed:
        rows.append([_button(plain("button-back"), ListTeams())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _head(found: SeatList) -> Markup:
    quota, counts = found.date.seats, found.counts
    lines = [
        say("seats-title", title=shorten(found.date.title, _TITLE)),
        say("seats-counts", main=counts.main + counts.offered, reserve=counts.reserve),
        say(
            "seats-quota",
            main=quota.main,
            reserve=quota.reserve,
            each=quota.each or 0,
            per=(quota.per or SeatsPer.SCHOOL).value,
        ),
    ]
    if counts.offered:
        lines.append(say("seats-offered", n=counts.offered))
    if (over := counts.main + counts.offered - quota.main) > 0:
        lines.append(say("seats-over", n=over))
    return Markup("\n".join(lines))


def _line(one: Seated, reader: ZoneInfo) -> Markup:
    name, unit = shorten(one.full_name, _PART), shorten(one.unit_title, _PART)
    if one.offered_until is None:
        return say("seats-line", n=one.place, name=name, unit=unit)
    return say("seats-line-offered", n=one.place, name=name, unit=unit, until=stamp(one.offered_until, reader))


def _person(one: Seated, instead_for: int | None) -> InlineKeyboardButton:
    text = plain("button-seats-item", n=one.place, name=shorten(one.full_name, _LABEL))
    if instead_for is None:
        return _button(text, ShowSeated(assignment=one.assignment_id))
    return _button(text, WeighSwap(assignment=instead_for, instead_of=one.assignment_id))


def _enough(team: SchoolTeam) -> Markup:
    values = {"going": len(team.going), "least": team.event.least_per_school}
    return say("team-missing", missing=team.missing, **values) if team.missing else say("team-enough", **values)


def _names(members: Sequence[TeamMember]) -> str:
    names = ", ".join(short_name(member.full_name) for member in members[:_NAMED])
    left = len(members) - _NAMED
    return plain("notice-and-more", names=names, n=left) if left > 0 else names


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
