"""What the bot can do, by whom he is asked. Each area adds its commands to the one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BotCommand, Message

from bot.domain.network import Actor
from bot.texts.catalogue import Markup, plain, say


class Audience(IntEnum):
    """Each sees the commands of those before him too."""

    PARTICIPANT = 1
    COORDINATOR = 2
    OWNER = 3


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Its words stand in the catalogue under «command-<name>»."""

    name: str
    audience: Audience


COMMANDS = (
    CommandLine("my", Audience.PARTICIPANT),
    CommandLine("questions", Audience.PARTICIPANT),
    CommandLine("calendar", Audience.PARTICIPANT),
    CommandLine("me", Audience.PARTICIPANT),
    CommandLine("help", Audience.PARTICIPANT),
    CommandLine("cancel", Audience.PARTICIPANT),
    CommandLine("board", Audience.COORDINATOR),
    CommandLine("documents", Audience.COORDINATOR),
    CommandLine("drafts", Audience.COORDINATOR),
    CommandLine("forms", Audience.COORDINATOR),
    CommandLine("ladders", Audience.COORDINATOR),
    CommandLine("webinar", Audience.COORDINATOR),
    CommandLine("event", Audience.COORDINATOR),
    CommandLine("webinars", Audience.COORDINATOR),
    CommandLine("call", Audience.COORDINATOR),
    CommandLine("selection", Audience.COORDINATOR),
    CommandLine("attendance", Audience.COORDINATOR),
    CommandLine("people", Audience.COORDINATOR),
    CommandLine("invite", Audience.COORDINATOR),
    CommandLine("network", Audience.COORDINATOR),
    CommandLine("parked", Audience.OWNER),
)
_TITLES = {
    Audience.PARTICIPANT: "help-title",
    Audience.COORDINATOR: "help-coordinator-title",
    Audience.OWNER: "help-owner-title",
}


def build_router() -> Router:
    router = Router(name="help")
    router.message.register(on_help, Command("help"))
    return router


async def on_help(message: Message, actor: Actor | None, state: FSMContext) -> None:
    await state.clear()
    await message.answer(say("help-stranger") if actor is None else help_text(actor))


def help_text(actor: Actor) -> Markup:
    """All commands this person can use, a group for each audience."""
    reach = audience_of(actor)
    groups = []
    for audience, title in _TITLES.items():
        lines = [
            say("help-line", command=command.name, words=plain(f"command-{command.name}"))
            for command in COMMANDS
            if command.audience is audience and audience <= reach
        ]
        if lines and audience is Audience.COORDINATOR:
            lines.append(say("help-document"))
        if lines:
            groups.append("\n".join([say(title), *lines]))
    return Markup("\n\n".join(groups))


def menu(audience: Audience) -> list[BotCommand]:
    """The messenger's own menu for this audience, for ``set_my_commands``."""
    return [
        BotCommand(command=command.name, description=plain(f"command-{command.name}"))
        for command in COMMANDS
        if command.audience <= audience
    ]


def audience_of(actor: Actor) -> Audience:
    if actor.is_owner:
        return Audience.OWNER
    return Audience.COORDINATOR if actor.is_coordinator else Audience.PARTICIPANT
