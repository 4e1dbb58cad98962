"""The ladder of reminders for one reader: what is sent when, and what is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.ladder import DueMoment, PlannedStep, first_notice_at, news_step, plan_steps
from bot.domain.matters import ActivityKind, LadderName
from bot.domain.network import QuietHours
from bot.domain.quiet import Reader, is_allowed
from bot.domain.steps import ladder_of

RUSSIA = WorkCalendar()
MSK, YAK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yakutsk")
TASK, WEBINAR = ladder_of(ActivityKind.TASK), ladder_of(ActivityKind.WEBINAR)


def moscow(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MSK).astimezone(UTC)  # type: ignore[arg-type, misc] # parts are ints


def whole_day(year: int, month: int, day: int, zone: ZoneInfo = MSK) -> DueMoment:
    end = datetime(year, month, day, 23, 59, 59, tzinfo=zone).astimezone(UTC)
    return DueMoment(end, date(year, month, day), has_time=False)


def hour(*parts: int) -> DueMoment:
    at = moscow(*parts)
    return DueMoment(at, at.astimezone(MSK).date(), has_time=True)


def told(steps: list[PlannedStep], zone: ZoneInfo = MSK) -> list[str]:
    return [f"{step.at.astimezone(zone):%d.%m %H:%M} {step.kind.value}{_days(step)}" for step in steps]


def _days(step: PlannedStep) -> str:
    return "" if step.days_before is None else str(-step.days_before)


@pytest.mark.parametrize(
    ("due", "now", "expected", "reason"),
    [
        (
            whole_day(2026, 10, 1), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "17.09 09:00 reminder-14", "24.09 09:00 reminder-7", "28.09 09:00 reminder-3",
             "30.09 09:00 reminder-1", "01.10 09:00 today0"],
            "far enough for the whole ladder",
        ),
        (
            whole_day(2026, 9, 11), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "08.09 09:00 reminder-3", "10.09 09:00 reminder-1", "11.09 09:00 today0"],
            "four days away: 14 and 7 days are past and not made up for",
        ),
        (
            whole_day(2026, 9, 9), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "08.09 09:00 reminder-1", "09.09 09:00 today0"],
            "two days away: one message now instead of the three steps already past",
        ),
        (
            whole_day(2026, 9, 7), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement"],
            "due today: the morning is past, the announcement is all",
        ),
        (
            whole_day(2026, 9, 10), moscow(2026, 9, 7, 8, 30),
            ["07.09 08:30 announcement", "09.09 09:00 reminder-1", "10.09 09:00 today0"],
            "no second message half an hour after the announcement",
        ),
        (
            whole_day(2026, 9, 10), moscow(2026, 9, 7, 2),
            ["07.09 08:00 announcement", "09.09 09:00 reminder-1", "10.09 09:00 today0"],
            "planned at night: announced in the morning, and the step of that morning is not needed",
        ),
        (
            whole_day(2026, 9, 21), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "14.09 09:00 reminder-7", "18.09 09:00 reminder-3", "21.09 09:00 today0"],
            "one day before is a Sunday, waits for Monday and meets the morning of the day: one message",
        ),
        (
            whole_day(2026, 9, 20), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "14.09 08:00 reminder-7", "17.09 09:00 reminder-3", "18.09 09:00 today0"],
            "due on a Sunday: 7 days before is held to Monday; the last two steps come on Friday as one",
        ),
        (
            whole_day(2027, 1, 9), moscow(2026, 12, 28, 12),
            ["28.12 12:00 announcement", "30.12 09:00 today0"],
            "due in the holidays: all that is left comes on the last working morning",
        ),
        (
            hour(2026, 9, 14, 8, 30), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "11.09 09:00 reminder-3", "14.09 08:00 today0"],
            "due at 08:30: nine o'clock would be too late, so the day begins with it",
        ),
        (
            hour(2026, 9, 15, 8, 0), moscow(2026, 9, 8, 12),
            ["08.09 12:00 announcement", "14.09 09:00 today0"],
            "due at 08:00 sharp: the morning of the day comes on the day before; three days before was a Saturday",
        ),
        (
            whole_day(2026, 9, 6), moscow(2026, 9, 5, 12), [],
            "made on a Saturday for Sunday: no allowed moment is left, and nobody is disturbed",
        ),
        (whole_day(2026, 9, 4), moscow(2026, 9, 7, 12), [], "a date that is past announces nothing"),
    ],
)  # fmt: skip
def test_the_ladder_of_a_task(due: DueMoment, now: datetime, expected: list[str], reason: str) -> None:
    assert told(plan_steps(TASK, due, Reader(MSK), now=now, days=RUSSIA)) == expected, reason


@pytest.mark.parametrize(
    ("due", "now", "expected", "reason"),
    [
        (
            hour(2026, 9, 16, 15), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "15.09 09:00 reminder-1", "16.09 09:00 today0", "16.09 14:45 starts_soon"],
            "announcement, the day before, the morning of the day, and the link",
        ),
        (
            hour(2026, 9, 14, 15), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "14.09 09:00 today0", "14.09 14:45 starts_soon"],
            "the day before is a Sunday: it waits and meets the morning of the day, and the link comes all the same",
        ),
        (
            hour(2026, 9, 7, 15), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "07.09 14:45 starts_soon"],
            "today: the announcement and the link",
        ),
        (
            hour(2026, 9, 8, 9, 20), moscow(2026, 9, 7, 12),
            ["07.09 12:00 announcement", "08.09 09:00 today0", "08.09 09:05 starts_soon"],
            "tomorrow: the announcement stands for the day before",
        ),
        (
            hour(2026, 9, 8, 9, 10), moscow(2026, 9, 1, 12),
            ["01.09 12:00 announcement", "07.09 09:00 reminder-1", "08.09 08:00 today0", "08.09 08:55 starts_soon"],
            "at nine the link would have come already: the morning's message comes as soon as the night is over",
        ),
        (hour(2026, 9, 7, 12, 10), moscow(2026, 9, 7, 12), ["07.09 12:00 announcement"],
         "in ten minutes: the announcement has the link"),
        (hour(2026, 9, 5, 15), moscow(2026, 9, 5, 12), ["05.09 14:45 starts_soon"],
         "made on a Saturday for the same day: only the step with the link may pass"),
        (hour(2026, 9, 5, 12, 10), moscow(2026, 9, 5, 12), ["05.09 12:00 starts_soon"],
         "the same, ten minutes before: at once"),
        (hour(2026, 9, 8, 7), moscow(2026, 9, 7, 12), ["07.09 12:00 announcement", "08.09 06:45 starts_soon"],
         "the link passes quiet hours"),
        (hour(2026, 9, 8, 8, 10), moscow(2026, 9, 7, 23), ["08.09 07:55 starts_soon"],
         "made at night for the early morning: no announcement at eight, after the link"),
    ],
)  # fmt: skip
def test_the_ladder_of_a_webinar(due: DueMoment, now: datetime, expected: list[str], reason: str) -> None:
    assert told(plan_steps(WEBINAR, due, Reader(MSK), now=now, days=RUSSIA)) == expected, reason


def test_a_reminder_that_would_come_after_the_link_comes_on_the_last_working_day_before() -> None:
    """At 08:10 on a Monday: held over the night and the days off, it would meet the link of 07:55 and help nobody."""
    steps = plan_steps(WEBINAR, hour(2026, 11, 16, 8, 10), Reader(MSK), now=moscow(2026, 11, 12, 10), days=RUSSIA)
    assert told(steps) == ["12.11 10:00 announcement", "13.11 09:00 today0", "16.11 07:55 starts_soon"]
    assert all(step.at < step.expires_at for step in steps), "else the board would count it as not sent in time"


@pytest.mark.parametrize(
    ("now", "is_only_word"),
    [
        pytest.param(
            moscow(2026, 9, 5, 12), True, id="a Saturday, for the same day: nothing else is allowed before it"
        ),
        pytest.param(moscow(2026, 9, 4, 12), False, id="announced the day before: everybody was asked"),
    ],
)
def test_the_link_is_for_the_silent_only_where_nobody_could_be_asked(now: datetime, is_only_word: bool) -> None:
    steps = plan_steps(WEBINAR, hour(2026, 9, 5, 15), Reader(MSK), now=now, days=RUSSIA)
    assert [step.is_only_word for step in steps if step.kind is NoticeKind.STARTS_SOON] == [is_only_word]


def test_every_reader_is_told_at_nine_on_his_own_clock() -> None:
    steps = plan_steps(TASK, whole_day(2026, 9, 17), Reader(YAK), now=moscow(2026, 9, 7, 12), days=RUSSIA)
    assert told(steps, YAK) == ["07.09 18:00 announcement", "10.09 09:00 reminder-7", "14.09 09:00 reminder-3",
                                "16.09 09:00 reminder-1", "17.09 09:00 today0"]  # fmt: skip


def test_a_day_named_without_an_hour_is_that_day_for_every_reader() -> None:
    """The 17th of a document in Moscow ends on the 18th in Yakutsk, but nobody there is told that it is the 18th."""
    assert whole_day(2026, 9, 17).day_for(YAK) == date(2026, 9, 17)
    assert hour(2026, 9, 17, 20).day_for(YAK) == date(2026, 9, 18)


def test_a_reminder_helps_until_the_next_one_and_the_last_until_the_date() -> None:
    due = whole_day(2026, 9, 11)
    announcement, *reminders = plan_steps(TASK, due, Reader(MSK), now=moscow(2026, 9, 7, 12), days=RUSSIA)
    assert announcement.expires_at == due.at
    assert [s.expires_at for s in reminders] == [reminders[1].at, reminders[2].at, due.at]


def test_the_link_still_helps_those_who_are_late() -> None:
    steps = plan_steps(WEBINAR, hour(2026, 9, 16, 15), Reader(MSK), now=moscow(2026, 9, 7), days=RUSSIA)
    assert steps[-1].expires_at == moscow(2026, 9, 16, 15, 15)


def test_a_matter_created_overdue_on_purpose_is_announced_once() -> None:
    now = moscow(2026, 9, 7, 22)
    steps = plan_steps(TASK, whole_day(2026, 9, 1), Reader(MSK), now=now, days=RUSSIA, opened_overdue=True)
    assert told(steps) == ["08.09 08:00 announcement"]


@pytest.mark.parametrize(
    ("expected_at", "now", "comes_at", "passes_quiet", "reason"),
    [
        (moscow(2026, 9, 10, 15), moscow(2026, 9, 7, 12), moscow(2026, 9, 7, 12), False, "by day: at once"),
        (moscow(2026, 9, 10, 15), moscow(2026, 9, 7, 22), moscow(2026, 9, 8, 8), False, "at night: in the morning"),
        (moscow(2026, 9, 5, 15), moscow(2026, 9, 5, 10), moscow(2026, 9, 5, 14, 45), True,
         "on a Saturday, for that afternoon: Monday would be too late, so it comes when the link would have"),
        (moscow(2026, 9, 5, 15), moscow(2026, 9, 5, 14, 50), moscow(2026, 9, 5, 14, 50), True, "ten minutes before"),
        (moscow(2026, 9, 5, 15), moscow(2026, 9, 5, 16), moscow(2026, 9, 7, 8), False, "too late anyway: wakes nobody"),
    ],
)  # fmt: skip
def test_news_of_an_event_come_before_anybody_goes_to_it_in_vain(
    expected_at: datetime, now: datetime, comes_at: datetime, passes_quiet: bool, reason: str
) -> None:
    expires_at = expected_at + timedelta(days=9)
    step = news_step(NoticeKind.MOVED, WEBINAR, expected_at, Reader(MSK), expires_at=expires_at, now=now, days=RUSSIA)
    assert (step.at, step.passes_quiet) == (comes_at, passes_quiet), reason


def test_news_of_a_task_never_pass_the_quiet() -> None:
    saturday = moscow(2026, 9, 5, 10)
    step = news_step(
        NoticeKind.CALLED_OFF, TASK, moscow(2026, 9, 5, 23), Reader(MSK),
        expires_at=moscow(2026, 9, 9, 12), now=saturday, days=RUSSIA,
    )  # fmt: skip
    assert (step.at, step.passes_quiet) == (moscow(2026, 9, 7, 8), False)


def test_the_preview_names_the_first_message() -> None:
    night = moscow(2026, 9, 7, 22)
    assert first_notice_at(TASK, whole_day(2026, 9, 30), Reader(MSK), now=night, days=RUSSIA) == moscow(2026, 9, 8, 8)
    assert first_notice_at(TASK, whole_day(2026, 9, 6), Reader(MSK), now=moscow(2026, 9, 5, 12), days=RUSSIA) is None


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    ahead=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    zone=st.sampled_from(["Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/Havana"]),
    quiet=st.tuples(st.times(), st.times()),
    kind=st.sampled_from(list(ActivityKind)),
    has_time=st.booleans(),
)
@settings(deadline=None)  # how long the machine takes is not what is asked
def test_no_ladder_disturbs_repeats_itself_or_comes_too_late(
    now: datetime, ahead: timedelta, zone: str, quiet: tuple[time, time], kind: ActivityKind, has_time: bool
) -> None:
    reader = Reader(ZoneInfo(zone), QuietHours(*quiet))
    due = DueMoment(now + ahead, (now + ahead).astimezone(MSK).date(), has_time)
    steps = plan_steps(ladder_of(kind), due, reader, now=now, days=RUSSIA)
    ordinary = [s for s in steps if s.kind is not NoticeKind.STARTS_SOON]
    assert all(now <= s.at < s.expires_at for s in steps)
    assert all(s.at < due.at and is_allowed(s.at, reader, RUSSIA) for s in ordinary)
    local_days = [s.at.astimezone(reader.zone).date() for s in ordinary]
    assert len(set(local_days)) == len(local_days)
    assert [s.at for s in steps] == sorted(s.at for s in steps)


class TestNamedLadders:
    @pytest.mark.parametrize(
        ("name", "days_before"),
        [
            pytest.param(LadderName.CALM, [None, 7, 1, 0], id="calm"),
            pytest.param(LadderName.USUAL, [None, 14, 7, 3, 1, 0], id="usual"),
            pytest.param(LadderName.STRICT, [None, 21, 14, 7, 5, 3, 2, 1, 0], id="strict"),
            pytest.param(LadderName.URGENT, [None, 3, 2, 1, 0], id="urgent"),
        ],
    )
    def test_the_steps_of_a_far_date(self, name: LadderName, days_before: list[int | None]) -> None:
        """Every day of it is a working one here, so that each step keeps its day."""
        due = DueMoment(datetime(2026, 10, 15, 20, 59, 59, tzinfo=UTC), date(2026, 10, 15), has_time=False)
        reader = Reader(ZoneInfo("Europe/Moscow"))
        now = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

        steps = plan_steps(ladder_of(ActivityKind.TASK, name), due, reader, now=now, days=EveryDay())

        assert [step.days_before for step in steps] == days_before

    def test_a_webinar_keeps_its_own_whatever_the_name(self) -> None:
        assert ladder_of(ActivityKind.WEBINAR, LadderName.STRICT) == ladder_of(ActivityKind.WEBINAR)


class EveryDay:
    """Implements ``bot.domain.quiet.WorkingDays``: nobody ever rests."""

    def is_working_day(self, day: date) -> bool:
        return True
