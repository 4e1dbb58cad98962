"""A call through the whole bot: who is told, who is reminded, and what its authors hear."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.domain.calls import ProposalState
from bot.domain.ids import PersonId
from bot.services.read_proposals import decide_proposal, end_call, export_call, undo_proposal
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.calls import announced, sent
from tests.factories import SmallNetwork, account_of
from tests.running import Running, everybody, running

THE_MIDDLE = datetime(2026, 9, 19, 6, 0, tzinfo=UTC)
"""A Saturday: what falls on it comes on Monday."""
MONDAY_AFTER = datetime(2026, 9, 21, 6, 0, tzinfo=UTC)
NEAR_THE_END = datetime(2026, 9, 28, 6, 0, tzinfo=UTC)
AFTER_THE_END = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


async def test_only_who_sent_nothing_is_reminded_twice_and_nobody_above_hears_of_it(
    database_file: Path, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        call = await announced(database, network)
        await live.app.tick()
        assert _calls_heard(live, network.teacher_1) == ["💡 Ждём ваших предложений"]
        await sent(database, call, network.teacher_1, "Шахматы")
        for moment in (THE_MIDDLE, MONDAY_AFTER, NEAR_THE_END, AFTER_THE_END):
            clock.move_to(moment)
            await live.app.tick()
        assert _calls_heard(live, network.teacher_1) == ["💡 Ждём ваших предложений"]
        assert _calls_heard(live, network.teacher_2) == [
            "💡 Ждём ваших предложений",
            "💡 До конца сбора предложений 9 дней",
            "💡 До конца сбора предложений 2 дня",
        ]
        assert live.told(network.municipal) == []
        assert live.told(network.regional) == []


async def test_the_author_hears_the_decision_that_stood_in_the_end(
    database_file: Path, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        call = await announced(database, network)
        await live.app.tick()
        proposal = await sent(database, call, network.teacher_1, "Шахматы")
        actor = await actor_of(database, network.regional)
        new, accepted, declined = ProposalState.NEW, ProposalState.ACCEPTED, ProposalState.DECLINED
        await decide_proposal(database, actor=actor, proposal_id=proposal.id, seen=new, to=accepted, now=MONDAY)
        await undo_proposal(database, actor=actor, proposal_id=proposal.id, back_to=new, now=MONDAY)
        later = MONDAY + timedelta(minutes=1)
        await decide_proposal(
            database, actor=actor, proposal_id=proposal.id, seen=new, to=declined, word="Уже есть", now=later
        )
        await live.app.tick()
        assert len(live.told(network.teacher_1)) == 1, "it can still be taken back"
        await end_call(database, actor=actor, occurrence_id=call, version=1, now=later)
        clock.move_to(MONDAY + timedelta(minutes=12))
        await live.app.tick()
        heard = [message["text"] for message in live.told(network.teacher_1)[1:]]
        assert len(heard) == 2
        (told,) = [text for text in heard if text.startswith("💡 Спасибо за предложение!")]
        assert "Координатор пишет: Уже есть" in told
        (ended,) = [text for text in heard if text != told]
        assert ended.startswith("💡 Сбор предложений завершён раньше")


async def test_a_decision_of_the_evening_is_told_in_the_morning(
    database_file: Path, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        call = await announced(database, network)
        await live.app.tick()
        proposal = await sent(database, call, network.teacher_1, "Шахматы")
        evening = datetime(2026, 9, 7, 18, 30, tzinfo=UTC)
        clock.move_to(evening)
        await decide_proposal(
            database,
            actor=await actor_of(database, network.regional),
            proposal_id=proposal.id,
            seen=ProposalState.NEW,
            to=ProposalState.ACCEPTED,
            now=evening,
        )
        clock.move_to(evening + timedelta(minutes=15))
        await live.app.tick()
        assert len(live.told(network.teacher_1)) == 1
        clock.move_to(datetime(2026, 9, 8, 5, 5, tzinfo=UTC))
        await live.app.tick()
        assert live.headings(network.teacher_1)[-1] == "✅ Ваше предложение приняли. Спасибо!"


async def test_what_was_begun_before_a_restart_is_ended_after_it(
    database_file: Path, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    account = account_of(network.teacher_1)
    call = await announced(database, network)
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        await live.app.tick()
        pressing = asyncio.create_task(live.sandbox.press(account, "💡 Предложить"))
        while not pressing.done():
            await asyncio.sleep(0)
            await live.app.drain()
        await pressing
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        live.sandbox.person_writes(account, "Шахматы")
        await live.app.drain()
        assert live.headings(network.teacher_1)[-1].startswith("💡 Спасибо, передал координатору!")
    actor = await actor_of(database, network.regional)
    (one,) = (await export_call(database, actor=actor, occurrence_id=call)).proposals
    assert one.content.text == "Шахматы"


def _calls_heard(live: Running, person: PersonId) -> list[str]:
    return [heading for heading in live.headings(person) if "предложени" in heading]
