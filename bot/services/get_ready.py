"""What is read or built at its first use, used once before anybody waits for it."""

from __future__ import annotations

from contextlib import suppress

from bot.domain.ids import AssignmentId
from bot.domain.terms.reading import whole_grammar
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError

_NOBODY = 0


async def get_ready(storage: Storage) -> None:
    """Reads the grammar, and asks of nobody what every tap and every broadcast asks of somebody: to connect and to put
    those questions into words takes a tenth of a second of the processor, for which everybody would wait when the first
    person taps, and as long again when the first broadcast begins.

    A storage that is out of reach is asked by the first who needs it, and told of then.
    """
    whole_grammar()
    with suppress(StorageDownError):
        async with storage.read() as tx:
            await tx.people.actor_in_dialogue(_NOBODY, "", is_owner=False)
            await tx.replies.matter_and_source(AssignmentId(_NOBODY), "")
            await tx.inbox.waiting(1)
            tx.notices.get_ready()
            await tx.replies.alike([AssignmentId(_NOBODY)])
            await tx.replies.matters([AssignmentId(_NOBODY)])
