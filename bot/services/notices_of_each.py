"""The notices that each reader gets about dates: what is said to him alone, and what is gathered into a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.delivery import ONLY_WORD, PASSES_QUIET, NoticeKind
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.ladder import DueMoment, Heard, PlannedStep, news_step, plan_steps
from bot.domain.matters import OccurrenceState
from bot.domain.quiet import Reader, WorkingDays, next_allowed
from bot.domain.steps import Ladder, ladder_of
from bot.ports.notices import NewNotice
from bot.ports.planning import Alike, AlikeStep, DateToPlan, Recipient, Told
from bot.services.refresh_messages import AS_OF

_CALL_OFF_LIFE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of one person's ladder for one assignment."""

    to: Recipient
    date: DateToPlan
    step: PlannedStep


class Ladders:
    """The steps of a date for a reader; hundreds of readers share a zone and quiet hours, so each is climbed once."""

    def __init__(self, dates: Sequence[DateToPlan], days: WorkingDays, now: datetime) -> None:
        self.listed = dates
        self.dates = {date.occurrence_id: date for date in dates}
        self.days = days
        self.now = now
        self._climbed: dict[tuple[OccurrenceId, DueMoment, Reader, Heard | None], list[PlannedStep]] = {}

    def steps(self, date: DateToPlan, to: Recipient | Alike) -> list[PlannedStep]:
        # Of a date that has moved, the news come first, and the bounds count from them.
        is_bounded = isinstance(to, Recipient) and to.told is Told.HAS_HEARD and (to.knows_version or to.own_due)
        heard = to.heard if isinstance(to, Recipient) and is_bounded else None
        return self._climb(date, to.own_due or date.due, to.reader, heard)

    def alike_steps(self, alike: Alike) -> Iterable[AlikeStep]:
        """What all of them get; but what is announced in lists, each has his own."""
        date = self.dates[alike.occurrence_id]
        for step in self._steps_of_all(date, alike):
            if step.kind is not NoticeKind.ANNOUNCEMENT or self._announces_alone(date):
                yield AlikeStep(alike.mark, _name(step), date.version, step, _detail(step))

    def _steps_of_all(self, date: DateToPlan, alike: Alike) -> Iterable[PlannedStep]:
        if date.state is OccurrenceState.OPEN:
            return _ladder(alike, date, self)
        return [_called_off(alike.reader, date, self)] if alike.told is Told.HAS_HEARD else []

    def in_lists(self) -> tuple[DateToPlan, ...]:
        """The dates that are announced together with others, as far as somebody owes an answer to several of them."""
        is_open = [date for date in self.dates.values() if date.state is OccurrenceState.OPEN]
        return tuple(date for date in is_open if self._is_in_list(date))

    def _announces_alone(self, date: DateToPlan) -> bool:
        return not self._is_in_list(date) and not (date.repeating is not None and date.is_later)

    def _is_in_list(self, date: DateToPlan) -> bool:
        shared = {("repeating", date.repeating), _together(date)} - {("repeating", None), None}
        return any(self._sharing[one] > 1 for one in shared)

    @cached_property
    def _sharing(self) -> Counter[object]:
        is_open = [date for date in self.dates.values() if date.state is OccurrenceState.OPEN]
        of_one = Counter[object](_together(date) for date in is_open)
        return of_one + Counter(("repeating", date.repeating) for date in is_open if not date.is_later)

    def _climb(self, date: DateToPlan, due: DueMoment, reader: Reader, heard: Heard | None) -> list[PlannedStep]:
        key = (date.occurrence_id, due, reader, heard)
        if key not in self._climbed:
            self._climbed[key] = plan_steps(
                _ladder_of(date),
                due,
                reader,
                now=self.now,
                days=self.days,
                opened_overdue=date.opened_at >= due.at,
                heard=heard,
            )
        return self._climbed[key]

    def news(self, kind: NoticeKind, date: DateToPlan, reader: Reader, *, expires_at: datetime) -> PlannedStep:
        """That the date has moved or was called off."""
        expected_at = (date.moved_from if kind is NoticeKind.MOVED else None) or date.due.at
        ladder = _ladder_of(date)
        return news_step(kind, ladder, expected_at, reader, expires_at=expires_at, now=self.now, days=self.days)


def _ladder_of(date: DateToPlan) -> Ladder:
    open_days = (date.due.at - date.opened_at).days
    return ladder_of(date.kind, date.ladder, date.own_ladder, open_days=open_days)


def notices_of_each(ladders: Ladders, recipients: Iterable[Recipient]) -> Iterable[NewNotice]:
    """Everything that is to be planned for these recipients; of each person all of them must be there."""
    for his in _by_person(recipients):
        yield from _notices_of_one(his, ladders)


def announced_to_each(ladders: Ladders, recipients: Iterable[Recipient]) -> Iterable[NewNotice]:
    """The first word alone, for those who have heard nothing; ``notices_of_each`` has it among the rest."""
    for his in _by_person(recipients):
        dated = [(to, ladders.dates[to.occurrence_id]) for to in his]
        steps = [_Step(to, date, step) for to, date in dated for step in _ladder(to, date, ladders)]
        yield from _news(_nearest([step for step in steps if step.step.kind is NoticeKind.ANNOUNCEMENT]))


def _by_person(recipients: Iterable[Recipient]) -> Iterable[Sequence[Recipient]]:
    of_person: dict[PersonId, list[Recipient]] = defaultdict(list)
    for recipient in recipients:
        of_person[recipient.person_id].append(recipient)
    return of_person.values()


def _notices_of_one(his: Sequence[Recipient], ladders: Ladders) -> Iterable[NewNotice]:
    steps: list[_Step] = []
    for recipient in his:
        date = ladders.dates[recipient.occurrence_id]
        if date.state is OccurrenceState.OPEN:
            steps += (_Step(recipient, date, step) for step in _ladder(recipient, date, ladders))
        elif recipient.told is Told.HAS_HEARD and not recipient.knows_version:
            steps.append(_Step(recipient, date, _called_off(recipient.reader, date, ladders)))
    of_kind: dict[NoticeKind, list[_Step]] = defaultdict(list)
    for step in steps:
        of_kind[step.step.kind].append(step)
    announced, off = _nearest(of_kind.pop(NoticeKind.ANNOUNCEMENT, [])), of_kind.pop(NoticeKind.CALLED_OFF, [])
    moved = [step for step in of_kind.pop(NoticeKind.MOVED, []) if not step.to.is_above]
    yield from _gathered([step for step in announced if step.to.is_above], NoticeKind.ASSIGNED, event="unattended")
    yield from _news([*moved, *off, *(step for step in announced if not step.to.is_above)])
    for later in of_kind.values():  # from above one looks after a school once, and is not reminded in its place
        yield from (_single(step) for step in later if not step.to.is_above)


def _ladder(to: Recipient | Alike, date: DateToPlan, ladders: Ladders) -> Iterable[PlannedStep]:
    is_moved = date.version > 1 and to.own_due is None  # a later term of his own stays where it is
    knows_version = isinstance(to, Recipient) and to.knows_version
    if to.told is Told.HAS_HEARD and is_moved and not knows_version:
        moved = ladders.news(NoticeKind.MOVED, date, to.reader, expires_at=date.due.at)
        if moved.at < date.due.at:
            yield moved
    for step in ladders.steps(date, to):
        if step.kind is not NoticeKind.ANNOUNCEMENT or to.told is Told.NOTHING:
            yield step


def _nearest(announced: Sequence[_Step]) -> list[_Step]:
    """Of an activity that repeats the first date alone: thirteen months in one message are thirteen times the same."""
    kept: list[_Step] = []
    known: set[object] = set()
    for step in sorted(announced, key=lambda step: (step.date.due.at, step.to.assignment_id)):
        matter = (step.date.repeating, step.to.unit_id, step.to.is_above)
        if step.date.repeating is None or not (step.date.is_later or matter in known):
            kept.append(step)
            known.add(matter)
    return kept


def _called_off(reader: Reader, date: DateToPlan, ladders: Ladders) -> PlannedStep:
    at = next_allowed(ladders.now, reader, ladders.days)
    return ladders.news(NoticeKind.CALLED_OFF, date, reader, expires_at=max(at, date.due.at) + _CALL_OFF_LIFE)


def _news(steps: Sequence[_Step]) -> Iterable[NewNotice]:
    """What one document (or series) has new for one person at once is one message: moved, called off or new."""
    by_document: dict[object, list[_Step]] = defaultdict(list)
    for step in steps:
        by_document[_together(step.date) or ("alone", step.to.assignment_id)].append(step)
    for together in by_document.values():
        kinds = {step.step.kind for step in together}
        if len(together) == 1 or kinds == {NoticeKind.CALLED_OFF}:
            yield from _gathered(together, together[0].step.kind)
        elif kinds == {NoticeKind.ANNOUNCEMENT}:
            yield from _gathered(together, NoticeKind.ASSIGNED)
        else:
            yield _list(together, NoticeKind.CHANGED, None)


def _together(date: DateToPlan) -> tuple[str, int] | None:
    """What is announced in one message with it: its document, or its series of events."""
    if date.document_id is not None:
        return ("document", date.document_id)
    return None if date.event_series is None else ("series", date.event_series)


def _gathered(steps: Sequence[_Step], kind: NoticeKind, event: str | None = None) -> Iterable[NewNotice]:
    """What one document (or series) means for one person at once is one message; any other matter has its own."""
    by_document: dict[object, list[_Step]] = defaultdict(list)
    for step in steps:
        alone = ("alone", step.date.occurrence_id if event else step.to.assignment_id)
        by_document[_together(step.date) or alone].append(step)
    for together in by_document.values():
        if len(together) == 1 and event is None:
            yield _single(together[0])
        else:
            yield _list(together, kind, event)


def _list(together: Sequence[_Step], kind: NoticeKind, event: str | None) -> NewNotice:
    first = together[0]
    assignments = sorted(step.to.assignment_id for step in together)
    document = first.date.document_id
    about = f"doc{document}" if document is not None else f"o{first.date.occurrence_id}"
    detail: dict[str, object] = {"assignments": assignments}
    if first.date.event_series is not None:
        detail[AS_OF] = {str(step.to.assignment_id): step.date.version for step in together}
    if first.date.series_title is not None:
        detail["series"] = first.date.series_title
    if event is not None:
        detail["event"] = event
    if kind is NoticeKind.CHANGED:  # which of them he knew, and as of which version he knows them now
        known = [step for step in together if step.step.kind is not NoticeKind.ANNOUNCEMENT]
        detail["versions"] = {str(step.to.assignment_id): step.date.version for step in known}
    if any(step.step.passes_quiet for step in together):
        detail[PASSES_QUIET] = True
    return NewNotice(
        key=f"{about}:p{first.to.person_id}:{event or kind.value}:a{assignments[0]}:v{first.date.version}",
        person_id=first.to.person_id,
        kind=kind,
        due_at=min(step.step.at for step in together),
        expires_at=max(step.step.expires_at for step in together),
        document_id=document,
        series_id=first.date.event_series,
        detail=detail,
    )


def _single(step: _Step) -> NewNotice:
    """``plan_alike`` of the storage names and fills in its rows in the same way."""
    kind, days_before = step.step.kind, step.step.days_before
    name = _name(step.step)
    if step.to.due_version and days_before is not None:
        name = f"{name}:d{step.to.due_version}"
    return NewNotice(
        key=f"a{step.to.assignment_id}:v{step.date.version}:p{step.to.person_id}:{name}",
        person_id=step.to.person_id,
        kind=kind,
        due_at=step.step.at,
        expires_at=step.step.expires_at,
        occurrence_id=step.date.occurrence_id,
        occurrence_version=step.date.version,
        assignment_id=step.to.assignment_id,
        assignment_due_version=step.to.due_version,
        unit_id=step.to.unit_id,
        days_before=days_before,
        detail=_detail(step.step),
    )


def _name(step: PlannedStep) -> str:
    return step.kind.value if step.days_before is None else f"{step.kind.value}{step.days_before}"


def _detail(step: PlannedStep) -> dict[str, bool] | None:
    marks = {ONLY_WORD: step.is_only_word, PASSES_QUIET: step.passes_quiet}
    return {name: True for name, stands in marks.items() if stands} or None
