"""Calls for proposals for tests: made and announced by the use cases themselves."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from bot.domain.calls import CallPart, Proposal, ProposalText
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.services.make_call import announce_call, fill_call_part, start_call
from bot.services.send_proposal import send_proposal
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment

TITLE = "Идеи для летней смены"
QUESTION = "Какие занятия провести летом?"

_sources = count(1)


async def announced(
    database: Database, network: SmallNetwork, *, until: str = "до 30 сентября", now: datetime = MONDAY
) -> OccurrenceId:
    """To the teachers of the Vladimir region, by its coordinator."""
    actor = await actor_of(database, network.regional)
    draft = await start_call(database, actor=actor, unit_id=network.vladimir, now=now)
    for part, words in ((CallPart.TITLE, TITLE), (CallPart.QUESTION, QUESTION), (CallPart.UNTIL, until)):
        draft = await fill_call_part(database, actor=actor, draft_id=draft.id, part=part, words=words, now=now)
    made = await announce_call(database, actor=actor, draft_id=draft.id, version=draft.version, now=now)
    return made.occurrence_id


async def asked(database: Database, call: OccurrenceId, person: PersonId) -> AssignmentId:
    """By what this person was asked."""
    return await assignment(database, call, person=person)


async def sent(
    database: Database, call: OccurrenceId, person: PersonId, text: str, *, source: str = "", now: datetime = MONDAY
) -> Proposal:
    """The latest of his once this one was sent."""
    own = await send_proposal(
        database,
        actor=await actor_of(database, person),
        assignment_id=await asked(database, call, person),
        content=ProposalText(text),
        source=source or f"test:{next(_sources)}",
        now=now,
    )
    return own.proposals[-1]
