"""A coordinator lets an applicant in, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import RequestId
from bot.domain.network import Actor
from bot.ports.join_requests import JoinRequest, RequestState
from bot.ports.notices import NewNotice
from bot.ports.people import NewMembership
from bot.ports.storage import Storage

DECISION_HELPS_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Decision:
    """``is_new`` is False when the request had been settled before: then nothing changed, and it tells by whom."""

    request: JoinRequest
    is_new: bool


async def decide_request(
    storage: Storage, *, actor: Actor, request_id: RequestId, is_accepted: bool, now: datetime
) -> Decision:
    """Admits or declines, once; the applicant is told by a notice. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        request = await tx.join_requests.get(request_id)
        if request is None:
            raise NotFoundError(f"no request {request_id}")
        if not actor.can_manage(request.unit.path):
            raise NotAllowedError(f"request {request_id} is for another part of the network")
        state = RequestState.ACCEPTED if is_accepted else RequestState.DECLINED
        is_new = await tx.join_requests.settle(request_id, state, decided_by=actor.person.id, now=now)
        if is_new:
            if is_accepted:
                await tx.memberships.add([NewMembership(request.person_id, request.unit.id, request.role)], now=now)
            await tx.notices.plan([_decision_notice(request, now)], now=now)
            await tx.audit.record(
                f"request {state.value}",
                by=actor.person.id,
                unit_id=request.unit.id,
                detail={"request_id": request_id, "person_id": request.person_id, "role": request.role.value},
                now=now,
            )
        settled = await tx.join_requests.get(request_id)
        assert settled is not None, "it was there a moment ago, in this very transaction"
        return Decision(settled, is_new)


async def read_request(storage: Storage, *, actor: Actor, request_id: RequestId) -> JoinRequest:
    """The request as it stands, for who may decide it. Raises NotFoundError, NotAllowedError."""
    async with storage.read() as tx:
        request = await tx.join_requests.get(request_id)
        if request is None:
            raise NotFoundError(f"no request {request_id}")
        if not actor.can_manage(request.unit.path):
            raise NotAllowedError(f"request {request_id} is for another part of the network")
        return request


def _decision_notice(request: JoinRequest, now: datetime) -> NewNotice:
    return NewNotice(
        key=f"joined:{request.id}",
        person_id=request.person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + DECISION_HELPS_FOR,
        detail={"event": "join_decided", "request_id": request.id},
    )
