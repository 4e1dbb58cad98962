"""The words for a link that does not admit."""

from __future__ import annotations

from bot.config import Settings
from bot.domain.joining import AlreadyMemberError, InvitationRefusedError
from bot.domain.network import Actor
from bot.texts.catalogue import Markup, plain, say
from bot.texts.naming import shown_name


def refused_invitation(error: InvitationRefusedError, actor: Actor | None, settings: Settings) -> Markup:
    name = ""
    if actor is not None:
        name = shown_name(actor.person.full_name, actor.person.id, without_personal_data=settings.without_personal_data)
    return say(f"invitation-{error.problem.value}", name=name)


def already_registered(error: AlreadyMemberError) -> Markup:
    return say("already-registered", place=error.unit.title, role=plain("role-name", role=error.role.value))
