"""A document's own facts are corrected by hand, and what depended on them is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.documents import DocumentDraft, DocumentFact, Mention, Problem, ProblemCode
from bot.domain.documents import DocumentKind as Kind
from bot.domain.drafts import DraftRow
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, PersonId
from bot.domain.terms.reading import read_term
from bot.services.correct_facts import correct_fact, show_facts
from bot.services.edit_draft import DraftChangedError, set_term
from bot.services.import_document import UploadedFile, import_document
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import DOUBTFUL, READY, a_document, imported, row_of, version_of
from tests.factories import SmallNetwork


async def correct(database: Database, person: PersonId, document: DocumentId, fact: DocumentFact, words: str) -> None:
    await correct_fact(
        database,
        actor=await actor_of(database, person),
        document_id=document,
        version=await version_of(database, document),
        fact=fact,
        words=words,
        now=MONDAY,
    )


async def rows(database: Database, document: DocumentId) -> tuple[DraftRow, ...]:
    async with database.read() as tx:
        return await tx.drafts.rows(document)


async def brought(database: Database, person: PersonId, read: DocumentDraft, name: str = "карта.docx") -> DocumentId:
    actor = await actor_of(database, person)
    file = UploadedFile(name, name.encode())
    return (await import_document(database, actor=actor, file=file, read=read, now=MONDAY)).document_id


class TestCorrecting:
    async def test_a_new_region_brings_its_zone(self, database: Database, network: SmallNetwork) -> None:
        document = await imported(database, network.regional, READY)
        await correct(database, network.regional, document, DocumentFact.REGION, "Амурская область")
        view = await show_facts(database, actor=await actor_of(database, network.regional), document_id=document)
        assert (view.document.region, view.document.timezone) == ("Амурская область", "Asia/Yakutsk")
        assert view.document.quotes[DocumentFact.REGION] == ""

    async def test_a_new_day_gives_phrases_without_a_year_their_year(
        self, database: Database, network: SmallNetwork
    ) -> None:
        read = a_document(DOUBTFUL, READY)
        term = read_term(DOUBTFUL, reference_date=read.facts.signed_on, region=read.facts.region)
        read = replace(read, rows=(replace(read.rows[0], term=term), read.rows[1]))
        document = await brought(database, network.regional, read)
        await correct(database, network.regional, document, DocumentFact.DATE, "01.09.2027")
        first, second = await rows(database, document)
        assert first.term is not None
        assert (first.term.end, second.term) == (date(2027, 11, 15), read.rows[1].term)

    async def test_what_the_coordinator_said_of_a_term_stands(self, database: Database, network: SmallNetwork) -> None:
        document = await imported(database, network.regional, DOUBTFUL)
        actor, row_id = await actor_of(database, network.regional), await row_of(database, document, 1)
        await set_term(database, actor=actor, row_id=row_id, version=1, phrase="до 20 ноября 2026 года", now=MONDAY)
        await correct(database, network.regional, document, DocumentFact.DATE, "01.09.2027")
        (row,) = await rows(database, document)
        assert row.term is not None
        assert row.term.end == date(2026, 11, 20)

    async def test_a_term_that_more_than_its_phrase_decided_stands(
        self, database: Database, network: SmallNetwork
    ) -> None:
        read = a_document(DOUBTFUL)
        in_period = replace(read.rows[0], term=read_term("до 15 ноября 2024 года"))
        document = await brought(database, network.regional, replace(read, rows=(in_period,)))
        await correct(database, network.regional, document, DocumentFact.DATE, "01.09.2027")
        (row,) = await rows(database, document)
        assert row.term == in_period.term

    @pytest.mark.parametrize(
        ("fact", "words", "code"),
        [
            (DocumentFact.DATE, "08.11.2023", ProblemCode.NO_DOCUMENT_DATE),
            (DocumentFact.REGION, "Амурская область", ProblemCode.REGION_UNKNOWN),
        ],
    )
    async def test_what_was_said_to_be_absent_is_so_no_more(
        self, database: Database, network: SmallNetwork, fact: DocumentFact, words: str, code: ProblemCode
    ) -> None:
        read = replace(a_document(READY), problems=(Problem(code), Problem(ProblemCode.NO_NUMBER)))
        document = await brought(database, network.regional, read)
        await correct(database, network.regional, document, fact, words)
        view = await show_facts(database, actor=await actor_of(database, network.regional), document_id=document)
        assert [problem["code"] for problem in view.document.problems] == ["no_number"]

    async def test_the_second_of_two_editors_overwrites_nothing(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document = await imported(database, network.regional, READY)
        await correct(database, network.regional, document, DocumentFact.TITLE, "Первое название")
        actor, title = await actor_of(database, network.regional), DocumentFact.TITLE
        with pytest.raises(DraftChangedError):
            await correct_fact(
                database, actor=actor, document_id=document, version=1, fact=title, words="Второе", now=MONDAY
            )
        view = await show_facts(database, actor=actor, document_id=document)
        assert view.document.title == "Первое название"

    async def test_facts_of_another_part_of_the_network_stay_closed(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document = await imported(database, network.regional, READY)
        with pytest.raises(NotFoundError):
            await show_facts(database, actor=await actor_of(database, network.amur_regional), document_id=document)


class TestMentions:
    async def test_the_same_number_of_another_day_is_another_paper(
        self, database: Database, network: SmallNetwork
    ) -> None:
        known = await imported(database, network.regional, READY)
        day = date(2026, 8, 10)
        papers = (
            Mention(Kind.ROADMAP, "1074-р", day, "карта"),
            Mention(Kind.ROADMAP, "1074-р", date(2025, 8, 10), "прошлая карта"),
            Mention(Kind.MINUTES, "1074-р", day, "протокол с тем же номером"),
        )
        facts = replace(a_document(READY).facts, number="2")
        read = replace(a_document(READY), facts=facts, mentions=papers)
        document = await brought(database, network.regional, read, "протокол.docx")
        view = await show_facts(database, actor=await actor_of(database, network.regional), document_id=document)
        assert [paper.document.id if paper.document else None for paper in view.mentioned] == [known, None, None]
