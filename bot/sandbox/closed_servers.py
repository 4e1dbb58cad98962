"""What Telegram's closed servers decide and no public source shows: one table, the evidence beside each row.

Correct a row here when a live answer contradicts it; nothing else in the sandbox repeats these values.
"""

from __future__ import annotations

from datetime import timedelta

# Refusals of the servers reach the bot word for word.
CALLBACK_DATA_TOO_LONG = "BUTTON_DATA_INVALID"  # Telethon's error list; documentation of InlineKeyboardButton
WEB_APP_BUTTON_IN_GROUP = "BUTTON_TYPE_INVALID"  # telegraf#2031, tbxark/mail2telegram#29
EDITED_TEXT_TOO_LONG = "MESSAGE_TOO_LONG"  # derived: the edit path has no check of the client's own
CALLBACK_ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"  # messages.setBotCallbackAnswer; documentation gives 0-200
WRONG_REACTION = "REACTION_INVALID"  # Telethon's error list
TOO_MANY_REACTIONS = "REACTIONS_TOO_MANY"  # Telethon's error list
WRONG_COMMAND = "BOT_COMMAND_INVALID"  # levlam in telegram-bot-api#98
TOO_MANY_COMMANDS = "BOT_COMMANDS_TOO_MUCH"  # Telethon#4700
NOT_AN_IMAGE = "IMAGE_PROCESS_FAILED"  # reports about sendPhoto with a file that is no picture

CALLBACK_DATA_BYTES = 64  # documentation of InlineKeyboardButton: 1-64 bytes
CALLBACK_ANSWER_LENGTH = 200  # documentation of answerCallbackQuery
COMMANDS = 100  # documentation of setMyCommands
UPLOAD_BYTES = 50 * 1024 * 1024  # documentation of sendDocument; telegram-bot-api#720 shows the 413
PHOTO_BYTES = 10 * 1024 * 1024  # documentation of sendPhoto
REPLY_MARKUP_BYTES = 10 * 1024  # "reply markup is too long" exists; the threshold is from reports of about 10 KB

# How long a query can be answered is unpublished. 150 s is how long the open server keeps the update for the bot.
QUERY_LIFETIME = timedelta(seconds=150)
# A second answer to one query: strict emulators refuse it with the words for an expired one; so do we.
SECOND_ANSWER_IS_REFUSED = True

# Thresholds of the flood control are unpublished.
# FAQ: one message a second to a chat with "short bursts", 30 a second in all, 20 a minute to a group.
PER_SECOND = 30.0
PER_CHAT_PER_SECOND = 1.0
PER_GROUP_PER_MINUTE = 20.0
PER_CHAT_BURST = 3.0  # "short bursts": a guess
PAID_PER_SECOND = 1000.0  # documentation of allow_paid_broadcast

# Documentation of ReactionTypeEmoji.
REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)
