"""A row that the plan left out joins it later."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.domain.drafts import RowDecision
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import DocumentId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.services.cancel_plan import cancel_plan
from bot.services.edit_draft import TermNotUnderstoodError, accept_row, decide_row, set_audience
from bot.services.plan_document import NobodyAnswersError, plan_document
from bot.services.plan_row import (
    NotPlannedError,
    PlannedRow,
    RowReading,
    StillPastError,
    plan_row,
    preview_row,
    show_left_row,
    show_left_rows,
)
from bot.services.rearrange_rows import join_rows
from bot.services.show_plan import show_activity, show_plan
from storage.database import Database
from storage.program_tables import audit
from storage.tables import activities, assignments
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import DARK, DOUBTFUL, NO_DAY, PAST, READY, UNDATED, accepted, count, imported, row_of, version_of
from tests.factories import SmallNetwork


async def test_what_was_left_out_is_listed(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, DARK, PAST, DOUBTFUL)
    actor = await actor_of(database, network.regional)
    left = await show_left_rows(database, actor=actor, document_id=document_id, now=MONDAY)
    assert [judged.row.number for judged in left.judgement.rows] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("phrase", "reading", "words", "days"),
    [
        pytest.param(DARK, RowReading.TYPED, "до 1 октября", [date(2026, 10, 1)], id="in the coordinator's words"),
        pytest.param(DARK, RowReading.TYPED, "1 октября, 5 октября и 9 октября",
                     [date(2026, 10, 1), date(2026, 10, 5), date(2026, 10, 9)], id="or several dates of his"),
        pytest.param(DOUBTFUL, RowReading.AS_READ, None, [date(2026, 11, 15)], id="a doubtful reading is right"),
        pytest.param(PAST, RowReading.OVERDUE, None, [date(2026, 6, 1)], id="past, and asked for all the same"),
        pytest.param(UNDATED, RowReading.AS_READ, None, [], id="by need: it is listed"),
    ],
)  # fmt: skip
async def test_a_row_joins_the_plan(
    database: Database,
    network: SmallNetwork,
    phrase: str,
    reading: RowReading,
    words: str | None,
    days: list[date],
) -> None:
    document_id = await _planned(database, network, phrase)

    planned = await _plan(database, network, document_id, reading, words)

    actor = await actor_of(database, network.regional)
    opened = (await show_activity(database, actor=actor, activity_id=planned.activity_id)).opened
    assert [found.due_on for found in opened.occurrences] == days
    assert (await show_plan(database, actor=actor, document_id=document_id)).left == ()
    assert await count(database, assignments) == 3 + 3 * len(days)


async def test_a_proposal_gives_a_repetition_its_days(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, NO_DAY)
    planned = await _plan(database, network, document_id, RowReading.PROPOSED)
    actor = await actor_of(database, network.regional)
    opened = (await show_activity(database, actor=actor, activity_id=planned.activity_id)).opened
    assert opened.is_repeating
    assert opened.occurrences[0].due_on == date(2026, 9, 30)


async def test_a_skipped_row_may_join_as_it_was_read(database: Database, network: SmallNetwork) -> None:
    document_id = await accepted(database, network.regional, READY, READY)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
    await decide_row(database, actor=actor, row_id=row_id, version=2, decision=RowDecision.SKIP)
    await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)

    left = await show_left_row(database, actor=actor, row_id=row_id, now=MONDAY)
    await _plan(database, network, document_id, RowReading.AS_READ)

    assert [due.due_on for due in left.judged.dates] == [date(2026, 10, 15)], "its date is shown all the same"
    assert await count(database, activities) == 2


async def test_the_preview_says_who_hears_and_opens_nothing(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, DOUBTFUL)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
    preview = await preview_row(
        database, actor=actor, row_id=row_id, reading=RowReading.AS_READ, read_at=MONDAY, now=MONDAY
    )
    assert (preview.foreseen.size.schools, [unit.title for unit in preview.parts]) == (3, ["Владимирская область"])
    assert [notice.at for notice in preview.foreseen.first_notices] == [MONDAY]
    assert await count(database, activities) == 1


async def test_a_second_coordinator_plans_nothing_twice(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, DOUBTFUL)
    first = await _plan(database, network, document_id, RowReading.AS_READ)
    again = await _plan(database, network, document_id, RowReading.AS_READ)
    assert again == PlannedRow(first.activity_id, is_repeat=True)
    assert await count(database, activities) == 2
    async with database.read() as tx:
        acts = list((await tx._connection.execute(select(audit.c.act))).scalars())
    assert acts.count("row planned") == 1


@pytest.mark.parametrize(
    ("phrase", "reading", "words", "error"),
    [
        pytest.param(DARK, RowReading.AS_READ, None, TermNotUnderstoodError, id="not understood"),
        pytest.param(DARK, RowReading.TYPED, "как-нибудь", TermNotUnderstoodError, id="nor what was typed"),
        pytest.param(NO_DAY, RowReading.AS_READ, None, TermNotUnderstoodError, id="a repetition without a day"),
        pytest.param(PAST, RowReading.AS_READ, None, StillPastError, id="over, and nobody said to ask all the same"),
        pytest.param(PAST, RowReading.TYPED, "до 1 июня 2026 года", StillPastError, id="over, in other words"),
    ],
)
async def test_what_nobody_has_settled_is_never_planned(
    database: Database,
    network: SmallNetwork,
    phrase: str,
    reading: RowReading,
    words: str | None,
    error: type[Exception],
) -> None:
    document_id = await _planned(database, network, phrase)
    with pytest.raises(error):
        await _plan(database, network, document_id, reading, words)
    assert await count(database, activities) == 1


async def test_a_row_for_nobody_is_refused(database: Database, network: SmallNetwork) -> None:
    document_id = await accepted(database, network.regional, READY, DOUBTFUL)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
    nobody = Audience((network.vladimir,), AnsweredBy.PERSON, (Role.MENTOR,))
    await set_audience(database, actor=actor, document_id=document_id, row_id=row_id, version=2, audience=nobody)
    await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)
    with pytest.raises(NobodyAnswersError):
        await _plan(database, network, document_id, RowReading.AS_READ)


async def test_a_plan_that_was_taken_back_takes_no_rows(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, DOUBTFUL)
    actor = await actor_of(database, network.regional)
    await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)
    with pytest.raises(NotPlannedError):
        await _plan(database, network, document_id, RowReading.AS_READ)


async def test_a_part_of_another_row_is_not_planned_beside_it(database: Database, network: SmallNetwork) -> None:
    """It is on no list; its id may still come in an old or a forged button."""
    actor = await actor_of(database, network.regional)
    document_id = await imported(database, network.regional, READY, DOUBTFUL)
    whole, part = [await row_of(database, document_id, place) for place in (1, 2)]
    await join_rows(database, actor=actor, row_id=whole, other_id=part, version=1)
    await accept_row(database, actor=actor, row_id=whole, version=2)
    await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)
    with pytest.raises(OutdatedError):
        await plan_row(
            database, actor=actor, row_id=part, reading=RowReading.AS_READ, words=None, read_at=MONDAY, now=MONDAY
        )
    assert await count(database, activities) == 1


async def test_a_planned_row_is_no_row_left(database: Database, network: SmallNetwork) -> None:
    document_id = await _planned(database, network, DOUBTFUL)
    await _plan(database, network, document_id, RowReading.AS_READ)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
    with pytest.raises(OutdatedError):
        await preview_row(database, actor=actor, row_id=row_id, reading=RowReading.AS_READ, read_at=MONDAY, now=MONDAY)
    stranger = await actor_of(database, network.amur_regional)
    with pytest.raises(NotFoundError):
        await show_left_row(database, actor=stranger, row_id=row_id, now=MONDAY)


async def _planned(database: Database, network: SmallNetwork, *left_out: str) -> DocumentId:
    """A plan of one row, and rows that nobody accepted below it."""
    document_id = await accepted(database, network.regional, READY, *left_out)
    actor = await actor_of(database, network.regional)
    async with database.write() as tx:
        rows = await tx.drafts.rows(document_id)
        await tx.drafts.decide([row.id for row in rows[1:]], RowDecision.TAKE)
    version = await version_of(database, document_id)
    await plan_document(database, actor=actor, document_id=document_id, version=version, now=MONDAY)
    return document_id


async def _plan(
    database: Database, network: SmallNetwork, document_id: DocumentId, reading: RowReading, words: str | None = None
) -> PlannedRow:
    """The second row, by the coordinator of the region."""
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
    return await plan_row(
        database, actor=actor, row_id=row_id, reading=reading, words=words, read_at=MONDAY, now=MONDAY
    )
