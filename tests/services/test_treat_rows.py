"""A choice made on one row is for it, for its section, or for the whole document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.ids import DocumentId
from bot.domain.matters import AnsweredBy, AnswerForm, Audience
from bot.domain.network import Role
from bot.services.edit_draft import set_audience
from bot.services.import_document import import_document
from bot.services.treat_rows import RowScope, choose_form, share_audience
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, THE_FILE, a_document, row_of
from tests.factories import SmallNetwork


@pytest.fixture
async def document_id(database: Database, network: SmallNetwork) -> DocumentId:
    """Four rows: two under one heading, one under another, one under none."""
    read = a_document(READY, READY, READY, READY)
    headings = ("I. Обучение", "I. Обучение", "II. Мониторинг", None)
    rows = tuple(replace(row, group=heading) for row, heading in zip(read.rows, headings, strict=True))
    actor = await actor_of(database, network.regional)
    imported = await import_document(
        database, actor=actor, file=THE_FILE, read=replace(read, rows=rows), now=MONDAY
    )  # fmt: skip
    return imported.document_id


@pytest.mark.parametrize(
    ("scope", "changed"),
    [
        pytest.param(RowScope.ROW, [1], id="the row alone"),
        pytest.param(RowScope.SECTION, [1, 2], id="what stands under the same heading"),
        pytest.param(RowScope.DOCUMENT, [1, 2, 3, 4], id="all rows"),
    ],
)
async def test_whom_a_form_is_chosen_for(
    database: Database, network: SmallNetwork, document_id: DocumentId, scope: RowScope, changed: list[int]
) -> None:
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)

    form = AnswerForm.LINK
    count = await choose_form(database, actor=actor, row_id=row_id, version=1, form=form, scope=scope)

    async with database.read() as tx:
        rows = await tx.drafts.rows(document_id)
    assert count == len(changed)
    assert [row.position for row in rows if row.asks is form] == changed


async def test_the_audience_of_a_row_is_shared_with_its_section(
    database: Database, network: SmallNetwork, document_id: DocumentId
) -> None:
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    teachers = Audience((network.suzdal,), AnsweredBy.PERSON, (Role.TEACHER,))
    await set_audience(
        database, actor=actor, document_id=document_id, row_id=row_id, version=1, audience=teachers
    )  # fmt: skip

    assert await share_audience(database, actor=actor, row_id=row_id, version=2) == 1

    async with database.read() as tx:
        rows = await tx.drafts.rows(document_id)
    assert [row.audience for row in rows] == [teachers, teachers, None, None]
