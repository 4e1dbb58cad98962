"""Rows corrected, joined, split and put back, as they stand in the storage."""

from __future__ import annotations

import pytest

from bot.domain.drafts import DraftRow
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId
from bot.services.edit_draft import DraftChangedError, accept_clear, discard_draft
from bot.services.plan_document import plan_document
from bot.services.rearrange_rows import (
    EntangledRowError,
    RowText,
    WrongPartsError,
    WrongTextError,
    correct_text,
    join_rows,
    restore_row,
    show_neighbours,
    split_row,
    take_term_of_part,
)
from bot.services.show_draft import show_draft, show_row
from bot.services.show_plan import show_plan
from storage.database import Database
from storage.tables import document_rows
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import QUARTERLY, READY, UNDATED, count, imported, row_of
from tests.factories import SmallNetwork

THREE = (READY, QUARTERLY, UNDATED)


async def rows_of(database: Database, document_id: DocumentId) -> tuple[DraftRow, ...]:
    async with database.read() as tx:
        return await tx.drafts.rows(document_id)


class TestCorrecting:
    async def test_a_text_is_written_anew_and_comes_back(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)

        title = RowText.TITLE
        await correct_text(database, actor=actor, row_id=row_id, version=1, text_of=title, text=" Собрать\nзаявки ")
        corrected = (await rows_of(database, document_id))[0]
        await restore_row(database, actor=actor, row_id=row_id, version=2)

        assert corrected.title == "Собрать заявки"
        assert (await rows_of(database, document_id))[0].title == "Мероприятие 1"

    @pytest.mark.parametrize(
        ("text_of", "text"),
        [
            pytest.param(RowText.TITLE, "  ", id="a row without a title is no matter"),
            pytest.param(RowText.RESULT, "я" * 3001, id="a text that no screen holds"),
        ],
    )
    async def test_what_cannot_be_a_text(
        self, database: Database, network: SmallNetwork, text_of: RowText, text: str
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)

        with pytest.raises(WrongTextError):
            await correct_text(database, actor=actor, row_id=row_id, version=1, text_of=text_of, text=text)


class TestJoining:
    async def test_a_joined_row_is_shown_and_planned_once(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor = await actor_of(database, network.regional)
        first, second = await row_of(database, document_id, 1), await row_of(database, document_id, 2)

        await join_rows(database, actor=actor, row_id=first, other_id=second, version=1)

        view = await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)
        assert [judged.row.number for judged in view.judgement.rows] == ["1, 2", "3"]
        await accept_clear(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        planned = await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)
        assert (planned.activities, planned.dates) == (2, 1)
        assert (await show_plan(database, actor=actor, document_id=document_id)).left == ()

    async def test_the_term_of_the_other_row_can_be_taken(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, READY, QUARTERLY)
        actor = await actor_of(database, network.regional)
        first, second = await row_of(database, document_id, 1), await row_of(database, document_id, 2)
        await join_rows(database, actor=actor, row_id=first, other_id=second, version=1)

        await take_term_of_part(database, actor=actor, row_id=first, part_id=second, version=2)

        view = await show_row(database, actor=actor, row_id=first, now=MONDAY)
        assert (view.judged.row.phrase, len(view.judged.dates)) == (QUARTERLY, 5)

    async def test_three_rows_in_one_come_apart_together(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor = await actor_of(database, network.regional)
        before = await rows_of(database, document_id)
        one, two, three = (row.id for row in before)
        await join_rows(database, actor=actor, row_id=two, other_id=three, version=1)
        await join_rows(database, actor=actor, row_id=one, other_id=two, version=2)

        await restore_row(database, actor=actor, row_id=one, version=3)

        assert await rows_of(database, document_id) == before

    async def test_a_button_of_the_row_that_was_joined_opens_the_whole(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, QUARTERLY)
        actor = await actor_of(database, network.regional)
        first, second = await row_of(database, document_id, 1), await row_of(database, document_id, 2)
        await join_rows(database, actor=actor, row_id=first, other_id=second, version=1)

        assert (await show_row(database, actor=actor, row_id=second, now=MONDAY)).judged.row.id == first

    async def test_only_neighbours_are_joined(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor = await actor_of(database, network.regional)
        first, third = await row_of(database, document_id, 1), await row_of(database, document_id, 3)

        with pytest.raises(NotFoundError):
            await join_rows(database, actor=actor, row_id=first, other_id=third, version=1)

    async def test_of_two_editors_the_second_joins_nothing(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor = await actor_of(database, network.regional)
        one, two, three = (row.id for row in await rows_of(database, document_id))
        await join_rows(database, actor=actor, row_id=one, other_id=two, version=1)

        with pytest.raises(DraftChangedError):
            await join_rows(database, actor=actor, row_id=one, other_id=three, version=1)


class TestSplitting:
    async def test_the_parts_stand_where_the_row_stood(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)

        parts = await split_row(
            database, actor=actor, row_id=row_id, version=1, titles=["Собрать", "Проверить", "Сдать"]
        )

        rows = await rows_of(database, document_id)
        assert parts == 3
        assert [(row.position, row.number, row.title) for row in rows] == [
            (1, "1", "Мероприятие 1"),
            (2, "2/1", "Собрать"),
            (3, "2/2", "Проверить"),
            (4, "2/3", "Сдать"),
            (5, "3", "Мероприятие 3"),
        ]
        assert {row.phrase for row in rows[1:4]} == {QUARTERLY}

    async def test_any_part_leads_back_to_the_whole(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
        await split_row(database, actor=actor, row_id=row_id, version=1, titles=["Собрать", "Сдать"])
        piece = await row_of(database, document_id, 3)

        stays = await restore_row(database, actor=actor, row_id=piece, version=2)

        rows = await rows_of(database, document_id)
        assert stays == row_id
        assert [(row.number, row.title) for row in rows] == [
            ("1", "Мероприятие 1"),
            ("2", "Мероприятие 2"),
            ("3", "Мероприятие 3"),
        ]

    @pytest.mark.parametrize(
        "titles",
        [
            pytest.param(["Собрать"], id="one part is no part"),
            pytest.param([f"Дело {n}" for n in range(21)], id="more than a screen holds"),
            pytest.param(None, id="nothing proposes itself"),
        ],
    )
    async def test_what_is_no_splitting(
        self, database: Database, network: SmallNetwork, titles: list[str] | None
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)

        with pytest.raises(WrongPartsError):
            await split_row(database, actor=actor, row_id=row_id, version=1, titles=titles)

    async def test_a_part_is_put_back_before_anything_else_is_rearranged(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, *THREE)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 2)
        await split_row(database, actor=actor, row_id=row_id, version=1, titles=["Собрать", "Сдать"])

        with pytest.raises(EntangledRowError):
            await split_row(database, actor=actor, row_id=row_id, version=2, titles=["Раз", "Два"])
        found = await show_neighbours(database, actor=actor, row_id=await row_of(database, document_id, 1))
        assert (found.above, found.below) == (None, None)

    async def test_a_draft_with_joined_and_split_rows_is_discarded_whole(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, READY, READY)
        actor = await actor_of(database, network.regional)
        one, two, three = (row.id for row in await rows_of(database, document_id))
        await join_rows(database, actor=actor, row_id=one, other_id=two, version=1)
        await split_row(database, actor=actor, row_id=three, version=2, titles=["Собрать", "Сдать"])

        await discard_draft(database, actor=actor, document_id=document_id, now=MONDAY)

        assert await count(database, document_rows) == 0
