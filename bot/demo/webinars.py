"""A series of three webinars, announced by the coordinator of the first region."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.network import residents
from bot.domain.event_drafts import EventDate, EventDraft
from bot.domain.matters import AnsweredBy, Audience
from bot.ports.storage import Storage
from bot.services.announce_event import announce_event

_SERIES = "Первый год центра"
_TITLES = (
    "Вебинар 1. Центр «Точка роста»: с чего начать",
    "Вебинар 2. Уроки с новым оборудованием",
    "Вебинар 3. Как показать результаты",
)
_ZONE = ZoneInfo("Europe/Moscow")
_HOUR = time(11, 0)  # 11:00 in Moscow is 17:00 in МСК+6: nobody is kept from his evening
_LASTS = timedelta(hours=1)


async def announce_series(storage: Storage, *, now: datetime) -> None:
    """Three webinars a week apart, the first on a Thursday at least six days ahead."""
    coordinator = next(one for one in residents() if not one.municipality)
    async with storage.read() as tx:
        actor = await tx.people.actor_by_account(coordinator.account, is_owner=False)
    assert actor is not None, "the coordinator was registered before"
    region = actor.coordinated[0]
    first = _thursday(now.astimezone(_ZONE).date() + timedelta(days=6))
    draft = EventDraft(
        unit_id=region.id,
        timezone=_ZONE.key,
        audience=Audience((region.id,), AnsweredBy.PERSON),
        title=_SERIES,
        titles=_TITLES,
        dates=tuple(_date(first + timedelta(weeks=number)) for number in range(len(_TITLES))),
        link="https://example.org/webinar",
    )
    await announce_event(storage, actor=actor, draft=draft, source="demo", now=now)


def _date(day: date) -> EventDate:
    at = datetime.combine(day, _HOUR, _ZONE).astimezone(UTC)
    return EventDate(at, day, _ZONE.key, f"{day:%d.%m.%Y} в {_HOUR:%H:%M}", at + _LASTS)


def _thursday(day: date) -> date:
    return day + timedelta(days=(3 - day.weekday()) % 7)
