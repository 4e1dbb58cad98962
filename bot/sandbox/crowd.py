"""What people do: they write, send files, press buttons, block and leave. Bots learn of it by updates."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import Any

from bot.sandbox.accounts import BotAccount, Person
from bot.sandbox.chats import Chat, Json, StoredMessage
from bot.sandbox.entities.formatted import shown_text
from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.methods.membership import chat_member
from bot.sandbox.methods.sending import CAPTION_LENGTH, TEXT_LENGTH, without_reply
from bot.sandbox.world import CallbackQuery, World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Crowd:
    def __init__(self, world: World) -> None:
        self._world = world

    # Writing

    def write(
        self,
        chat_id: int,
        text: str,
        *,
        from_id: int | None = None,
        reply_to_message_id: int | None = None,
        token: str | None = None,
    ) -> Json:
        """The person writes; in a private chat this opens it. Raises ControlError."""
        chat, person = self._speaker(chat_id, from_id, token)
        shown, entities = self._typed(text, TEXT_LENGTH)
        content: Json = {"text": shown} | ({"entities": entities} if entities else {})
        return self._say(chat, person, content, reply_to_message_id)

    def send_document(
        self,
        chat_id: int,
        name: str,
        data: bytes,
        *,
        content_type: str = "",
        from_id: int | None = None,
        caption: str = "",
        token: str | None = None,
    ) -> Json:
        chat, person = self._speaker(chat_id, from_id, token)
        if not data:
            raise ControlError("an empty file cannot be sent")
        content: Json = {}
        if caption.strip():
            content["caption"], entities = self._typed(caption, CAPTION_LENGTH)
            content |= {"caption_entities": entities} if entities else {}
        stored = self._world.files.add("documents", name, content_type, data)
        return self._say(chat, person, {"document": stored.as_document()} | content, None)

    def start(self, chat_id: int, payload: str = "", *, token: str | None = None) -> Json:
        """Opens `t.me/<bot>?start=payload` and presses Start; who had blocked the bot unblocks it so.

        A payload of other signs than A-Z a-z 0-9 _ - or longer than 64 is dropped, as the link drops it.
        """
        person = self._living(chat_id)
        bot = self._bot_for(person, token)
        if bot.id in person.blocked_bot_ids:
            self.unblock(person.id, token=bot.token)
        command = f"/start {payload}" if _PAYLOAD.fullmatch(payload) else "/start"
        return self.write(chat_id, command, token=bot.token)

    def _typed(self, text: str, longest: int) -> tuple[str, list[Json]]:
        try:
            shown, entities = shown_text(text, [])
        except ApiError as error:
            raise ControlError(error.description) from None
        if len(shown) > longest:
            raise ControlError(f"the text is longer than {longest}: a client would send it in parts")
        return shown, entities

    def _say(self, chat: Chat, person: Person, content: Json, reply_to: int | None) -> Json:
        replied = None
        if reply_to is not None:
            replied = chat.messages.get(reply_to)
            if replied is None:
                raise ControlError(f"there is no message {reply_to} to reply to", 404)
            content = {"reply_to_message": without_reply(replied.body)} | content
        body = self._world.post(chat, person.as_user(), content).body
        for bot in self._bots_of(chat):
            if not chat.is_group or _is_for(bot, body, replied):
                bot.queue.push("message", body, chat.id)
        return body

    # Buttons

    async def press(
        self,
        chat_id: int,
        *,
        message_id: int | None = None,
        label: str | None = None,
        data: str | None = None,
        from_id: int | None = None,
        token: str | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - how long a client shows its progress bar, not a cancellation
    ) -> Json | None:
        """Presses an inline button and waits for the bot's answer: `{text, show_alert}`, or None if none came.

        Raises ControlError when no message has such a button, or it is not one that calls the bot back.
        """
        query = self.press_without_waiting(
            chat_id, message_id=message_id, label=label, data=data, from_id=from_id, token=token
        )
        await asyncio.wait({query.answered}, timeout=timeout)
        return query.answered.result() if query.answered.done() else None

    def press_without_waiting(
        self,
        chat_id: int,
        *,
        message_id: int | None = None,
        label: str | None = None,
        data: str | None = None,
        from_id: int | None = None,
        token: str | None = None,
    ) -> CallbackQuery:
        chat, message, button = self._find_button(chat_id, message_id, label, data, token)
        _, person = self._speaker(chat_id, from_id, self._token_of(chat))
        if "callback_data" not in button:
            raise ControlError(f"the button {button['text']!r} does not call the bot back", 409)
        bot = self._world.bot_by_id(message.bot_id or 0)
        assert bot is not None, "inline keyboards stand under bots' messages only"
        world = self._world
        now = world.clock.now()
        for old in [query for query in world.queries.values() if not query.is_answerable(now)]:
            del world.queries[old.id]
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        query = CallbackQuery(str(secrets.randbits(62) + 1), bot.id, chat.id, now, answered)
        world.queries[query.id] = query
        body = {
            "id": query.id,
            "from": person.as_user(),
            "message": message.body,
            "chat_instance": str(abs(chat.id) * 7919 + bot.id),
            "data": button["callback_data"],
        }
        bot.queue.push("callback_query", body, chat.id)
        return query

    def _find_button(
        self, chat_id: int, message_id: int | None, label: str | None, data: str | None, token: str | None
    ) -> tuple[Chat, StoredMessage, Json]:
        if label is None and data is None:
            raise ControlError("name the button by its label or its data")
        bot_id = self._named_bot(token).id if token else None
        found = [
            (chat, message, button)
            for chat in self._world.chats_with_id(chat_id)
            for message in chat.messages.values()
            if message_id in (None, message.id) and bot_id in (None, message.bot_id)
            for button in message.buttons()
            if label in (None, button["text"]) and data in (None, button.get("callback_data"))
        ]
        if not found:
            raise ControlError("no message in the chat has such a button", 404)
        latest = max(message.id for _, message, _ in found)
        return next(triple for triple in found if triple[1].id == latest)

    # Blocking and leaving

    def block(self, person_id: int, *, token: str | None = None) -> None:
        person = self._living(person_id)
        for bot in self._affected(person, token):
            if bot.id not in person.blocked_bot_ids:
                person.blocked_bot_ids.add(bot.id)
                self._tell_of_membership(bot, person, "member", "kicked")
        self._world.state_changed()

    def unblock(self, person_id: int, *, token: str | None = None) -> None:
        person = self._living(person_id)
        for bot in self._affected(person, token):
            if bot.id in person.blocked_bot_ids:
                person.blocked_bot_ids.discard(bot.id)
                self._tell_of_membership(bot, person, "kicked", "member")
        self._world.state_changed()

    def delete_account(self, person_id: int) -> None:
        """The account is gone for good: calls to its chat are refused. Telegram tells the bots nothing of it."""
        self._living(person_id).is_deleted = True
        self._world.state_changed()

    def _affected(self, person: Person, token: str | None) -> list[BotAccount]:
        if token:
            return [self._named_bot(token)]
        bots = [bot for bot in self._world.bots.values() if (bot.id, person.id) in self._world.private_chats]
        blocked = [bot for bot in self._world.bots.values() if bot.id in person.blocked_bot_ids]
        return bots + [bot for bot in blocked if bot not in bots] or [self._bot_for(person, None)]

    def _tell_of_membership(self, bot: BotAccount, person: Person, old: str, new: str) -> None:
        """A person who never opened the chat blocks it silently."""
        chat = self._world.private_chats.get((bot.id, person.id))
        if chat is not None:
            self._push_membership(bot, chat, person.as_user(), _standing(bot, old), _standing(bot, new))

    def _push_membership(self, bot: BotAccount, chat: Chat, who: Json, old: Json, new: Json) -> None:
        body = {
            "chat": chat.body,
            "from": who,
            "date": int(self._world.clock.now().timestamp()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        bot.queue.push("my_chat_member", body, chat.id)

    # Groups

    def create_group(
        self, title: str, member_ids: list[int], *, admin_ids: list[int] | None = None, token: str | None = None
    ) -> Chat:
        """Members are people and bots; when no bot is named, the one of `token` (or the only one) comes too."""
        world = self._world
        bots = {bot.id: bot for bot in world.bots.values() if bot.id in member_ids}
        people = {member_id for member_id in member_ids if member_id not in bots}
        unknown = sorted(people - set(world.people))
        if unknown:
            raise ControlError(f"nobody has the id {unknown[0]}", 404)
        if not title.strip():
            raise ControlError("a group needs a title")
        if not bots:
            bot = self._named_bot(token) if token else self._newest_bot()
            bots[bot.id] = bot
        chat = world.add_group(title, people, set(bots))
        chat.admin_ids.update(admin_ids or [])
        creator = world.people[min(people)].as_user() if people else next(iter(bots.values())).as_user()
        message = world.post(chat, creator, {"group_chat_created": True}, is_service=True)
        for bot in bots.values():
            user = bot.as_user()
            old = {"user": user, "status": "left"}
            self._push_membership(bot, chat, creator, old, chat_member(chat, user))
            bot.queue.push("message", message.body, chat.id)
        return chat

    def remove_bot(self, chat_id: int, *, token: str | None = None) -> None:
        """The bot is removed from a group by its people."""
        chat = self._world.groups.get(chat_id)
        if chat is None:
            raise ControlError("there is no such group", 404)
        for bot in [self._named_bot(token)] if token else self._bots_of(chat):
            user = bot.as_user()
            old = chat_member(chat, user)
            chat.bot_ids.discard(bot.id)
            chat.departed[bot.id] = "kicked"
            who = self._world.people[min(chat.member_ids)].as_user() if chat.member_ids else user
            self._push_membership(bot, chat, who, old, chat_member(chat, user))
        self._world.state_changed()

    def upgrade_group(self, chat_id: int) -> Chat:
        """The group becomes a supergroup under another id; calls to the old one are told so."""
        old = self._world.groups.get(chat_id)
        if old is None or old.body["type"] != "group" or old.upgraded_to is not None:
            raise ControlError("there is no such group", 404)
        new = self._world.add_group(old.body["title"], set(old.member_ids), set(old.bot_ids), kind="supergroup")
        new.admin_ids.update(old.admin_ids)
        old.upgraded_to = new.id
        for chat, content in (old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id}):
            body = self._world.post(chat, None, content, is_service=True).body
            for bot in self._bots_of(chat):
                bot.queue.push("message", body, chat.id)
        self._world.state_changed()
        return new

    # Who speaks, and to whom

    def _speaker(self, chat_id: int, from_id: int | None, token: str | None) -> tuple[Chat, Person]:
        if chat_id < 0:
            chat = self._world.groups.get(chat_id)
            if chat is None:
                raise ControlError("there is no such group", 404)
            if from_id is None and len(chat.member_ids) != 1:
                raise ControlError("from_id says who of the group speaks")
            person = self._living(from_id if from_id is not None else next(iter(chat.member_ids)))
            if person.id not in chat.member_ids:
                raise ControlError("this person is not in the group", 403)
            return chat, person
        if from_id not in (None, chat_id):
            raise ControlError("in a private chat only its person speaks")
        person = self._living(chat_id)
        bot = self._bot_for(person, token)
        if bot.id in person.blocked_bot_ids:
            raise ControlError("this person has blocked the bot and cannot write to it before unblocking", 403)
        return self._world.open_private_chat(bot, person), person

    def _living(self, person_id: int) -> Person:
        person = self._world.people.get(person_id)
        if person is None:
            raise ControlError(f"nobody has the id {person_id}", 404)
        if person.is_deleted:
            raise ControlError("this account is deleted", 403)
        return person

    def _bot_for(self, person: Person, token: str | None) -> BotAccount:
        """Without a token: the only bot, or the only one this person talks with, or else the newest."""
        if token:
            return self._named_bot(token)
        known = [bot for bot in self._world.bots.values() if (bot.id, person.id) in self._world.private_chats]
        return known[0] if len(known) == 1 else self._newest_bot()

    def _newest_bot(self) -> BotAccount:
        return list(self._world.bots.values())[-1]

    def _named_bot(self, token: str) -> BotAccount:
        bot = self._world.bots.get(token)
        if bot is None:
            raise ControlError("no bot has this token", 404)
        return bot

    def _token_of(self, chat: Chat) -> str | None:
        bots = self._bots_of(chat)
        return bots[0].token if bots and not chat.is_group else None

    def _bots_of(self, chat: Chat) -> list[BotAccount]:
        return [bot for bot in self._world.bots.values() if bot.id in chat.bot_ids]


def _standing(bot: BotAccount, status: str) -> Json:
    standing: Json = {"user": bot.as_user(), "status": status}
    return standing | {"until_date": 0} if status == "kicked" else standing


def _is_for(bot: BotAccount, body: Json, replied: StoredMessage | None) -> bool:
    """Privacy mode in groups: a bot sees commands, replies to it and mentions of it."""
    if bot.can_read_all_group_messages or (replied is not None and replied.bot_id == bot.id):
        return True
    text: str = body.get("text") or body.get("caption") or ""
    entities: list[dict[str, Any]] = body.get("entities") or body.get("caption_entities") or []
    own = f"@{bot.username}".lower()
    encoded = text.encode("utf-16-le")
    for entity in entities:
        part = encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le").lower()
        if entity["type"] == "mention" and part == own:
            return True
        if entity["type"] == "bot_command" and ("@" not in part or part.endswith(own)):
            return True
    return False
