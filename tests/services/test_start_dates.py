"""A planned activity gets the dates that its document left open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.ids import ActivityId
from bot.domain.matters import OccurrenceState
from bot.ports.matters import OpenedActivity
from bot.services.move_occurrence import PastDateError
from bot.services.plan_document import plan_document
from bot.services.show_plan import NotOneDateError, show_activity, show_plan, version_of
from bot.services.start_dates import (
    ActivityChangedError,
    NothingNewError,
    Started,
    correct_event,
    preview_correction,
    preview_start,
    start_dates,
)
from storage.database import Database
from storage.program_tables import audit
from storage.tables import assignments, notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, UNDATED, accepted, count
from tests.factories import SmallNetwork
from tests.planning import plan_notices

RELATIVE = "в течение 3 рабочих дней со дня получения"
SCHEDULE = "Согласно отдельному графику"


class TestAnEvent:
    async def test_it_opens_a_date_that_the_audience_owes_and_hears_of(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, RELATIVE)

        started = await _start(database, network, activity_id, "4 сентября")

        assert [due.due_on for due in started.dates] == [date(2026, 9, 9)]
        opened = await _opened(database, network, activity_id)
        assert opened.activity.event_on == date(2026, 9, 4)
        assert await count(database, assignments) == 3
        assert await plan_notices(database, days=WorkCalendar(), now=MONDAY) > 0
        async with database.read() as tx:
            hearing = set((await tx._connection.execute(select(notices.c.person_id))).scalars())
        assert hearing == {network.coordinator_1, network.coordinator_2, network.coordinator_3}

    async def test_the_preview_names_the_due_date_and_who_hears_when(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        actor = await actor_of(database, network.regional)
        preview = await preview_start(
            database, actor=actor, activity_id=activity_id, words="4 сентября", read_at=MONDAY, now=MONDAY
        )
        assert [due.due_on for due in preview.dates] == [date(2026, 9, 9)]
        assert (preview.foreseen.size.schools, preview.foreseen.size.people) == (3, 3)
        assert [notice.at for notice in preview.foreseen.first_notices] == [MONDAY]
        assert await count(database, occurrences) == 0, "nothing before «Верно»"

    async def test_it_comes_again_and_opens_another(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        await _start(database, network, activity_id, "4 сентября")
        await _start(database, network, activity_id, "7 сентября")
        assert await _days(database, network, activity_id) == [date(2026, 9, 9), date(2026, 9, 10)]

    async def test_a_due_date_that_is_over_opens_overdue(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        await _start(database, network, activity_id, "1 августа")
        assert await _days(database, network, activity_id) == [date(2026, 8, 5)]

    async def test_a_wrong_day_is_corrected_and_its_date_moves(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        await _start(database, network, activity_id, "4 сентября")

        for _ in range(2):
            await _correct(database, network, activity_id, "7 сентября")

        assert await _days(database, network, activity_id) == [date(2026, 9, 10)]
        opened = await _opened(database, network, activity_id)
        assert (opened.activity.event_on, opened.occurrences[0].version) == (date(2026, 9, 7), 2)

    async def test_a_correction_to_a_date_that_stands_calls_the_wrong_one_off(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        await _start(database, network, activity_id, "4 сентября")
        await _start(database, network, activity_id, "7 сентября")
        actor = await actor_of(database, network.regional)

        preview = await preview_correction(
            database, actor=actor, activity_id=activity_id, words="4 сентября", read_at=MONDAY, now=MONDAY
        )
        await _correct(database, network, activity_id, "4 сентября")

        assert preview.is_merge
        assert await _days(database, network, activity_id) == [date(2026, 9, 9)]

    async def test_nothing_is_corrected_into_the_past(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, RELATIVE)
        await _start(database, network, activity_id, "4 сентября")
        with pytest.raises(PastDateError):
            await _correct(database, network, activity_id, "1 августа")


class TestANewTerm:
    async def test_it_begins_by_a_word(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, UNDATED)
        await _start(database, network, activity_id, "до 15 ноября")
        assert await _days(database, network, activity_id) == [date(2026, 11, 15)]
        assert await count(database, assignments) == 3

    async def test_a_second_tap_opens_nothing(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, UNDATED)
        first = await _start(database, network, activity_id, "до 15 ноября")
        again = await _start(database, network, activity_id, "до 15 ноября", version=0)
        assert (first.is_repeat, again.is_repeat) == (False, True)
        assert await count(database, occurrences) == 1

    async def test_any_activity_may_get_one_more_date(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, READY)
        await _start(database, network, activity_id, "до 15 ноября")
        assert await _days(database, network, activity_id) == [date(2026, 10, 15), date(2026, 11, 15)]

    async def test_a_date_that_was_called_off_can_be_given_again(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, READY)
        opened = await _opened(database, network, activity_id)
        async with database.write() as tx:
            await tx.matters.cancel_occurrence(opened.occurrences[0].id, from_version=1)
        await _start(database, network, activity_id, READY)
        assert await _days(database, network, activity_id) == [date(2026, 10, 15)]

    async def test_the_second_of_two_coordinators_is_told(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, UNDATED)
        await _start(database, network, activity_id, "до 15 ноября")
        with pytest.raises(ActivityChangedError):
            await _start(database, network, activity_id, "до 20 ноября", version=0)
        assert await count(database, occurrences) == 1

    @pytest.mark.parametrize(
        ("words", "error"),
        [
            pytest.param("ежемесячно до 5 числа", NotOneDateError, id="a repetition is not one date"),
            pytest.param("15 и 20 ноября", NotOneDateError, id="two dates"),
            pytest.param("31 февраля", NotOneDateError, id="an impossible day"),
            pytest.param("до 1 июня 2026 года", PastDateError, id="nothing begins in the past"),
        ],
    )
    async def test_words_that_are_no_date_ahead(
        self, database: Database, network: SmallNetwork, words: str, error: type[Exception]
    ) -> None:
        activity_id = await _planned(database, network, UNDATED)
        with pytest.raises(error):
            await _start(database, network, activity_id, words)

    async def test_it_is_in_the_audit(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, UNDATED)
        await _start(database, network, activity_id, "до 15 ноября")
        async with database.read() as tx:
            acts = list((await tx._connection.execute(select(audit.c.act).order_by(audit.c.id))).scalars())
        assert acts[-1] == "dates added"

    async def test_a_plan_that_was_called_off_begins_nothing(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, UNDATED)
        async with database.write() as tx:
            await tx.matters.cancel_activities([activity_id])
        with pytest.raises(ActivityChangedError):
            await _start(database, network, activity_id, "до 15 ноября")

    async def test_outside_his_part_of_the_network_nobody_begins_anything(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, UNDATED)
        stranger = await actor_of(database, network.amur_regional)
        with pytest.raises(NotFoundError):
            await preview_start(
                database, actor=stranger, activity_id=activity_id, words="завтра", read_at=MONDAY, now=MONDAY
            )


class TestASchedule:
    async def test_all_its_dates_are_opened_and_more_may_follow(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, SCHEDULE)
        await _start(database, network, activity_id, "15 октября, 20 ноября")
        started = await _start(database, network, activity_id, "20 ноября\n3 декабря")
        assert [due.due_on for due in started.dates] == [date(2026, 12, 3)], "what stands is not opened twice"
        assert await _days(database, network, activity_id) == [
            date(2026, 10, 15),
            date(2026, 11, 20),
            date(2026, 12, 3),
        ]
        assert await count(database, assignments) == 9

    async def test_what_is_over_is_left_out(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, SCHEDULE)
        await _start(database, network, activity_id, "1 сентября 2026, 15 октября 2026")
        assert await _days(database, network, activity_id) == [date(2026, 10, 15)]

    async def test_a_list_without_a_date_ahead_opens_nothing(self, database: Database, network: SmallNetwork) -> None:
        activity_id = await _planned(database, network, SCHEDULE)
        with pytest.raises(NothingNewError):
            await _start(database, network, activity_id, "1 сентября 2026")

    async def test_a_date_of_it_that_was_answered_stays_answered(
        self, database: Database, network: SmallNetwork
    ) -> None:
        activity_id = await _planned(database, network, SCHEDULE)
        await _start(database, network, activity_id, "15 октября")
        async with database.write() as tx:
            await tx._connection.execute(update(assignments).values(answer="done", answered_at=MONDAY))
        await _start(database, network, activity_id, "15 октября, 20 ноября")
        async with database.read() as tx:
            answers = list((await tx._connection.execute(select(assignments.c.answer))).scalars())
        assert (answers.count("done"), answers.count(None)) == (3, 3)


async def _planned(database: Database, network: SmallNetwork, phrase: str) -> ActivityId:
    document_id = await accepted(database, network.regional, phrase)
    actor = await actor_of(database, network.regional)
    await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
    return (await show_plan(database, actor=actor, document_id=document_id)).activities[0].activity.id


async def _start(
    database: Database, network: SmallNetwork, activity_id: ActivityId, words: str, *, version: int | None = None
) -> Started:
    """By the coordinator of the region, on the dates that stand (or on those of ``version``)."""
    seen = version_of(await _opened(database, network, activity_id)) if version is None else version
    actor = await actor_of(database, network.regional)
    return await start_dates(
        database, actor=actor, activity_id=activity_id, version=seen, words=words, read_at=MONDAY, now=MONDAY
    )


async def _correct(database: Database, network: SmallNetwork, activity_id: ActivityId, words: str) -> None:
    actor = await actor_of(database, network.regional)
    seen = version_of(await _opened(database, network, activity_id))
    later = MONDAY + timedelta(minutes=5)
    await correct_event(
        database, actor=actor, activity_id=activity_id, version=seen, words=words, read_at=later, now=later
    )


async def _opened(database: Database, network: SmallNetwork, activity_id: ActivityId) -> OpenedActivity:
    actor = await actor_of(database, network.regional)
    return (await show_activity(database, actor=actor, activity_id=activity_id)).opened


async def _days(database: Database, network: SmallNetwork, activity_id: ActivityId) -> list[date]:
    opened = await _opened(database, network, activity_id)
    return [found.due_on for found in opened.occurrences if found.state is OccurrenceState.OPEN]
