"""The messenger tells when a person blocks the bot or comes back."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from bot.domain.network import Reach
from bot.ports.storage import Storage
from bot.services.note_reach import note_reach_of_account


def build_router() -> Router:
    router = Router(name="reach")
    router.my_chat_member.register(on_change, F.chat.type == ChatType.PRIVATE)
    return router


async def on_change(event: ChatMemberUpdated, app_storage: Storage, now: datetime) -> None:
    is_blocked = event.new_chat_member.status == ChatMemberStatus.KICKED
    reach = Reach.BLOCKED if is_blocked else Reach.REACHABLE
    await note_reach_of_account(app_storage, account=event.chat.id, reach=reach, now=now)
