"""Whether a document is a newer edition of another, and what it would change in the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.awaiting import Pace, with_dates, with_event, with_pace
from bot.domain.calendar import WorkCalendar
from bot.domain.documents import DocumentKind
from bot.domain.drafts import DraftRow, PlannedDate, RowDecision
from bot.domain.editions import (
    ChangeKind,
    Comparison,
    Letterhead,
    PlannedRow,
    RowChange,
    RowText,
    compare,
    is_edition_of,
)
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId, PersonId, RowId, UnitId
from bot.domain.judging import split_dates
from bot.domain.matters import (
    Activity,
    ActivityKind,
    ActivityState,
    AnsweredBy,
    Audience,
    Occurrence,
    OccurrenceState,
)
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from tests.calendar_days import MONDAY

ZONE = ZoneInfo("Europe/Moscow")
TITLE = "Провести семинар для педагогов"
OCTOBER = "до 15 октября 2026 года"
NOVEMBER = "до 20 ноября 2026 года"
QUARTERLY = "1 октября 2026 года, далее – ежеквартально"
MONTHLY = "1 октября 2026 года, далее – ежемесячно"
HEAD = Letterhead(DocumentKind.ROADMAP, "1074-р", date(2026, 8, 10), "Комплекс мер по созданию центров «Точка роста»")


class TestRecognising:
    @pytest.mark.parametrize(
        ("new", "matching", "is_edition"),
        [
            pytest.param(HEAD, 0.0, True, id="the same kind, number and date, whatever its rows"),
            pytest.param(replace(HEAD, number="№ 1074-P"), 0.0, True, id="a Latin letter in the number"),
            pytest.param(replace(HEAD, title="Другое"), 0.0, True, id="kind, number and date say enough"),
            pytest.param(replace(HEAD, dated=date(2026, 9, 1)), 0.0, True, id="a later date, one number and title"),
            pytest.param(
                replace(HEAD, dated=date(2026, 9, 1), title="Об утверждении состава комиссии"), 1.0, False,
                id="one number of another day, on something else",
            ),
            pytest.param(replace(HEAD, number="1075-р"), 1.0, False, id="another number is another document"),
            pytest.param(replace(HEAD, number=None), 0.5, True, id="no number, the title and half of the rows"),
            pytest.param(replace(HEAD, number=None), 0.4, False, id="no number, and other rows"),
            pytest.param(replace(HEAD, number=None, title="План"), 1.0, False, id="no number and another title"),
        ],
    )  # fmt: skip
    def test_a_newer_edition_of_the_roadmap(self, new: Letterhead, matching: float, is_edition: bool) -> None:
        assert is_edition_of(new, HEAD, matching=matching) is is_edition

    @pytest.mark.parametrize(
        ("title", "matching", "is_edition"),
        [
            pytest.param("Список от 21.11.2026", 0.4, False, id="two lists of one day on different matters"),
            pytest.param("Список от 21.11.2026", 0.5, True, id="a list corrected the same day"),
            pytest.param("Список от 25.11.2026", 0.5, True, id="a list corrected some days later"),
        ],
    )
    def test_of_pasted_lists_the_rows_alone_tell(self, title: str, matching: float, is_edition: bool) -> None:
        before = Letterhead(DocumentKind.LIST, None, None, "Список от 21.11.2026")
        assert is_edition_of(replace(before, title=title), before, matching=matching) is is_edition


def row(phrase: str, title: str = TITLE, *, number: str = "1", decision: RowDecision = RowDecision.TAKE) -> DraftRow:
    return DraftRow(
        id=RowId(100), document_id=DocumentId(2), position=1, number=number, title=title, responsible="Школы",
        result="Отчёт", phrase=phrase, term=read_term(phrase, reference_date=date(2026, 9, 1)) if phrase else None,
        links=(), problems=(), typed_phrase=None, decision=decision, audience=None, activity_id=None,
    )  # fmt: skip


def planned(phrase: str, title: str = TITLE, *, opened: datetime = MONDAY, number: str = "1") -> PlannedRow:
    """A row with the dates that planning opened at ``opened``."""
    own = row(phrase, title, number=number)
    assert own.term is not None
    dates = [due for part in split_dates(own.term, zone=ZONE, now=opened, calendar=WorkCalendar()) for due in part]
    activity = Activity(
        id=ActivityId(7), kind=ActivityKind.TASK, document_id=DocumentId(1), unit_id=UnitId(1), title=title,
        responsible="Школы", result="Отчёт", phrase=phrase, term=own.term.to_json(),
        audience=Audience((UnitId(1),), AnsweredBy.SCHOOL), timezone=ZONE.key, link=None, state=ActivityState.ACTIVE,
        created_by=PersonId(1), created_at=MONDAY,
    )  # fmt: skip
    return PlannedRow(own, activity, tuple(_opened(place, due) for place, due in enumerate(dates, start=1)))


def _settled(term: Term, event: date) -> Term:
    settled = with_event(term, event)
    assert settled is not None
    return settled.term


def _opened(place: int, due: PlannedDate) -> Occurrence:
    return Occurrence(
        OccurrenceId(place), ActivityId(7), 1, due.due_at, due.due_on, due.has_time, due.timezone, OccurrenceState.OPEN
    )


def against(
    old: tuple[PlannedRow, ...], *new: DraftRow, now: datetime = MONDAY, dropped: bool = False, recheck: bool = False
) -> Comparison:
    return compare(
        old,
        new,
        dropped=[ActivityId(7)] if dropped else [],
        zone=ZONE,
        now=now,
        calendar=WorkCalendar(),
        is_recheck=recheck,
    )


def said(change: RowChange) -> str:
    """«term 15.10>20.11 +01.12 -01.10 (title)»"""
    parts = [change.kind.value, *(["?"] if change.is_unclear else [])]
    parts += [f"{moved.occurrence.due_on:%d.%m}>{moved.to.due_on:%d.%m}" for moved in change.moved]
    parts += [f"+{due.due_on:%d.%m}" for due in change.added]
    parts += [f"-{found.due_on:%d.%m}" for found in change.called_off]
    parts += [f"({text.value})" for text in change.reworded if text is not RowText.PHRASE]
    return " ".join(parts)


class TestTermsLeftOpen:
    @pytest.mark.parametrize(
        ("phrase", "named"),
        [
            pytest.param(
                "в течение 3 рабочих дней со дня получения",
                lambda term: _settled(term, date(2026, 10, 5)),
                id="the event has come",
            ),
            pytest.param(
                "по отдельному графику",
                lambda term: with_dates(term, [read_term(OCTOBER), read_term(NOVEMBER)]),
                id="the schedule was typed",
            ),
            pytest.param(
                "постоянно", lambda term: with_pace(term, Pace.MONTHLY, MONDAY.date()), id="it is reminded of monthly"
            ),
        ],
    )
    @pytest.mark.parametrize("recheck", [False, True])
    def test_dates_that_a_coordinator_has_named_stand(
        self, phrase: str, named: Callable[[Term], Term], recheck: bool
    ) -> None:
        old = planned(phrase)
        assert old.activity is not None
        term = named(read_term(phrase))
        ahead, _ = split_dates(term, zone=ZONE, now=MONDAY, calendar=WorkCalendar())
        dates = tuple(_opened(place, due) for place, due in enumerate(ahead, start=1))
        activity = replace(old.activity, term=term.to_json(), phrase=f"{phrase}: даты")
        old = replace(old, activity=activity, dates=dates)

        assert dates, "the plan has dates to lose"
        assert against((old,), row(phrase), recheck=recheck).changes == ()


class TestComparing:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            pytest.param(OCTOBER, row(OCTOBER), [], id="nothing changed"),
            pytest.param(OCTOBER, row(OCTOBER, number="5"), [], id="another number is no change"),
            pytest.param(OCTOBER, row(NOVEMBER), ["term 15.10>20.11"], id="a later day"),
            pytest.param(
                OCTOBER, row("до 15 октября и до 20 ноября 2026 года"), ["term +20.11"], id="a second day besides"
            ),
            pytest.param(
                "до 15 октября и до 20 ноября 2026 года", row(NOVEMBER), ["term -15.10"], id="one of two is gone"
            ),
            pytest.param(OCTOBER, row("15.10.2026"), ["words"], id="the same day in other words"),
            pytest.param(
                OCTOBER, row(OCTOBER, f"{TITLE} школ"), ["words (title)"], id="a title in other words"
            ),
            pytest.param(
                OCTOBER, row(NOVEMBER, f"{TITLE} школ"), ["term 15.10>20.11 (title)"], id="the day and the title"
            ),
            pytest.param(OCTOBER, row("по мере необходимости"), ["term -15.10"], id="no date any more"),
            pytest.param(OCTOBER, row("в установленные сроки, но не позже"), ["term ?"], id="not understood"),
            pytest.param(OCTOBER, row("до 1 июня 2026 года"), ["term ?"], id="now in the past: somebody must say"),
            pytest.param(
                OCTOBER, row("до 1 июня 2026 года", decision=RowDecision.DONE), ["term -15.10"], id="past and done"
            ),
            pytest.param(
                "до 1 сентября 2026 года", row(OCTOBER), ["term 01.09>15.10"], id="what is overdue is put off"
            ),
            pytest.param("до 1 июня 2026 года", row("до 1 июля 2026 года"), ["words"], id="what is over is let be"),
            pytest.param(OCTOBER, row(NOVEMBER, "Собрать заявки"), ["new +20.11", "gone -15.10"], id="another matter"),
        ],
    )  # fmt: skip
    def test_one_row_of_a_plan(self, old: str, new: DraftRow, expected: list[str]) -> None:
        found = against((planned(old, opened=datetime(2026, 5, 1, tzinfo=UTC)),), new)
        assert [said(change) for change in found.changes] == expected

    def test_a_rule_that_becomes_closer_adds_the_dates_between(self) -> None:
        [change] = against((planned(QUARTERLY),), row(MONTHLY)).changes
        assert not change.moved
        assert not change.called_off
        assert [due.due_on for due in change.added][:3] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)]

    def test_what_is_gone_stays_unless_it_is_dropped_on_purpose(self) -> None:
        [kept] = against((planned(OCTOBER),)).changes
        [dropped] = against((planned(OCTOBER),), dropped=True).changes
        assert (kept.kind, kept.is_accepted, dropped.is_accepted) == (ChangeKind.GONE, False, True)

    def test_a_change_is_made_unless_its_row_is_skipped(self) -> None:
        [taken] = against((planned(OCTOBER),), row(NOVEMBER)).changes
        [skipped] = against((planned(OCTOBER),), row(NOVEMBER, decision=RowDecision.SKIP)).changes
        assert (taken.is_accepted, skipped.is_accepted) == (True, False)
        assert skipped.moved == taken.moved, "it is shown all the same"

    def test_what_is_not_understood_and_not_wanted_asks_nothing(self) -> None:
        dark = row("в установленные сроки, но не позже", decision=RowDecision.SKIP)
        assert against((planned(OCTOBER),), dark).unclear == ()

    def test_what_was_left_out_of_the_plan_is_offered_only_with_another_term(self) -> None:
        left = PlannedRow(row("в срок"))
        assert against((left,), row("в срок")).changes == ()
        assert [said(change) for change in against((left,), row(OCTOBER)).changes] == ["new +15.10"]

    def test_a_date_moved_by_hand_stands_while_the_document_says_the_same(self) -> None:
        old = planned(OCTOBER)
        by_hand = replace(
            old.dates[0], due_on=date(2026, 10, 22), due_at=datetime(2026, 10, 22, 20, 59, 59, tzinfo=UTC)
        )
        moved = (replace(old, dates=(by_hand,)),)
        assert against(moved, row(OCTOBER)).changes == ()
        assert [said(change) for change in against(moved, row(OCTOBER), recheck=True).changes] == ["term 22.10>15.10"]

    def test_dates_entered_by_hand_stay_with_a_term_that_names_none(self) -> None:
        old = planned("по мере необходимости")
        by_hand = planned(OCTOBER).dates
        found = against((replace(old, dates=by_hand),), row("по необходимости, но не реже раза в год"))
        assert all(not change.called_off for change in found.changes)

    @pytest.mark.parametrize("recheck", [False, True])
    def test_a_pace_that_the_coordinator_chose_stands_while_the_document_says_the_same(self, recheck: bool) -> None:
        always, monthly = planned("постоянно"), planned(MONTHLY)
        assert always.activity is not None
        assert monthly.activity is not None
        paced = replace(always, activity=replace(always.activity, term=monthly.activity.term), dates=monthly.dates)
        assert against((paced,), row("постоянно"), recheck=recheck).changes == ()

    def test_what_was_called_off_before_is_new_again(self) -> None:
        old = planned(OCTOBER)
        assert old.activity is not None
        off = replace(old, activity=replace(old.activity, state=ActivityState.CANCELLED))
        assert [said(change) for change in against((off,), row(OCTOBER)).changes] == ["new +15.10"]
