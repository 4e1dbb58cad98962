"""Chats and who is in them."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json
from bot.sandbox.errors import refuse
from bot.sandbox.methods.invocation import Invocation


def get_chat(call: Invocation) -> Json:
    chat = call.chat()
    full: Json = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    full |= chat.body
    if chat.body.get("username"):
        full["active_usernames"] = [chat.body["username"]]
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return full


def get_chat_member(call: Invocation) -> Json:
    chat = call.chat()
    user_id = call.arguments.integer("user_id")
    if user_id == 0:
        refuse("Invalid user_id specified")
    user = call.known_user(user_id)
    if user is None:
        refuse("User not found")
    return chat_member(chat, user)


def chat_member(chat: Chat, user: Json) -> Json:
    user_id = user["id"]
    if user_id in chat.admin_ids:
        return _administrator(user)
    is_in = user_id in chat.member_ids or user_id in chat.bot_ids
    status = "member" if is_in else chat.departed.get(user_id, "left")
    member: Json = {"user": user, "status": status}
    return member | {"until_date": 0} if status == "kicked" else member


def _administrator(user: Json) -> Json:
    rights = [
        "can_manage_chat",
        "can_change_info",
        "can_delete_messages",
        "can_invite_users",
        "can_restrict_members",
        "can_pin_messages",
        "can_promote_members",
        "can_manage_video_chats",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ]
    rest = {"can_be_edited": False, "is_anonymous": False}
    return {"user": user, "status": "administrator"} | dict.fromkeys(rights, True) | rest


def get_chat_administrators(call: Invocation) -> list[Json]:
    chat = call.chat()
    if not chat.is_group:
        refuse("There are no administrators in the private chat")
    users = (call.known_user(user_id) for user_id in sorted(chat.admin_ids - {call.bot.id}))
    return [_administrator(user) for user in users if user is not None]


def get_chat_member_count(call: Invocation) -> int:
    chat = call.chat()
    return len(chat.member_ids | chat.bot_ids)


def leave_chat(call: Invocation) -> bool:
    chat = call.chat()
    if not chat.is_group:
        refuse("Chat member status can't be changed in private chats")
    chat.bot_ids.discard(call.bot.id)
    chat.departed[call.bot.id] = "left"
    call.world.state_changed()
    return True


def get_user_profile_photos(call: Invocation) -> Json:
    if call.known_user(call.arguments.integer("user_id")) is None:
        refuse("User not found")
    return {"total_count": 0, "photos": []}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "getUserProfilePhotos": get_user_profile_photos,
}
