"""A series of three webinars, announced by the coordinator of the first region."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.network import residents
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.webinars import Beginning, WebinarDraft
from bot.ports.storage import Storage
from bot.services.announce_webinar import announce_webinar

_TITLES = (
    "Вебинар 1. Центр «Точка роста»: с чего начать",
    "Вебинар 2. Уроки с новым оборудованием",
    "Вебинар 3. Как показать результаты",
)
_ZONE = ZoneInfo("Europe/Moscow")
_HOUR = time(11, 0)  # 11:00 in Moscow is 17:00 in МСК+6: nobody is kept from his evening


async def announce_series(storage: Storage, *, now: datetime) -> None:
    """Three webinars a week apart, the first on a Thursday at least six days ahead."""
    coordinator = next(one for one in residents() if not one.municipality)
    async with storage.read() as tx:
        actor = await tx.people.actor_by_account(coordinator.account, is_owner=False)
    assert actor is not None, "the coordinator was registered before"
    region = actor.coordinated[0]
    first = _thursday(now.astimezone(_ZONE).date() + timedelta(days=6))
    for number, title in enumerate(_TITLES):
        draft = WebinarDraft(
            title=title,
            beginning=_beginning(first + timedelta(weeks=number)),
            link=f"https://example.org/webinar-{number + 1}",
            unit_id=region.id,
            audience=Audience((region.id,), AnsweredBy.PERSON),
        )
        await announce_webinar(storage, actor=actor, draft=draft, source=f"demo-{number}", now=now)


def _beginning(day: date) -> Beginning:
    at = datetime.combine(day, _HOUR, _ZONE)
    return Beginning(at.astimezone(UTC), day, _ZONE.key, f"{day:%d.%m.%Y} в {_HOUR:%H:%M}")


def _thursday(day: date) -> date:
    return day + timedelta(days=(3 - day.weekday()) % 7)
