"""Calls for proposals by their use cases: who may send, read and decide, and what is stored."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.broadcasts import BroadcastKind
from bot.domain.calls import (
    MAX_PROPOSAL,
    CallEndedError,
    CallPart,
    CallUnfinishedError,
    Proposal,
    ProposalDecidedError,
    ProposalState,
    ProposalText,
    ProposalTooLongError,
)
from bot.domain.errors import NotAllowedError, NotFoundError, OutdatedError
from bot.domain.event_drafts import everyone_of
from bot.domain.ids import CallDraftId, OccurrenceId, PersonId, ProposalId
from bot.domain.own_terms import TermNotReadError, TermPastError
from bot.services.change_profile import erase_own_data
from bot.services.list_matters import list_matters
from bot.services.make_call import (
    announce_call,
    choose_call_audience,
    delete_call_draft,
    fill_call_part,
    preview_call,
    start_call,
)
from bot.services.read_proposals import (
    decide_proposal,
    end_call,
    export_call,
    list_calls,
    next_proposal,
    read_proposal,
    show_call,
    undo_proposal,
)
from bot.services.send_proposal import own_proposals, send_proposal, withdraw_proposal
from bot.services.show_board import list_board
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.calls import announced, asked, sent
from tests.factories import SmallNetwork

MOSCOW = ZoneInfo("Europe/Moscow")
NEW, ACCEPTED, DECLINED = ProposalState.NEW, ProposalState.ACCEPTED, ProposalState.DECLINED


@pytest.mark.parametrize(
    ("words", "error"),
    [("когда-нибудь", TermNotReadError), ("до 1 сентября 2026", TermPastError)],
)
async def test_the_last_day_is_understood_or_asked_again(
    database: Database, network: SmallNetwork, words: str, error: type[Exception]
) -> None:
    actor = await actor_of(database, network.regional)
    draft = await start_call(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    with pytest.raises(error):
        await fill_call_part(database, actor=actor, draft_id=draft.id, part=CallPart.UNTIL, words=words, now=MONDAY)


async def test_nothing_unfinished_is_announced(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    draft = await start_call(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    with pytest.raises(CallUnfinishedError):
        await preview_call(database, actor=actor, draft_id=draft.id, now=MONDAY)
    with pytest.raises(CallUnfinishedError):
        await announce_call(database, actor=actor, draft_id=draft.id, version=draft.version, now=MONDAY)


async def test_announcing_twice_opens_one_call(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    call = await announced(database, network)
    again = await start_call(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    repeated = await announce_call(database, actor=actor, draft_id=_before(again.id), version=1, now=MONDAY)
    assert (repeated.occurrence_id, repeated.is_repeat) == (call, True)
    assert len((await list_calls(database, actor=actor)).calls) == 1


@pytest.mark.parametrize("person", ["municipal", "amur_regional", "coordinator_1"])
async def test_a_draft_is_its_makers_alone(database: Database, network: SmallNetwork, person: str) -> None:
    actor = await actor_of(database, network.regional)
    draft = await start_call(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    stranger = await actor_of(database, getattr(network, person))
    with pytest.raises(NotFoundError):
        await delete_call_draft(database, actor=stranger, draft_id=draft.id)
    with pytest.raises(NotFoundError):
        await start_call(database, actor=stranger, unit_id=network.vladimir, now=MONDAY)


async def test_nobody_asks_beyond_his_part(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    draft = await start_call(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    with pytest.raises(NotFoundError):
        await choose_call_audience(
            database, actor=actor, draft_id=draft.id, version=1, audience=everyone_of(network.amur), now=MONDAY
        )
    with pytest.raises(OutdatedError):
        await choose_call_audience(
            database, actor=actor, draft_id=draft.id, version=7, audience=everyone_of(network.suzdal), now=MONDAY
        )


async def test_one_person_sends_several_and_an_update_handled_again_sends_none(
    database: Database, network: SmallNetwork
) -> None:
    call = await announced(database, network)
    await sent(database, call, network.teacher_1, "Шахматы", source="telegram:1")
    await sent(database, call, network.teacher_1, "Шахматы", source="telegram:1")
    await sent(database, call, network.teacher_1, "Поход", source="telegram:2")
    assert [one.content.text for one in await _of(database, network.teacher_1, call)] == ["Шахматы", "Поход"]


async def test_only_who_was_asked_sends(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    stranger = await actor_of(database, network.teacher_4)
    assignment_id = await asked(database, call, network.teacher_1)
    with pytest.raises(NotFoundError):
        await send_proposal(
            database, actor=stranger, assignment_id=assignment_id, content=ProposalText("Я"), source="x", now=MONDAY
        )


async def test_nothing_is_taken_after_the_last_day(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network, until="до 15 сентября")
    await sent(database, call, network.teacher_1, "Успел", now=MONDAY + timedelta(days=8, hours=11))
    with pytest.raises(CallEndedError):
        await sent(database, call, network.teacher_1, "Опоздал", now=MONDAY + timedelta(days=8, hours=12))


async def test_nothing_is_taken_once_the_call_is_ended(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    actor = await actor_of(database, network.regional)
    await sent(database, call, network.teacher_1, "Шахматы")
    await end_call(database, actor=actor, occurrence_id=call, version=1, now=MONDAY)
    with pytest.raises(CallEndedError):
        await sent(database, call, network.teacher_2, "Поход")
    assert (await show_call(database, actor=actor, occurrence_id=call)).call.total == 1, "what came stays"
    async with database.read() as tx:
        watched = [broadcast.kind for broadcast, _ in await tx.broadcasts.running()]
    assert watched[-1] is BroadcastKind.ENDED, "he sees the same word as those who are told: it is not called off"


async def test_what_one_message_does_not_show_is_refused(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    with pytest.raises(ProposalTooLongError):
        await sent(database, call, network.teacher_1, "а" * (MAX_PROPOSAL + 1))


async def test_a_proposal_answers_the_call_and_the_last_one_withdrawn_opens_it_again(
    database: Database, network: SmallNetwork
) -> None:
    call = await announced(database, network)
    actor = await actor_of(database, network.teacher_1)
    first = await sent(database, call, network.teacher_1, "Шахматы")
    second = await sent(database, call, network.teacher_1, "Поход")
    assert await _open(database, network.teacher_1) == 0
    await withdraw_proposal(database, actor=actor, proposal_id=first.id, now=MONDAY)
    assert await _open(database, network.teacher_1) == 0, "the other one stands"
    await withdraw_proposal(database, actor=actor, proposal_id=second.id, now=MONDAY)
    await withdraw_proposal(database, actor=actor, proposal_id=second.id, now=MONDAY)
    assert await _open(database, network.teacher_1) == 1


async def test_what_was_decided_cannot_be_withdrawn(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    proposal = await sent(database, call, network.teacher_1, "Шахматы")
    await _decide(database, network.regional, proposal.id, ACCEPTED)
    with pytest.raises(ProposalDecidedError):
        await withdraw_proposal(
            database, actor=await actor_of(database, network.teacher_1), proposal_id=proposal.id, now=MONDAY
        )


async def test_proposals_are_counted_by_unit(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    first = await sent(database, call, network.teacher_1, "Шахматы")
    await sent(database, call, network.teacher_1, "Поход")
    await sent(database, call, network.teacher_2, "Театр")
    await _decide(database, network.regional, first.id, ACCEPTED)
    view = await show_call(database, actor=await actor_of(database, network.regional), occurrence_id=call)
    assert (view.call.total, view.call.new, view.call.asked) == (3, 2, 2)
    assert [(unit.title, unit.total, unit.new) for unit in view.units] == [
        ("Школа № 1 г. Суздаля", 2, 1),
        ("Школа № 2 г. Суздаля", 1, 1),
    ]


@pytest.mark.parametrize("person", ["municipal", "amur_regional", "coordinator_1"])
async def test_only_above_the_call_are_proposals_read(database: Database, network: SmallNetwork, person: str) -> None:
    call = await announced(database, network)
    proposal = await sent(database, call, network.teacher_1, "Шахматы")
    stranger = await actor_of(database, getattr(network, person))
    assert (await list_calls(database, actor=stranger)).calls == ()
    for reading in (
        show_call(database, actor=stranger, occurrence_id=call),
        read_proposal(database, actor=stranger, proposal_id=proposal.id),
        export_call(database, actor=stranger, occurrence_id=call),
        end_call(database, actor=stranger, occurrence_id=call, version=1, now=MONDAY),
        _decide(database, getattr(network, person), proposal.id, ACCEPTED),
    ):
        with pytest.raises(NotFoundError):
            await reading


async def test_who_coordinates_nothing_has_no_calls(database: Database, network: SmallNetwork) -> None:
    with pytest.raises(NotAllowedError):
        await list_calls(database, actor=await actor_of(database, network.teacher_1))


async def test_the_same_tap_again_decides_once_and_another_is_told(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    proposal = await sent(database, call, network.teacher_1, "Шахматы")
    await _decide(database, network.regional, proposal.id, ACCEPTED)
    again = await _decide(database, network.regional, proposal.id, ACCEPTED)
    assert again is ACCEPTED
    with pytest.raises(ProposalDecidedError):
        await _decide(database, network.regional, proposal.id, DECLINED)


async def test_a_decision_taken_back_waits_where_it_was(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    actor = await actor_of(database, network.regional)
    proposal = await sent(database, call, network.teacher_1, "Шахматы")
    await _decide(database, network.regional, proposal.id, ProposalState.IN_WORK)
    await _decide(database, network.regional, proposal.id, DECLINED, seen=ProposalState.IN_WORK)
    undone = await undo_proposal(
        database, actor=actor, proposal_id=proposal.id, back_to=ProposalState.IN_WORK, now=MONDAY
    )
    assert undone.proposal.state is ProposalState.IN_WORK
    with pytest.raises(ProposalDecidedError):
        await undo_proposal(
            database, actor=actor, proposal_id=proposal.id, back_to=NEW, now=MONDAY + timedelta(minutes=11)
        )


async def test_new_ones_are_read_in_their_order_and_those_passed_over_come_again(
    database: Database, network: SmallNetwork
) -> None:
    call = await announced(database, network)
    actor = await actor_of(database, network.regional)
    first = await sent(database, call, network.teacher_1, "Шахматы")
    second = await sent(database, call, network.teacher_2, "Поход")
    after_first = await next_proposal(database, actor=actor, occurrence_id=call, state=NEW, after=first.id)
    after_last = await next_proposal(database, actor=actor, occurrence_id=call, state=NEW, after=second.id)
    assert after_first is not None
    assert after_first.proposal.id == second.id
    assert after_last is not None
    assert after_last.proposal.id == first.id


async def test_a_call_stands_on_no_board(database: Database, network: SmallNetwork) -> None:
    await announced(database, network)
    board = await list_board(database, actor=await actor_of(database, network.regional), now=MONDAY)
    assert board.lines == (), "nobody is silent on it"


async def test_a_call_is_a_matter_until_its_end(database: Database, network: SmallNetwork) -> None:
    await announced(database, network, until="до 15 сентября")
    assert await _open(database, network.teacher_1) == 1
    assert await _open(database, network.teacher_1, days=10) == 0, "nothing is overdue about it"


async def test_his_words_are_in_his_file_and_go_with_him(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    proposal = await sent(database, call, network.teacher_1, "Шахматы")
    await _decide(database, network.regional, proposal.id, DECLINED, word="Уже есть")
    async with database.read() as tx:
        exported = await tx.people.export(network.teacher_1)
    assert [(one["text"], one["decision"]) for one in exported["proposals"]] == [("Шахматы", "Уже есть")]
    await erase_own_data(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)
    actor = await actor_of(database, network.regional)
    (left,) = (await export_call(database, actor=actor, occurrence_id=call)).proposals
    assert (left.content, left.person_name, left.state) == (ProposalText(""), "", DECLINED)


def _before(number: int) -> CallDraftId:
    return CallDraftId(number - 1)


async def _decide(
    database: Database,
    person: PersonId,
    proposal_id: ProposalId,
    to: ProposalState,
    *,
    seen: ProposalState = NEW,
    word: str = "",
) -> ProposalState:
    actor = await actor_of(database, person)
    read = await decide_proposal(
        database, actor=actor, proposal_id=proposal_id, seen=seen, to=to, word=word, now=MONDAY
    )
    return read.proposal.state


async def _of(database: Database, person: PersonId, call: OccurrenceId) -> tuple[Proposal, ...]:
    actor, assignment_id = await actor_of(database, person), await asked(database, call, person)
    return (await own_proposals(database, actor=actor, assignment_id=assignment_id, now=MONDAY)).proposals


async def _open(database: Database, person: PersonId, *, days: int = 0) -> int:
    actor = await actor_of(database, person)
    now = MONDAY + timedelta(days=days)
    return (await list_matters(database, actor=actor, answered=False, page=1, reader=MOSCOW, now=now)).total
