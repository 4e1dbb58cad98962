"""Who acts, read with his dialogue in one question: what the two questions say, whoever asks."""

from __future__ import annotations

import pytest

from bot.ports.dialogues import Dialogue
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork, account_of

_STANDING = Dialogue("asked", {"message": 17})


@pytest.mark.parametrize("dialogue", [Dialogue(), _STANDING, Dialogue(None, {"kept": 1})], ids=["no", "one", "data"])
async def test_the_actor_is_read_with_his_dialogue(
    database: Database, network: SmallNetwork, dialogue: Dialogue
) -> None:
    async with database.write() as tx:
        his = await tx.memberships.of_person(network.teacher_2)
        await tx.memberships.leave([one.id for one in his], now=MONDAY)
        await tx.people.erase(network.teacher_1, now=MONDAY)
        await tx.dialogues.put("7:1:1", dialogue, now=MONDAY)
        await tx.dialogues.put("7:2:2", Dialogue("another's"), now=MONDAY)
    people = {
        "a coordinator": network.municipal,
        "one who has left": network.teacher_2,
        "one who had himself erased": network.teacher_1,
    }
    async with database.read() as tx:
        for reason, account in {"a stranger": 1, **{who: account_of(person) for who, person in people.items()}}.items():
            for is_owner in (False, True):
                actor = await tx.people.actor_by_account(account, is_owner=is_owner)
                together = await tx.people.actor_in_dialogue(account, "7:1:1", is_owner=is_owner)
                assert together == (actor, dialogue), reason
