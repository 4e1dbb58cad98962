"""What an answer does to somebody who comes, or was asked to come, instead of somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import NoticeKind
from bot.domain.events import SubstitutionState
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import Answer, Matter
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.ports.substitutes import Substitution
from bot.services.refresh_messages import Change, refresh_standing


async def follow_answer(tx: Stores, matter: Matter, answer: Answer | None, *, now: datetime) -> bool:
    """Called before the answer is stored; whether anything changed by it.

    Who comes himself after all needs nobody in his place: the colleague is told, and the seat comes back. A colleague
    who had agreed and cannot come leaves the first to find another; he is told at once.
    """
    if answer is None or (matter.substitute is None and matter.comes_for is None):
        return False
    changed = False
    for one in await tx.substitutes.substitutions_about(matter.assignment.id):
        if one.assignment_id == matter.assignment.id:
            changed |= answer is Answer.COMING and await withdraw(tx, matter, one, now=now)
        elif one.state is SubstitutionState.AGREED and answer is not Answer.COMING:
            await tx.substitutes.decide([one.id], SubstitutionState.DECLINED, now=now)
            await tell_who_asked(tx, matter, one, SubstitutionState.DECLINED, now=now)
            changed = True
    return changed


async def release_deserted(storage: Storage, *, now: datetime) -> int:
    """Who counted on a colleague who has left the school is told to find another; returns how many are.

    The seat of the one who left, or his place, is nobody's any more. Running it again tells nobody twice.
    """
    async with storage.read() as tx:
        if not await tx.substitutes.deserted(now):
            return 0
    async with storage.write() as tx:
        deserted = await tx.substitutes.deserted(now)
        for one in deserted:
            first, theirs = await tx.replies.matter(one.assignment_id), one.their_assignment_id
            assert first is not None, "a substitution belongs to an assignment"
            if theirs is not None:
                await tx.seats.free(theirs)
                await tx.substitutes.take_back(theirs, withdraw=True, now=now)
            await tx.substitutes.decide([one.id], SubstitutionState.DECLINED, now=now)
            await tell_who_asked(tx, first, one, SubstitutionState.DECLINED, now=now)
    return len(deserted)


async def withdraw_all(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> None:
    """On another day everybody is asked anew: nobody comes instead of anybody, and the colleagues are told so.

    Called while the answers of the old day can still be told from invitations, and before the seats are cleared.
    """
    for one in await tx.substitutes.of_date(occurrence_id):
        matter = await tx.replies.matter(one.assignment_id)
        assert matter is not None, "a substitution belongs to an assignment"
        await withdraw(tx, matter, one, now=now)


async def withdraw(tx: Stores, matter: Matter, substitution: Substitution, *, now: datetime) -> bool:
    """The colleague need not come instead, whether he has agreed or has only been asked.

    Of a question that has not reached him he hears nothing: it waits for his morning, and is put aside there.
    """
    theirs = substitution.their_assignment_id
    if substitution.state is SubstitutionState.AGREED and theirs is not None:
        await tx.seats.hand_over(theirs, substitution.assignment_id)
        await tx.substitutes.take_back(theirs, withdraw=substitution.made_for_it, now=now)
    await tx.substitutes.decide([substitution.id], SubstitutionState.WITHDRAWN, now=now)
    if substitution.state is SubstitutionState.AGREED or await tx.substitutes.has_heard(substitution):
        told = substitution_notice(matter, substitution, substitution.colleague_id, "withdrawn", now=now)
        await tx.notices.plan([told], now=now)
    return True


async def tell_who_asked(
    tx: Stores, matter: Matter, substitution: Substitution, says: SubstitutionState, *, now: datetime
) -> None:
    """That the colleague comes, or does not: a message, and the older ones with the card follow."""
    news = substitution_notice(matter, substitution, substitution.person_id, says.value, now=now)
    await tx.notices.plan([replace(news, assignment_id=substitution.assignment_id)], now=now)
    change = Change.INSTEAD if says is SubstitutionState.AGREED else Change.NOT_INSTEAD
    await refresh_standing(tx, [substitution.assignment_id], change, now=now)


def substitution_notice(
    matter: Matter, substitution: Substitution, person_id: PersonId, event: str, *, now: datetime
) -> NewNotice:
    """``event``: asked, agreed, declined or withdrawn. No names are kept here: they are read when it is sent.

    It is of no version: a question that waits for the morning is asked all the same when the hour changes overnight.
    ``version``, in the detail, tells which hour the message names at the least.
    """
    return NewNotice(
        key=f"substitution:{substitution.id}:{event}:{now:%Y%m%dT%H%M%S%f}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=matter.due_at,
        occurrence_id=substitution.occurrence_id,
        detail={"event": f"substitute_{event}", "substitution": substitution.id, "version": matter.version},
    )
