"""What a simulated year asks of the schools: a roadmap, monitorings, checklists, minutes, webinars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.documents import DocumentDraft, DocumentFacts, DocumentKind, RowDraft
from bot.domain.event_drafts import EventDate, EventDraft
from bot.domain.ids import PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.domain.terms.reading import read_term

START = datetime(2026, 8, 31, 21, 0, tzinfo=UTC)
"""Midnight of the first of September in Moscow: 2026-09-01."""
END = datetime(2027, 6, 15, 21, 0, tzinfo=UTC)

_MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True)
class Paper:
    """A document that a coordinator brings in and plans ``on`` this instant."""

    on: datetime
    by: PersonId
    title: str
    kind: DocumentKind
    phrases: tuple[str, ...]

    def read(self) -> DocumentDraft:
        facts = DocumentFacts(self.kind, number=f"{self.on:%m%d}-р", signed_on=self.on.date(), title=self.title)
        return DocumentDraft(facts, tuple(self._row(place, phrase) for place, phrase in enumerate(self.phrases, 1)))

    def _row(self, place: int, phrase: str) -> RowDraft:
        term = read_term(phrase, reference_date=self.on.astimezone(_MOSCOW).date())
        return RowDraft(str(place), f"{self.title}: пункт {place}", "Школы", "Отчёт", phrase, term)


@dataclass(frozen=True)
class Gathering:
    """A webinar, or several as a series, for the teachers of a unit, announced ``on`` this instant."""

    on: datetime
    by: PersonId
    draft: EventDraft
    source: str


MONITORED = "30 сентября 2026 года, далее – ежеквартально"
"""The row that is answered with figures."""
CHECKED = "до 10 октября 2026 года"
"""The row whose answers are accepted or given back."""

_ROADMAP = (
    "до 15 октября 2026 года", "до 1 ноября 2026 года", "до 20 ноября 2026 года", "до 25 декабря 2026 года",
    "до 29 января 2027 года", "до 26 февраля 2027 года", "до 19 марта 2027 года", "до 30 апреля 2027 года",
    "15 сентября 2026 года, далее – ежемесячно", MONITORED,
    "до 10 декабря 2026 года", CHECKED,
)  # fmt: skip
_CHECKLIST = tuple(f"до {day} ноября 2026 года" for day in (12, 12, 13, 13, 13, 18))


def papers(centre: PersonId, regions: dict[UnitId, PersonId]) -> list[Paper]:
    """The roadmap of all, a checklist of each region, and minutes every month with two days' notice."""
    first = _at(2026, 9, 1, 10)
    found = [Paper(first, centre, "Дорожная карта сети", DocumentKind.ROADMAP, _ROADMAP)]
    for place, person in enumerate(regions.values()):
        found.append(Paper(_at(2026, 10, 26 + place, 12), person, "Чек-лист готовности", DocumentKind.PLAN, _CHECKLIST))
    for place, (year, month) in enumerate([(2026, 9), (2026, 10), (2026, 11), (2026, 12), (2027, 2), (2027, 4)]):
        on = _at(year, month, 14 + place % 3, 15)
        day = on.astimezone(_MOSCOW).date() + timedelta(days=2)
        phrases = (f"до {day:%d.%m.%Y}", f"до {day + timedelta(days=12):%d.%m.%Y}")
        found.append(Paper(on, centre, f"Протокол совещания {on:%d.%m}", DocumentKind.MINUTES, phrases))
    return found


def gatherings(centre: PersonId, regions: dict[UnitId, PersonId], federation: UnitId) -> list[Gathering]:
    """A webinar for everybody every month, and a series of three in each region."""
    found = []
    for year, month in [(2026, 9), (2026, 10), (2026, 11), (2027, 1), (2027, 2), (2027, 3), (2027, 4)]:
        at = _at(year, month, 22, 13)
        draft = _draft(federation, f"Вебинар {at:%m.%Y}", [at])
        found.append(Gathering(at - timedelta(days=12), centre, draft, f"year:webinar:{at:%Y%m}"))
    for region, person in regions.items():
        dates = [_at(2026, 12, day, 11) for day in (8, 15, 22)]
        draft = _draft(region, "Вебинар для наставников", dates)
        found.append(Gathering(_at(2026, 11, 27, 12), person, draft, f"year:series:{region}"))
    return found


def _draft(unit: UnitId, title: str, dates: list[datetime]) -> EventDraft:
    zone = "Europe/Moscow"
    when = tuple(EventDate(at, _day(at), zone, "год", at + timedelta(hours=1)) for at in dates)
    audience = Audience((unit,), AnsweredBy.PERSON, (Role.TEACHER,))
    return EventDraft(unit, zone, audience, title=title, dates=when, link="https://example.org/webinar")


def _day(at: datetime) -> date:
    return at.astimezone(_MOSCOW).date()


def _at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=_MOSCOW).astimezone(UTC)
