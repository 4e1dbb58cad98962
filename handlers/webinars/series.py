"""A series of events as its organiser, or a coordinator of some of its people, sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup

from bot.domain.ids import SeriesId
from bot.domain.matters import OccurrenceState
from bot.ports.series import SeriesDate
from bot.services.show_series import SeriesExport, SeriesSheet, export_series, show_series
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.attendance.callbacks import ShowSheet
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.rows import pager
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.webinars import afterwards_callbacks as to

MakeSeriesFile = Callable[[SeriesExport, ZoneInfo, datetime], Awaitable[bytes]]
_TITLE = 120
_TIMES = 12  # lines of «на 3 из 12»; the whole is in the file


def build_router() -> Router:
    router = Router(name="series of events")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_show, to.ShowSeries.filter())
    router.callback_query.register(on_file, to.GetSeriesFile.filter())
    return router


async def on_show(query: CallbackQuery, callback_data: to.ShowSeries, scene: Scene) -> None:
    series_id = SeriesId(callback_data.series)
    sheet = await show_series(
        scene.storage, actor=scene.actor, series_id=series_id, page=callback_data.page, now=scene.now
    )
    await toast(query)
    await show(query, *series_screen(sheet, callback_data, reader=scene.reader, now=scene.now))


async def on_file(
    query: CallbackQuery, callback_data: to.GetSeriesFile, scene: Scene, series_file: MakeSeriesFile
) -> None:
    export = await export_series(
        scene.storage, actor=scene.actor, series_id=SeriesId(callback_data.series), now=scene.now
    )
    await toast(query)
    name = plain("after-file-series", date=short_day(scene.today))
    file = BufferedInputFile(await series_file(export, scene.reader, scene.now), name)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    await query.bot.send_document(query.from_user.id, file, caption=say("series-title", title=export.series.title))


def series_screen(
    sheet: SeriesSheet, at: to.ShowSeries, *, reader: ZoneInfo, now: datetime
) -> tuple[Markup, InlineKeyboardMarkup]:
    parts = [say("series-title", title=shorten(sheet.series.title, _TITLE))]
    parts.append(say("series-begun", begun=sheet.begun, total=len(sheet.dates)))
    parts.append(Markup("\n".join(_date(one, reader, now) for one in sheet.shown)))
    parts.append(_turnout(sheet))
    rows = [
        [named(f"{_day(one, reader)} · {one.title}", ShowSheet(occurrence=one.occurrence_id))]
        for one in sheet.shown
        if one.state is OccurrenceState.OPEN
    ]
    turn = pager(sheet.page, sheet.pages, lambda page: at.model_copy(update={"page": page}))
    file = button("button-series-file", to.GetSeriesFile(series=at.series))
    back = [button("button-series-back", to.ShowAfterwards(occurrence=at.occurrence))] if at.occurrence else []
    return Markup("\n\n".join(parts)), keyboard(*rows, turn, [file], back)


def _date(one: SeriesDate, reader: ZoneInfo, now: datetime) -> Markup:
    return say(
        "series-date",
        day=_day(one, reader),
        title=shorten(one.title, _TITLE),
        off="no" if one.state is OccurrenceState.OPEN else "yes",
        begun="yes" if one.due_at <= now else "no",
        present=one.tally.present,
        invited=one.tally.total,
    )


def _turnout(sheet: SeriesSheet) -> Markup:
    if not sheet.begun:
        return say("series-none-begun")
    counts = sorted(sheet.turnout.items(), reverse=True)[:_TIMES]
    lines = [say("series-turnout", times=times, begun=sheet.begun, people=people) for times, people in counts]
    return Markup("\n".join([say("series-turnout-title"), *lines]))


def _day(one: SeriesDate, reader: ZoneInfo) -> str:
    return short_day(one.due_at.astimezone(reader).date())
