"""A plan and the newer edition of its document, for the tests of editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import RowDecision
from bot.domain.ids import DocumentId
from bot.domain.matters import LadderName
from bot.services.apply_edition import AppliedChanges, apply_edition
from bot.services.compare_edition import (
    EditionView,
    compare_edition,
)
from bot.services.import_document import UploadedFile, import_document
from bot.services.move_occurrence import move_occurrence
from bot.services.plan_document import plan_document
from bot.services.show_plan import show_plan
from storage.database import Database
from storage.tables import occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import THE_FILE, a_document, a_row, version_of
from tests.factories import SmallNetwork
from tests.planning import plan_notices
from tests.services.test_plan_notices import DAYS, mark_sent

FIRST = ("до 15 октября 2026 года", "до 2 ноября 2026 года", "до 1 декабря 2026 года")


SEMINAR, REPORT, CONTEST = "Провести семинар педагогов", "Сдать отчёт об оборудовании", "Объявить конкурс проектов"


THE_SECOND = UploadedFile("карта-2.docx", b"a roadmap, changed")


def the_first() -> DocumentDraft:
    rows = (a_row("1", FIRST[0], SEMINAR), a_row("2", FIRST[1], REPORT), a_row("3", FIRST[2], CONTEST))
    return replace(a_document(), rows=rows)


def the_second(seminar: str = "до 20 октября 2026 года", *, number: str | None = "1074-р") -> DocumentDraft:
    """The seminar moved, the report reworded, the contest gone, an audit new."""
    rows = (
        a_row("1", seminar, SEMINAR),
        a_row("2", FIRST[1], f"{REPORT} центров"),
        a_row("3", "до 10 декабря 2026 года", "Провести сверку имущества"),
    )
    return replace(a_document(), rows=rows, facts=replace(a_document().facts, number=number))


async def planned(database: Database, network: SmallNetwork, read: DocumentDraft) -> DocumentId:
    actor = await actor_of(database, network.regional)
    found = await import_document(database, actor=actor, file=THE_FILE, read=read, now=MONDAY)
    async with database.write() as tx:
        rows = [row.id for row in await tx.drafts.rows(found.document_id) if row.decision is RowDecision.TAKE]
        await tx.drafts.decide(rows, RowDecision.ACCEPT)
    version = await version_of(database, found.document_id)
    await plan_document(database, actor=actor, document_id=found.document_id, version=version, now=MONDAY)
    return found.document_id


async def ladder_of_row(database: Database, document_id: DocumentId, place: int) -> LadderName | None:
    async with database.read() as tx:
        return (await tx.drafts.rows(document_id))[place - 1].ladder


async def tell_all(database: Database, file: Path) -> None:
    await plan_notices(database, days=DAYS, now=MONDAY)
    mark_sent(file, "assigned")


async def second(database: Database, network: SmallNetwork, read: DocumentDraft | None = None) -> DocumentId:
    actor = await actor_of(database, network.regional)
    read = read or the_second()
    return (await import_document(database, actor=actor, file=THE_SECOND, read=read, now=MONDAY)).document_id


async def seen(database: Database, network: SmallNetwork, edition: DocumentId) -> EditionView:
    actor = await actor_of(database, network.regional)
    return await compare_edition(database, actor=actor, document_id=edition, now=MONDAY)


async def applied(database: Database, network: SmallNetwork, edition: DocumentId) -> AppliedChanges:
    view = await seen(database, network, edition)
    actor = await actor_of(database, network.regional)
    return await apply_edition(
        database, actor=actor, document_id=edition, version=view.edition.version, plan_mark=view.plan_mark, now=MONDAY
    )


async def open_dates(database: Database) -> list[date]:
    query = select(occurrences.c.due_on).where(occurrences.c.state == "open").order_by(occurrences.c.due_on)
    async with database.read() as tx:
        return list((await tx._connection.execute(query)).scalars())


async def move_by_hand(database: Database, network: SmallNetwork, plan: DocumentId) -> None:
    actor = await actor_of(database, network.regional)
    view = await show_plan(database, actor=actor, document_id=plan)
    found = view.activities[0].occurrences[0]
    day = datetime(2026, 10, 22, 20, 59, 59, tzinfo=UTC)
    await move_occurrence(
        database, actor=actor, occurrence_id=found.id, version=found.version, due_at=day, due_on=day.date(),
        has_time=False, now=MONDAY,
    )  # fmt: skip
