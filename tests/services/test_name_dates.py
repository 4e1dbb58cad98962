"""A row of a draft whose document leaves the date open gets it from the coordinator."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.awaiting import Pace
from bot.domain.drafts import JudgedRow, RowState
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import DocumentId
from bot.services.edit_draft import DraftChangedError, set_term
from bot.services.name_dates import (
    EventHourError,
    NoDatesError,
    name_row_dates,
    set_row_pace,
    understand_row_dates,
)
from bot.services.plan_document import plan_document
from bot.services.show_draft import show_row
from bot.services.show_plan import NotOneDateError, show_plan
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, imported, row_of, version_of
from tests.factories import SmallNetwork

RELATIVE = "в течение 3 рабочих дней со дня получения"
HOURS = "в течение 24 часов с момента получения"
SCHEDULE = "Согласно отдельному графику"
AS_NEEDED = "по мере необходимости"
CONTINUOUS = "Постоянно"


async def test_an_event_makes_the_row_ready(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)

    await _name(database, network, document_id, "4 сентября")

    judged = await _row(database, network, document_id)
    assert judged.state is RowState.READY
    assert judged.is_accepted
    assert [due.due_on for due in judged.dates] == [date(2026, 9, 9)]
    assert judged.row.typed_phrase == RELATIVE, "its words stay the document's"


async def test_yesterday_is_the_day_before_it_was_typed(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    tomorrow = MONDAY + timedelta(days=1)

    found = await understand_row_dates(
        database, actor=actor, row_id=row_id, words="вчера", read_at=MONDAY, now=tomorrow
    )

    assert found.named.event == date(2026, 9, 6)


async def test_the_event_of_the_draft_is_known_in_the_plan(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    await _name(database, network, document_id, "4 сентября")
    actor = await actor_of(database, network.regional)
    await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

    opened = (await show_plan(database, actor=actor, document_id=document_id)).activities[0]

    assert opened.activity.event_on == date(2026, 9, 4)
    assert [found.due_on for found in opened.occurrences] == [date(2026, 9, 9)]


async def test_an_event_too_long_ago_leaves_the_row_to_be_decided(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    await _name(database, network, document_id, "1 августа")
    assert (await _row(database, network, document_id)).state is RowState.PAST


async def test_a_schedule_takes_a_list_and_keeps_what_was_understood(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, SCHEDULE)

    await _name(database, network, document_id, "15 октября, потом\n20 ноября")

    judged = await _row(database, network, document_id)
    assert [due.due_on for due in judged.dates] == [date(2026, 10, 15), date(2026, 11, 20)]
    assert judged.row.typed_phrase == f"{SCHEDULE}: 15 октября, 20 ноября"


async def test_a_first_date_of_what_is_done_by_need(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, AS_NEEDED)
    await _name(database, network, document_id, "до 21 сентября")
    judged = await _row(database, network, document_id)
    assert [due.due_on for due in judged.dates] == [date(2026, 9, 21)]
    assert judged.row.typed_phrase == f"до 21 сентября, далее – {AS_NEEDED}"


@pytest.mark.parametrize(
    ("pace", "state", "dates"),
    [
        pytest.param(Pace.MONTHLY, RowState.READY, 13, id="monthly, as far as dates are opened"),
        pytest.param(Pace.QUARTERLY, RowState.READY, 5, id="quarterly"),
        pytest.param(Pace.NEVER, RowState.UNDATED, 0, id="listed, nobody is reminded"),
    ],
)
async def test_the_pace_of_a_matter_without_an_end(
    database: Database, network: SmallNetwork, pace: Pace, state: RowState, dates: int
) -> None:
    document_id = await imported(database, network.regional, CONTINUOUS)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)

    for _ in range(2):
        await set_row_pace(
            database, actor=actor, row_id=row_id, version=1, pace=pace, now=MONDAY
        )  # the second is the second tap of a nervous finger

    judged = await _row(database, network, document_id)
    assert (judged.state, len(judged.dates), judged.is_accepted) == (state, dates, True)
    assert await version_of(database, document_id) == 2


@pytest.mark.parametrize(
    ("phrase", "words", "error"),
    [
        pytest.param(RELATIVE, "когда-то", NotOneDateError, id="no day"),
        pytest.param(RELATIVE, "15 и 16 сентября", NotOneDateError, id="two days"),
        pytest.param(HOURS, "вчера", EventHourError, id="hours need the hour of the event"),
        pytest.param(SCHEDULE, "потом, как-нибудь", NoDatesError, id="nothing in the list"),
        pytest.param(AS_NEEDED, "15 и 16 сентября", NotOneDateError, id="one term at a time"),
        pytest.param(READY, "завтра", OutdatedError, id="a row that waits for nothing any more"),
    ],
)
async def test_words_that_name_no_date_change_nothing(
    database: Database, network: SmallNetwork, phrase: str, words: str, error: type[Exception]
) -> None:
    document_id = await imported(database, network.regional, phrase)
    with pytest.raises(error):
        await _name(database, network, document_id, words)
    assert await version_of(database, document_id) == 1


async def test_the_second_of_two_editors_is_told(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    await set_term(database, actor=actor, row_id=row_id, version=1, phrase=f"{RELATIVE}", now=MONDAY)
    with pytest.raises(DraftChangedError):
        await _name(database, network, document_id, "4 сентября")


async def test_the_same_tap_again_does_nothing(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    for _ in range(2):
        await _name(database, network, document_id, "4 сентября")
    assert await version_of(database, document_id) == 2


async def test_a_coordinator_of_another_region_names_nothing(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, RELATIVE)
    stranger, row_id = await actor_of(database, network.amur_regional), await row_of(database, document_id, 1)
    with pytest.raises(NotFoundError):
        await name_row_dates(
            database, actor=stranger, row_id=row_id, version=1, words="вчера", read_at=MONDAY, now=MONDAY
        )


async def _name(database: Database, network: SmallNetwork, document_id: DocumentId, words: str) -> None:
    """By the coordinator of the region, on the version that he imported."""
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    await name_row_dates(database, actor=actor, row_id=row_id, version=1, words=words, read_at=MONDAY, now=MONDAY)


async def _row(database: Database, network: SmallNetwork, document_id: DocumentId) -> JudgedRow:
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    return (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged
