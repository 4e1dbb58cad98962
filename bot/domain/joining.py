"""What may be refused to somebody who wants to join."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.network import Role, Unit

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what t.me/<bot>?start= carries
_TOKEN_BYTES = 12


class InvitationProblem(StrEnum):
    """Why a link does not admit this person."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    TAKEN = "taken"  # a personal link that somebody else has used
    OTHER_PERSON = "other_person"  # a personal link, opened by an account registered under another name


class InvitationRefusedError(DomainError):
    """The link does not admit the one who opened it; ``problem`` says why."""

    def __init__(self, problem: InvitationProblem) -> None:
        super().__init__(f"invitation refused: {problem}")
        self.problem = problem


class AlreadyMemberError(DomainError):
    """He belongs to ``unit`` in ``role`` already."""

    def __init__(self, unit: Unit, role: Role) -> None:
        super().__init__(f"a member of unit {unit.id} as {role} already")
        self.unit = unit
        self.role = role


class ConsentOutdatedError(DomainError):
    """The consent was given to an older wording than the present one: it is asked for again."""


class RequestSettledError(DomainError):
    """The request was decided or withdrawn before."""


def is_token(text: str) -> bool:
    """Whether a start payload can be an invitation's token at all."""
    return _TOKEN.fullmatch(text) is not None


def new_token() -> str:
    """An invitation's secret: 96 random bits in 16 signs of the payload's alphabet."""
    return secrets.token_urlsafe(_TOKEN_BYTES)
