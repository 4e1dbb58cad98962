"""A selection while it is made: its parts, and how typed places and quotas are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import FormId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.names import one_line
from bot.domain.network import Unit
from bot.domain.selection import (
    MOST_EACH,
    MOST_PLACES,
    BadPlacesError,
    BadQuotasError,
    QuotaFault,
    Selection,
)

MAX_DETAILS = 1500

_NUMBER = re.compile(r"\d{1,6}")
_QUOTA = re.compile(r"\s*(?P<name>.+?)[\s:–—=-]*(?P<number>\d{1,6})\s*(?:чел\w*\.?|мест\w*|участ\w*)?\s*[.,;]?\s*$")
_ONE_NUMBER = re.compile(r"\s*(?:по\s+)?\d{1,6}\s*(?:мест\w*|чел\w*\.?)?\s*", re.IGNORECASE)
# «отобрано не менее 20 тьюторов»; «основной состав (20 чел.); резервный состав (5 чел.)»
_MAIN = re.compile(r"(?:основн\w*[^.;\d]{0,40}|не\s+менее\s+|отобран\w*[^.;\d]{0,40})(\d{1,5})", re.IGNORECASE)
_RESERVE = re.compile(r"резерв\w*[^.;\d]{0,40}(\d{1,5})", re.IGNORECASE)
_GENERIC = frozenset(["г", "город", "городской", "округ", "район", "муниципальный", "пос", "с", "зато", "го", "мр"])

_PLACE = Question("place", QuestionKind.TEXT, "Класс или должность")
READY_QUESTIONS: Mapping[AnsweredBy, tuple[Question, ...]] = {
    AnsweredBy.SCHOOL: (
        Question("candidate", QuestionKind.TEXT, "Кого предлагаете? Фамилия, имя, отчество"),
        _PLACE,
        Question("reason", QuestionKind.TEXT, "Почему именно он или она? Два-три предложения"),
    ),
    AnsweredBy.PERSON: (
        _PLACE,
        Question("reason", QuestionKind.TEXT, "Почему хотите участвовать? Два-три предложения"),
    ),
}
"""The form of those who have made none: whom, from where, why."""


class SelectionPart(StrEnum):
    """What a selection is made of, in the order in which it is asked for."""

    TITLE = "title"
    UNTIL = "until"
    WHO = "who"
    PLACES = "places"
    QUOTAS = "quotas"
    RESERVE = "reserve"
    FORM = "form"
    DETAILS = "details"
    EACH = "each"


_NEEDED = (SelectionPart.TITLE, SelectionPart.UNTIL, SelectionPart.PLACES, SelectionPart.FORM)
_ASKED = frozenset({*_NEEDED, SelectionPart.WHO, SelectionPart.QUOTAS, SelectionPart.RESERVE})
"""Of itself; the others have an answer that will do, and a button on the card."""


@dataclass(frozen=True, slots=True)
class SelectionDraft:
    """``due_on``: the last day for applications on the clocks of ``timezone``; ``phrase``: as typed. ``asked``: parts
    that it can do without, and that he was asked for: none is asked twice. ``has_ready_form``: that of
    ``READY_QUESTIONS``, which depends on who applies.
    """

    unit_id: UnitId
    timezone: str
    audience: Audience
    title: str = ""
    details: str = ""
    phrase: str = ""
    due_on: date | None = None
    selection: Selection = field(default_factory=lambda: Selection(places=0))
    form_id: FormId | None = None
    has_ready_form: bool = False
    asked: frozenset[SelectionPart] = frozenset()

    @property
    def missing(self) -> tuple[SelectionPart, ...]:
        known = {
            SelectionPart.TITLE: self.title,
            SelectionPart.UNTIL: self.due_on,
            SelectionPart.PLACES: self.selection.places,
            SelectionPart.FORM: self.form_id,
        }
        return tuple(part for part in _NEEDED if not known[part])

    def next_asked(self, *, has_parts: bool) -> SelectionPart | None:
        """What to ask for next: every part once in its order; quotas only where there is more than one municipality."""
        for part in SelectionPart:
            is_known = part not in self.missing if part in _NEEDED else part in self.asked
            if not is_known and (has_parts or part is not SelectionPart.QUOTAS) and part in _ASKED:
                return part
        return None

    def addressed(self, audience: Audience) -> SelectionDraft:
        """The same for others; schools are asked other questions than people, so the ready form is chosen anew."""
        is_other = audience.answered_by is not self.audience.answered_by
        draft = replace(self, audience=audience, asked=self.asked | {SelectionPart.WHO})
        return replace(draft, form_id=None, has_ready_form=False) if is_other and self.has_ready_form else draft

    @property
    def is_empty(self) -> bool:
        return self.missing == _NEEDED

    def to_json(self) -> dict[str, Any]:
        return {
            "unit_id": self.unit_id,
            "timezone": self.timezone,
            "audience": self.audience.to_json(),
            "title": self.title,
            "details": self.details,
            "phrase": self.phrase,
            "due_on": self.due_on and self.due_on.isoformat(),
            "selection": self.selection.to_json(),
            "form_id": self.form_id,
            "has_ready_form": self.has_ready_form,
            "asked": sorted(self.asked),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SelectionDraft:
        return cls(
            unit_id=UnitId(data["unit_id"]),
            timezone=data["timezone"],
            audience=Audience.from_json(data["audience"]),
            title=data["title"],
            details=data["details"],
            phrase=data["phrase"],
            due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
            selection=Selection.from_json(data["selection"]),
            form_id=None if data["form_id"] is None else FormId(data["form_id"]),
            has_ready_form=data["has_ready_form"],
            asked=frozenset(SelectionPart(part) for part in data["asked"]),
        )


class SelectionUnfinishedError(DomainError):
    """The draft lacks what no selection can do without."""

    def __init__(self, missing: tuple[SelectionPart, ...]) -> None:
        super().__init__(f"the selection lacks {', '.join(missing)}")
        self.missing = missing


def read_places(words: str, *, least: int = 1, most: int = MOST_PLACES) -> int:
    """The one number that was typed: «20», «20 мест». Raises BadPlacesError."""
    numbers = _NUMBER.findall(words.replace("\u00a0", " "))
    if len(numbers) != 1 or not least <= int(numbers[0]) <= most or "-" in words.strip()[:1]:
        raise BadPlacesError(f"{len(numbers)} numbers")
    return int(numbers[0])


def read_each(words: str) -> int:
    """How many applications one applicant may send. Raises BadPlacesError."""
    return read_places(words, most=MOST_EACH)


def read_quotas(text: str, parts: Sequence[Unit]) -> Mapping[UnitId, int]:
    """A line a municipality: «Благовещенск 4», «г. Свободный – 3 чел.»; signs and the words of titles count for little.

    Raises BadQuotasError with the first line that names none of ``parts``, several, one twice, or no number.
    """
    quotas: dict[UnitId, int] = {}
    for line in (piece.strip() for piece in re.split(r"[\n;]", text)):
        if not line:
            continue
        found = _QUOTA.fullmatch(line)
        if found is None:
            raise BadQuotasError(QuotaFault.NO_NUMBER, line)
        part = _named(found["name"], parts, line)
        if part.id in quotas:
            raise BadQuotasError(QuotaFault.TWICE, line)
        quotas[part.id] = int(found["number"])
    if not quotas:
        raise BadQuotasError(QuotaFault.NO_NUMBER, one_line(text))
    return quotas


def with_bound(selection: Selection, part: SelectionPart, words: str, parts: Sequence[Unit]) -> Selection:
    """The same with what was typed for its places, its quotas, its reserve or how many applications one may send.

    Of quotas one number is that of every municipality; else a line for each. Raises BadPlacesError, BadQuotasError.
    """
    match part:
        case SelectionPart.PLACES:
            return replace(selection, places=read_places(words))
        case SelectionPart.RESERVE:
            return replace(selection, reserve=read_places(words, least=0))
        case SelectionPart.EACH:
            return replace(selection, most_each=read_each(words))
        case SelectionPart.QUOTAS if _ONE_NUMBER.fullmatch(words):
            return replace(selection, each=read_places(words), quotas={})
        case SelectionPart.QUOTAS:
            return replace(selection, each=None, quotas=read_quotas(words, parts))
    raise BadPlacesError(f"{part} is no bound")


def with_quota(selection: Selection, part: UnitId, quota: int | None, parts: Sequence[Unit]) -> Selection:
    """The same with another quota of one municipality, or none (None); the others keep theirs, in their order."""
    known = {one.id: one_quota for one in parts if (one_quota := selection.quota_of(one.id)) is not None}
    known.pop(part, None) if quota is None else known.update({part: quota})
    return replace(selection, each=None, quotas={one.id: known[one.id] for one in parts if one.id in known})


def foreseen(result: str) -> tuple[int, int]:
    """Places and reserve as a document's expected result names them; 0 where it does not.

    Only proposed: the coordinator sees both before anything is announced.
    """
    main, reserve = _MAIN.search(result), _RESERVE.search(result)
    return (int(main[1]) if main else 0), (int(reserve[1]) if reserve else 0)


def _named(name: str, parts: Sequence[Unit], line: str) -> Unit:
    wanted = _words(name)
    same = [part for part in parts if _words(part.title) == wanted]
    alike = same or [part for part in parts if wanted and _begins(wanted, _words(part.title))]
    if not alike:
        raise BadQuotasError(QuotaFault.UNKNOWN, line)
    if len(alike) > 1:
        raise BadQuotasError(QuotaFault.SEVERAL, line)
    return alike[0]


def _words(title: str) -> tuple[str, ...]:
    every = re.findall(r"[^\W_]+", title.casefold().replace("ё", "е"))
    return tuple(word for word in every if word not in _GENERIC) or tuple(every)


def _begins(wanted: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """«Суздаль» for «Суздальский район»: every typed word begins a word of the title."""
    return all(any(word.startswith(one[: max(4, len(one) - 2)]) for word in known) for one in wanted)
