"""The look a notice gets when it is claimed, and what each answer of the messenger makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import (
    ONLY_WORD,
    PASSES_QUIET,
    Circumstances,
    Notice,
    NoticeKind,
    NoticeState,
    Outcome,
    Unneeded,
    after_request,
    judge,
    pause_after,
)
from bot.domain.ids import AssignmentId, NoticeId, OccurrenceId, PersonId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import Reach
from bot.domain.quiet import Reader
from bot.domain.rhythm import Often, Rhythm
from tests.calendar_days import MONDAY

DAYS = WorkCalendar()
REMINDER = Notice(
    id=NoticeId(1),
    key="a1:v1:p1:reminder3",
    person_id=PersonId(1),
    kind=NoticeKind.REMINDER,
    state=NoticeState.PLANNED,
    due_at=MONDAY,
    expires_at=MONDAY + timedelta(days=3),
    occurrence_id=OccurrenceId(1),
    occurrence_version=1,
    assignment_id=AssignmentId(1),
)
OPEN = Circumstances(
    Reader(ZoneInfo("Europe/Moscow")),
    Reach.REACHABLE,
    has_account=True,
    occurrence_version=1,
    occurrence_state=OccurrenceState.OPEN,
)
NIGHT = MONDAY + timedelta(hours=12)
KIND = NoticeKind
ANSWERED = Unneeded.ANSWERED


@pytest.mark.parametrize(
    ("kind", "facts", "now", "expected", "reason"),
    [
        (KIND.REMINDER, {}, MONDAY, NoticeState.SENDING, "nothing has changed"),
        (KIND.REMINDER, {"answer": Answer.DONE}, MONDAY, ANSWERED, "who has answered is not reminded"),
        (KIND.ANNOUNCEMENT, {"answer": Answer.NOTHING_TO_REPORT}, MONDAY, ANSWERED, "answered from /my meanwhile"),
        (KIND.NUDGE, {"answer": Answer.DONE}, MONDAY, ANSWERED, "answered a second before the nudge"),
        (KIND.REMINDER, {"answer": Answer.IN_PROGRESS}, MONDAY, NoticeState.SENDING, "«В работе» leaves it owed"),
        (KIND.TODAY, {"answer": Answer.PROBLEM}, MONDAY, NoticeState.SENDING, "«Есть проблема» leaves it owed"),
        (KIND.REMINDER, {"answer": Answer.COMING}, MONDAY, NoticeState.SENDING, "who comes is reminded of the day"),
        (KIND.TODAY, {"answer": Answer.COMING}, MONDAY, NoticeState.SENDING, "and in the morning"),
        (KIND.NUDGE, {"answer": Answer.COMING}, MONDAY, ANSWERED, "who comes needs no reminder to answer"),
        (KIND.REMINDER, {"answer": Answer.NOT_COMING}, MONDAY, ANSWERED, "nothing after «Не смогу»"),
        (KIND.TODAY, {"answer": Answer.NOT_COMING}, MONDAY, ANSWERED, "nothing after «Не смогу»"),
        (KIND.REMINDER, {"answer": Answer.MAYBE}, MONDAY, NoticeState.SENDING, "«Под вопросом» is asked again"),
        (KIND.STARTS_SOON, {"answer": Answer.MAYBE}, MONDAY, ANSWERED, "the last word is for those who come"),
        (KIND.REMINDER, {"answer": Answer.COMING, "waits_for_seat": True}, MONDAY, Unneeded.NO_SEAT, "in the reserve"),
        (KIND.STARTS_SOON, {"answer": Answer.COMING, "waits_for_seat": True}, MONDAY, Unneeded.NO_SEAT, "no link"),
        (KIND.REFRESH, {"answer": Answer.NOT_COMING}, NIGHT, NoticeState.SENDING, "an edit is silent, at night too"),
        (KIND.REFRESH, {"occurrence_state": OccurrenceState.CANCELLED}, NIGHT, NoticeState.SENDING, "says that it is"),
        (KIND.REFRESH, {"occurrence_version": 2}, MONDAY, Unneeded.MOVED_ON, "a later one brings it up to date"),
        (KIND.REFRESH, {"is_worked_in": True}, MONDAY, NoticeState.PLANNED, "its message asks him something just now"),
        (KIND.REFRESH, {"is_worked_in": True}, MONDAY + timedelta(days=3), NoticeState.EXPIRED, "and never ceased to"),
        (KIND.STARTS_SOON, {"answer": Answer.COMING}, MONDAY, NoticeState.SENDING, "who comes needs the link"),
        (KIND.STARTS_SOON, {"answer": Answer.NOT_COMING}, MONDAY, ANSWERED, "who does not come needs no link"),
        (KIND.STARTS_SOON, {}, MONDAY, ANSWERED, "the silent were asked and have the link already"),
        (KIND.MOVED, {"answer": Answer.COMING}, MONDAY, NoticeState.SENDING, "the answer was to the old date"),
        (KIND.REMINDER, {"occurrence_version": 2}, MONDAY, Unneeded.MOVED_ON, "planned for a date that has moved"),
        (KIND.REMINDER, {"occurrence_state": OccurrenceState.CANCELLED}, MONDAY, Unneeded.CALLED_OFF, "cancelled"),
        (KIND.CALLED_OFF, {"occurrence_state": OccurrenceState.CANCELLED}, MONDAY, NoticeState.SENDING, "its news"),
        (KIND.CALLED_OFF, {"occurrence_version": 2}, MONDAY, Unneeded.MOVED_ON, "called off, then opened anew"),
        (KIND.REMINDER, {"is_withdrawn": True}, MONDAY, Unneeded.WITHDRAWN, "owed no more"),
        (KIND.REMINDER, {"is_still_concerned": False}, MONDAY, Unneeded.LEFT, "coordinates that school no more"),
        (KIND.REMINDER, {"reach": Reach.BLOCKED}, MONDAY, Unneeded.UNREACHABLE, "blocked the bot"),
        (KIND.STARTS_SOON, {"has_account": False}, MONDAY, Unneeded.UNREACHABLE, "erased his data"),
        (KIND.REMINDER, {}, MONDAY + timedelta(days=3), NoticeState.EXPIRED, "an outage until it expired"),
        (KIND.REMINDER, {}, MONDAY + timedelta(days=2, hours=23), NoticeState.SENDING, "late, but it still helps"),
        (KIND.REMINDER, {}, NIGHT, NoticeState.PLANNED, "the outage ended at night: it waits for the morning"),
        (KIND.NUDGE, {}, NIGHT, NoticeState.PLANNED, "a nudge wakes nobody either"),
        (KIND.STARTS_SOON, {"answer": Answer.COMING}, NIGHT, NoticeState.SENDING, "the link passes quiet hours"),
        (KIND.STARTS_SOON, {"answer": Answer.NOT_COMING}, NIGHT, ANSWERED, "but not to who is not coming"),
    ],
)  # fmt: skip
def test_a_notice_is_judged_by_what_is_true_when_it_is_sent(
    kind: NoticeKind, facts: dict[str, Any], now: datetime, expected: NoticeState | Unneeded, reason: str
) -> None:
    verdict = judge(REMINDER._replace(kind=kind), replace(OPEN, **facts), now=now, days=DAYS)
    if isinstance(expected, Unneeded):
        assert (verdict.state, verdict.reason) == (NoticeState.CANCELLED, expected), reason
    else:
        assert (verdict.state, verdict.reason) == (expected, None), reason


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(None, NoticeState.SENDING, id="could not be asked before"),
        pytest.param(Answer.COMING, NoticeState.SENDING, id="answered from /my"),
        pytest.param(Answer.NOT_COMING, NoticeState.CANCELLED, id="does not come"),
        pytest.param(Answer.MAYBE, NoticeState.CANCELLED, id="has heard of it and is not sure"),
    ],
)
def test_the_only_word_about_an_event_goes_to_the_silent_too(answer: Answer | None, expected: NoticeState) -> None:
    only_word = REMINDER._replace(kind=KIND.STARTS_SOON, detail={ONLY_WORD: True})
    assert judge(only_word, replace(OPEN, answer=answer), now=NIGHT, days=DAYS).state is expected


def test_news_that_would_come_too_late_pass_the_quiet() -> None:
    urgent = REMINDER._replace(kind=KIND.MOVED, detail={PASSES_QUIET: True})
    assert judge(urgent, OPEN, now=NIGHT, days=DAYS).state is NoticeState.SENDING


def test_what_waits_for_the_morning_knows_until_when() -> None:
    assert judge(REMINDER, OPEN, now=NIGHT, days=DAYS).held_until == MONDAY + timedelta(hours=20)


def test_what_would_expire_before_the_morning_is_expired_at_once() -> None:
    short = REMINDER._replace(expires_at=NIGHT + timedelta(hours=2))
    assert judge(short, OPEN, now=NIGHT, days=DAYS).state is NoticeState.EXPIRED


@pytest.mark.parametrize(
    ("outcome", "before", "state", "attempts", "waits", "doubted", "reason"),
    [
        (Outcome.DELIVERED, {}, NoticeState.SENT, 1, False, False, "it arrived"),
        (Outcome.BLOCKED, {}, NoticeState.FAILED, 1, False, False, "no use in trying again"),
        (Outcome.GONE, {}, NoticeState.FAILED, 1, False, False, "the account is gone"),
        (Outcome.PERMANENT, {}, NoticeState.FAILED, 1, False, False, "this message will never pass"),
        (Outcome.FLOOD, {}, NoticeState.PLANNED, 0, False, False, "everyone waits; it is not this notice's fault"),
        (Outcome.TEMPORARY, {}, NoticeState.PLANNED, 1, True, False, "again later"),
        (Outcome.TEMPORARY, {"was_in_doubt": True}, NoticeState.IN_DOUBT, 1, True, True, "the doubt stays"),
        (Outcome.UNKNOWN, {}, NoticeState.IN_DOUBT, 1, True, True, "it may have arrived: twice is better than never"),
        (Outcome.UNKNOWN, {"attempts": 5}, NoticeState.FAILED, 6, False, False, "five times unsure is enough"),
        (Outcome.TEMPORARY, {"attempts": 50}, NoticeState.PLANNED, 51, True, False, "an outage ends it only by time"),
    ],
)  # fmt: skip
def test_each_answer_of_the_messenger_asks_for_something_else(
    outcome: Outcome, before: dict[str, Any], state: NoticeState, attempts: int, waits: bool, doubted: bool, reason: str
) -> None:
    after = after_request(REMINDER._replace(**before), outcome, now=MONDAY)
    assert (after.state, after.attempts, after.was_in_doubt) == (state, attempts, doubted), reason
    assert (after.due_at > MONDAY) == waits, reason


def test_what_fails_because_nothing_passes_at_present_counts_against_no_notice() -> None:
    tried = REMINDER._replace(attempts=3)
    after = after_request(tried, Outcome.TEMPORARY, now=MONDAY, is_line_down=True)
    assert (after.state, after.attempts) == (NoticeState.PLANNED, 3)
    assert after.due_at == MONDAY + pause_after(1), "behind the others, and soon again"
    unsure = after_request(tried, Outcome.UNKNOWN, now=MONDAY, is_line_down=True)
    assert (unsure.state, unsure.attempts) == (NoticeState.IN_DOUBT, 4), "it may have arrived all the same"


def test_pauses_grow_and_end_at_the_moment_when_the_notice_expires() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 9)]
    assert pauses == sorted(pauses)
    nearly_over = REMINDER._replace(expires_at=MONDAY + timedelta(seconds=2))
    assert after_request(nearly_over, Outcome.TEMPORARY, now=MONDAY).due_at == nearly_over.expires_at


def of_a_term(at: datetime, **fields: Any) -> Circumstances:
    return replace(OPEN, term_at=at, term_on=at.astimezone(OPEN.reader.zone).date(), **fields)


@pytest.mark.parametrize(
    ("ends", "term", "expected", "reason"),
    [
        (3, 20, Unneeded.LEFT_TO_THE_NEXT, "the step after it comes to him on the same Wednesday"),
        (20, 20, NoticeState.PLANNED, "nothing comes after it: held until his day"),
        (3, 8, NoticeState.SENDING, "the term is before his next day"),
        (3, 9, NoticeState.SENDING, "the term is on his next day: he hears ahead of it, as he was told"),
    ],
)
def test_once_a_week_is_not_every_step(ends: int, term: int, expected: NoticeState | Unneeded, reason: str) -> None:
    """Due on a Thursday, for one whose day is Wednesday; ``ends``: days from it, ``term``: from the Monday before."""
    wednesdays = Rhythm(Often.WEEKLY, weekday=2)
    due = MONDAY + timedelta(days=3)  # a Thursday: his Wednesday is six days later
    reminder = REMINDER._replace(due_at=due, expires_at=due + timedelta(days=ends))
    facts = of_a_term(MONDAY + timedelta(days=term), rhythm=wednesdays)
    verdict = judge(reminder, facts, now=due, days=DAYS)
    assert expected in (verdict.state, verdict.reason), reason


@pytest.mark.parametrize("rhythm", [Rhythm(Often.WEEKLY, weekday=0), Rhythm(Often.DAILY)])
@pytest.mark.parametrize("outcome", [Outcome.TEMPORARY, Outcome.UNKNOWN, Outcome.FLOOD])
@pytest.mark.parametrize("is_line_down", [False, True])
def test_what_did_not_get_through_at_his_moment_is_tried_again_and_not_left_to_the_next(
    rhythm: Rhythm, outcome: Outcome, is_line_down: bool
) -> None:
    his_moment = MONDAY.astimezone(OPEN.reader.zone).replace(hour=9, minute=0).astimezone(UTC)
    reminder = REMINDER._replace(due_at=his_moment, expires_at=his_moment + timedelta(days=3))
    facts = of_a_term(MONDAY + timedelta(days=20), rhythm=rhythm)
    assert judge(reminder, facts, now=his_moment, days=DAYS).state is NoticeState.SENDING
    after = after_request(reminder, outcome, now=his_moment + timedelta(seconds=1), is_line_down=is_line_down)
    again = reminder._replace(state=after.state, due_at=after.due_at, attempts=after.attempts, claimed_at=his_moment)

    verdict = judge(again, facts, now=max(after.due_at, his_moment), days=DAYS)

    assert verdict.state is NoticeState.SENDING, verdict


def test_as_they_come_no_step_is_left_to_the_next() -> None:
    facts = of_a_term(MONDAY + timedelta(days=20))
    assert judge(REMINDER, facts, now=MONDAY, days=DAYS).state is NoticeState.SENDING
