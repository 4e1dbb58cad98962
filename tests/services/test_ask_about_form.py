"""«Спросить коллегу»: his answer counts as long as the matter does."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.forms import Value
from bot.domain.matters import OccurrenceState
from bot.domain.reviewing import Review
from bot.services.ask_about_form import AskedOverError, answer_asked, ask_about_form
from storage.database import Database
from storage.tables import assignments, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.forms import begin, task_with_form


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (update(occurrences).values(state=OccurrenceState.CANCELLED.value), "the date was called off"),
        (update(assignments).values(withdrawn_at=MONDAY), "the school owes it no more"),
        (update(assignments).values(answer="done", review=Review.ACCEPTED.value), "it was answered and accepted"),
    ],
)
async def test_on_a_closed_matter_a_colleague_changes_nothing(
    database: Database, network: SmallNetwork, change: object, reason: str
) -> None:
    owed = await task_with_form(database, network)
    filling = await begin(database, network.coordinator_1, owed)
    asker = await actor_of(database, network.coordinator_1)
    submission = filling.submission.id
    asked = (
        await ask_about_form(
            database, actor=asker, submission_id=submission, place=0, colleague_id=network.teacher_1, now=MONDAY
        )
    ).asked["mentors"]
    async with database.write() as tx:
        await tx._connection.execute(change)  # type: ignore[call-overload]  # any statement
    teacher = await actor_of(database, network.teacher_1)
    with pytest.raises(AskedOverError):
        await answer_asked(
            database, actor=teacher, asked_id=asked.id, read=lambda *_: Value("21", number=21), now=MONDAY
        )
    async with database.read() as tx:
        stored = await tx.forms.submission(submission)
    assert stored is not None
    assert stored.given == {}, reason
