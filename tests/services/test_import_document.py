"""A document that was read becomes a draft: whose it is, and what happens when it comes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.documents import DocumentFacts, DocumentKind
from bot.domain.drafts import DocumentState
from bot.domain.errors import NotAllowedError
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.services.import_document import NoNetworkError, UploadedFile, find_import, import_document
from bot.services.show_draft import list_documents, show_draft
from storage.database import Database
from storage.tables import files
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import ALL_KINDS, READY, THE_FILE, a_document, count, imported
from tests.factories import NetworkFactory, SmallNetwork


class TestImporting:
    async def test_a_document_becomes_a_draft_for_all_schools_of_the_coordinators_unit(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional)

        view = await show_draft(
            database, actor=await actor_of(database, network.regional), document_id=document_id, now=MONDAY
        )

        assert view.draft.audience == Audience((network.vladimir,), AnsweredBy.SCHOOL)
        assert (view.draft.number, view.draft.dated, view.draft.state) == (
            "1074-р",
            date(2026, 8, 10),
            DocumentState.DRAFT,
        )
        assert [row.row.phrase for row in view.judgement.rows] == list(ALL_KINDS)

    @pytest.mark.parametrize(
        ("title", "kind", "name"),
        [
            pytest.param(None, DocumentKind.LIST, "Список от 07.09.2026", id="a bare list is called by its day"),
            pytest.param("О сроках", DocumentKind.OTHER, "О сроках", id="a text with a heading keeps it"),
        ],
    )
    async def test_a_pasted_list_is_not_called_by_the_name_of_a_file(
        self, database: Database, network: SmallNetwork, title: str | None, kind: DocumentKind, name: str
    ) -> None:
        actor = await actor_of(database, network.regional)
        pasted = UploadedFile("Список от 07.09.2026.txt", b"a list", is_pasted=True)
        read = replace(a_document(READY), facts=DocumentFacts(title=title))

        document_id = (await import_document(database, actor=actor, file=pasted, read=read, now=MONDAY)).document_id

        draft = (await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)).draft
        assert (draft.kind, draft.title, draft.file_name) == (kind, name, pasted.name)

    async def test_the_same_file_again_gives_the_same_draft(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)

        again = await import_document(database, actor=actor, file=THE_FILE, read=a_document(READY), now=MONDAY)

        assert (again.document_id, again.is_repeat) == (document_id, True)

    async def test_a_workbook_read_by_different_sheets_is_kept_once(
        self, database: Database, network: SmallNetwork
    ) -> None:
        """Each choice of sheets is a document of its own; the file behind them is one."""
        first, second = (replace(THE_FILE, sheets=sheets) for sheets in (("План",), ("План", "Мониторинг")))
        documents = [await imported(database, network.regional, READY, file=file) for file in (first, second, first)]
        assert documents[0] == documents[2] != documents[1]
        assert await count(database, files) == 1

    async def test_the_same_file_of_another_part_of_the_network_is_not_shown(
        self, database: Database, network: SmallNetwork
    ) -> None:
        await imported(database, network.regional)

        assert await find_import(database, actor=await actor_of(database, network.amur_regional), file=THE_FILE) is None

    async def test_who_stands_above_plans_the_file_that_somebody_below_has_sent(
        self, database: Database, network: SmallNetwork
    ) -> None:
        """Both have the ministry's letter; the municipality's draft reaches its own schools only."""
        of_suzdal = await imported(database, network.municipal)
        actor = await actor_of(database, network.regional)

        assert await find_import(database, actor=actor, file=THE_FILE) is None
        of_vladimir = await imported(database, network.regional)

        view = await show_draft(database, actor=actor, document_id=of_vladimir, now=MONDAY)
        assert (of_vladimir != of_suzdal, view.draft.unit_id) == (True, network.vladimir)

    async def test_a_teacher_brings_nothing_in(self, database: Database, network: SmallNetwork) -> None:
        actor = await actor_of(database, network.teacher_1)
        with pytest.raises(NotAllowedError):
            await import_document(database, actor=actor, file=THE_FILE, read=a_document(READY), now=MONDAY)

    async def test_a_coordinator_of_two_regions_gives_it_to_the_one_that_it_names(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        factory.member(network.regional, network.amur, Role.COORDINATOR)
        actor = await actor_of(database, network.regional)
        document = a_document(READY, region="Амурская область")

        found = await import_document(database, actor=actor, file=THE_FILE, read=document, now=MONDAY)

        view = await show_draft(database, actor=actor, document_id=found.document_id, now=MONDAY)
        assert (view.draft.unit_id, view.draft.timezone) == (network.amur, "Asia/Yakutsk")

    async def test_the_owner_gives_it_to_the_root_that_it_names(
        self, database: Database, network: SmallNetwork
    ) -> None:
        owner = replace(await actor_of(database, network.teacher_1), is_owner=True)
        document = a_document(READY, region="Амурская область")

        found = await import_document(database, actor=owner, file=THE_FILE, read=document, now=MONDAY)

        view = await show_draft(database, actor=owner, document_id=found.document_id, now=MONDAY)
        assert view.draft.unit_id == network.amur

    async def test_without_a_network_there_is_nobody_to_plan_for(
        self, database: Database, factory: NetworkFactory
    ) -> None:
        owner = replace(await actor_of(database, factory.person("Хозяин Пётр Ильич")), is_owner=True)
        with pytest.raises(NoNetworkError):
            await import_document(database, actor=owner, file=THE_FILE, read=a_document(READY), now=MONDAY)


async def test_lists_hold_the_own_part_of_the_network_only(database: Database, network: SmallNetwork) -> None:
    await imported(database, network.regional)
    for person, total in ((network.regional, 1), (network.municipal, 0), (network.amur_regional, 0)):
        actor = await actor_of(database, person)
        page = await list_documents(database, actor=actor, states=[DocumentState.DRAFT], limit=5, offset=0)
        assert page.total == len(page.documents) == total
