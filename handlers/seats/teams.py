"""A school's coordinator: who of his school goes where somebody has to, and a nudge for those who are silent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.errors import OutdatedError
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.gather_team import list_teams, show_team
from bot.services.nudge_silent import NobodyToNudgeError, NudgedLatelyError, nudge_silent
from handlers.answers.event_callbacks import ListTeams, NudgeTeam, ShowTeam, TeamsPage
from handlers.filters import IsCoordinator
from handlers.seats.screens import team_keyboard, team_text, teams_screen
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="school teams")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_list, ListTeams.filter())
    router.callback_query.register(on_list, TeamsPage.filter())
    router.callback_query.register(on_team, ShowTeam.filter())
    router.callback_query.register(on_nudge, NudgeTeam.filter())
    return router


async def on_list(
    query: CallbackQuery,
    callback_data: ListTeams | TeamsPage,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    await toast(query)
    page = callback_data.page if isinstance(callback_data, TeamsPage) else 1
    found = await list_teams(app_storage, actor=actor, page=page, now=now)
    await show(query, *teams_screen(found, reader=reader, today=now.astimezone(reader).date()))


async def on_team(
    query: CallbackQuery,
    callback_data: ShowTeam,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    await toast(query)
    await _show(query, app_storage, actor, callback_data.occurrence, callback_data.unit, now, reader)


async def on_nudge(
    query: CallbackQuery,
    callback_data: NudgeTeam,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    try:
        nudge = await nudge_silent(
            app_storage,
            actor=actor,
            occurrence_id=OccurrenceId(callback_data.occurrence),
            unit_id=UnitId(callback_data.unit),
            version=callback_data.version,
            now=now,
        )
    except NobodyToNudgeError:
        await toast(query, "toast-team-nobody", alert=True)
    except NudgedLatelyError:
        await toast(query, "toast-team-lately", alert=True)
    except OutdatedError:
        await toast(query, "toast-team-moved", alert=True)
    else:
        await toast(query, "toast-team-nudged", n=nudge.people)
    await _show(query, app_storage, actor, callback_data.occurrence, callback_data.unit, now, reader)


async def _show(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    occurrence: int,
    unit: int,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    team = await show_team(storage, actor=actor, occurrence_id=OccurrenceId(occurrence), unit_id=UnitId(unit))
    text = team_text(team, reader=reader, today=now.astimezone(reader).date())
    await show(query, text, team_keyboard(team, is_listed=True))
