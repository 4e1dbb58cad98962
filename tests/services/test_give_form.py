"""A form given to a row of a plan comes with its activity; who may give which form follows the tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.form_drafts import FormDraft, Proposed, with_questions
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import FormId
from bot.domain.matters import AnswerForm
from bot.services.edit_form import (
    UnconfirmedKindsError,
    begin_form,
    change_form,
    list_forms,
    publish_form,
    show_made_form,
)
from bot.services.give_form import give_row_form, published_forms, show_form_choice
from bot.services.make_form import attach_form, make_form
from bot.services.plan_document import plan_document
from bot.services.treat_rows import RowScope, choose_form
from storage.database import Database
from storage.tables import activities
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, accepted, row_of, version_of
from tests.factories import SmallNetwork
from tests.forms import QUESTIONS, activity_of
from tests.opening import open_task


async def form_of_region(database: Database, network: SmallNetwork) -> FormId:
    return await make_form(
        database,
        actor=await actor_of(database, network.regional),
        unit_id=network.vladimir,
        title="Мониторинг",
        questions=QUESTIONS,
        source="test:form",
        now=MONDAY,
    )


async def test_the_form_of_a_row_is_the_form_of_its_activity(database: Database, network: SmallNetwork) -> None:
    form_id = await form_of_region(database, network)
    document_id = await accepted(database, network.regional, READY, READY)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    await choose_form(
        database, actor=actor, row_id=row_id, version=2, form=AnswerForm.LINK, scope=RowScope.ROW
    )  # fmt: skip
    given = await give_row_form(
        database, actor=actor, row_id=row_id, version=3, form_id=form_id, scope=RowScope.ROW
    )  # fmt: skip
    assert given == 1
    version = await version_of(database, document_id)
    await plan_document(database, actor=actor, document_id=document_id, version=version, now=MONDAY)
    async with database.read() as tx:
        found = await tx._connection.execute(select(activities.c.form_id, activities.c.asks).order_by(activities.c.id))
        assert [tuple(row) for row in found] == [(form_id, None), (None, None)], "the form takes the place of the link"


async def test_a_plain_answer_chosen_later_takes_the_form_away(database: Database, network: SmallNetwork) -> None:
    form_id = await form_of_region(database, network)
    document_id = await accepted(database, network.regional, READY)
    actor, row_id = await actor_of(database, network.regional), await row_of(database, document_id, 1)
    await give_row_form(database, actor=actor, row_id=row_id, version=2, form_id=form_id, scope=RowScope.DOCUMENT)
    await choose_form(database, actor=actor, row_id=row_id, version=3, form=None, scope=RowScope.ROW)
    async with database.read() as tx:
        assert [row.form_id for row in await tx.drafts.rows(document_id)] == [None]


async def test_a_draft_is_not_given_nor_used_by_those_below(database: Database, network: SmallNetwork) -> None:
    regional, school = await actor_of(database, network.regional), await actor_of(database, network.coordinator_1)
    shown = await begin_form(database, actor=regional, title="Черновик", source="test:1", now=MONDAY)
    assert [line.title for line in await list_forms(database, actor=regional)] == ["Черновик"]
    assert await list_forms(database, actor=school) == ()
    assert await published_forms(database, actor=regional) == ()
    with pytest.raises(NotFoundError):
        await show_made_form(database, actor=school, form_id=shown.made.id)
    document_id = await accepted(database, network.regional, READY)
    row_id = await row_of(database, document_id, 1)
    with pytest.raises(NotFoundError):
        await give_row_form(
            database, actor=regional, row_id=row_id, version=2, form_id=shown.made.id, scope=RowScope.ROW
        )


async def test_the_form_of_a_region_serves_below_and_is_changed_by_the_region_alone(
    database: Database, network: SmallNetwork
) -> None:
    form_id = await form_of_region(database, network)
    school = await actor_of(database, network.coordinator_1)
    assert [line.id for line in await published_forms(database, actor=school)] == [form_id]
    with pytest.raises(NotAllowedError):
        await change_form(
            database, actor=school, form_id=form_id, change=lambda draft: draft, source="test:2", now=MONDAY
        )
    amur = await actor_of(database, network.amur_regional)
    assert await published_forms(database, actor=amur) == (), "another region sees nothing of it"
    with pytest.raises(NotFoundError):
        await show_made_form(database, actor=amur, form_id=form_id)


async def test_two_editors_do_not_undo_each_other(database: Database, network: SmallNetwork) -> None:
    form_id = await form_of_region(database, network)
    actor = await actor_of(database, network.regional)
    added = [Proposed(Question("", QuestionKind.TEXT, "Ещё"))]

    def longer(draft: FormDraft) -> FormDraft:
        return with_questions(draft, added)

    for source in ("telegram:1", "telegram:2", "telegram:1"):  # the first is handled again after the second
        await change_form(database, actor=actor, form_id=form_id, change=longer, source=source, now=MONDAY)
    shown = await show_made_form(database, actor=actor, form_id=form_id)
    assert [one.key for one in shown.draft.questions][-2:] == ["q1", "q2"]
    assert len(shown.draft.questions) == len(QUESTIONS) + 2


async def test_what_was_guessed_is_not_published_unseen(database: Database, network: SmallNetwork) -> None:
    form_id = await form_of_region(database, network)
    actor = await actor_of(database, network.regional)
    guess = Proposed(Question("", QuestionKind.TEXT, "Ещё"), is_guessed=True)
    await change_form(
        database,
        actor=actor,
        form_id=form_id,
        change=lambda draft: with_questions(draft, [guess]),
        source="telegram:1",
        now=MONDAY,
    )
    with pytest.raises(UnconfirmedKindsError):
        await publish_form(database, actor=actor, form_id=form_id, now=MONDAY)
    await change_form(
        database,
        actor=actor,
        form_id=form_id,
        change=lambda draft: replace(draft, guessed=frozenset()),
        source="telegram:2",
        now=MONDAY,
    )
    first = await publish_form(database, actor=actor, form_id=form_id, now=MONDAY)
    again = await publish_form(database, actor=actor, form_id=form_id, now=MONDAY)
    assert (first.number, again.number) == (1, 1), "a second tap publishes nothing more"


async def test_a_retired_form_stays_named_where_it_is_attached(database: Database, network: SmallNetwork) -> None:
    form_id = await form_of_region(database, network)
    actor = await actor_of(database, network.regional)
    activity_id = await activity_of(database, await open_task(database, network))
    await attach_form(database, actor=actor, activity_id=activity_id, form_id=form_id, now=MONDAY)
    async with database.write() as tx:
        await tx.form_drafts.retire(form_id, now=MONDAY)
    choice = await show_form_choice(database, actor=actor, activity_id=activity_id)
    assert (choice.form_id, choice.title, choice.usable) == (form_id, "Мониторинг", ())
    with pytest.raises(NotFoundError):
        await change_form(
            database, actor=actor, form_id=form_id, change=lambda draft: draft, source="telegram:1", now=MONDAY
        )
