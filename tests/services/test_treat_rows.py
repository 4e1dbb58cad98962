"""A choice made on one row is for it, for its section, or for the whole document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId
from bot.domain.matters import AnsweredBy, AnswerForm, Audience, LadderName
from bot.domain.network import Role
from bot.services.edit_draft import set_audience
from bot.services.edit_ladders import copy_ladder
from bot.services.import_document import import_document
from bot.services.plan_document import plan_document
from bot.services.treat_rows import RowScope, choose_form, choose_ladder, choose_obligation, share_audience
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, THE_FILE, a_document, accepted, row_of, version_of
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


async def test_a_ladder_of_ones_own_and_the_obligation_go_with_the_row_into_the_plan(
    database: Database, network: SmallNetwork
) -> None:
    document_id = await accepted(database, network.regional, READY, READY)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    version = await version_of(database, document_id)
    own = await copy_ladder(database, actor=actor, name=LadderName.CALM, title="Своя", source="Своя", now=MONDAY)
    await choose_ladder(
        database,
        actor=actor,
        row_id=row_id,
        version=version,
        ladder=LadderName.USUAL,
        scope=RowScope.DOCUMENT,
        own=own,
    )
    await choose_obligation(
        database, actor=actor, row_id=row_id, version=version + 1, is_obligatory=False, scope=RowScope.ROW
    )

    await plan_document(database, actor=actor, document_id=document_id, version=version + 2, now=MONDAY)
    async with database.read() as tx:
        opened = await tx.matters.opened_of_document(document_id)
    assert [(one.activity.ladder_id, one.activity.is_obligatory) for one in opened] == [(own, False), (own, True)]


async def test_the_ladder_of_another_region_is_not_for_him(
    database: Database, network: SmallNetwork, document_id: DocumentId
) -> None:
    stranger = await actor_of(database, network.amur_regional)
    foreign = await copy_ladder(
        database, actor=stranger, name=LadderName.CALM, title="Амурская", source="Амурская", now=MONDAY
    )
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    with pytest.raises(NotFoundError):
        await choose_ladder(
            database, actor=actor, row_id=row_id, version=1, ladder=LadderName.USUAL, scope=RowScope.ROW, own=foreign
        )
