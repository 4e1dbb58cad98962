from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Message

from bot.domain.threads import FileKind, Said, SentFile
from handlers.threads.content import said_in

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 9, "height": 9}


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        ({"text": " два\nслова "}, Said("два\nслова"), "lines stay lines"),
        ({"photo": [SIZED, {**SIZED, "file_id": "big"}]}, Said(None, SentFile(FileKind.PHOTO, "big")), "the largest"),
        (
            {"document": {**FILE, "file_name": "план.docx"}, "caption": "вот"},
            Said("вот", SentFile(FileKind.DOCUMENT, "f", "план.docx")),
            "with its words and name",
        ),
        (
            {"animation": {**SIZED, "duration": 1}, "document": FILE},
            Said(None, SentFile(FileKind.ANIMATION, "f")),
            "an animation comes with a document, and is none",
        ),
        ({"voice": {**FILE, "duration": 1}}, Said(None, SentFile(FileKind.VOICE, "f")), "a voice"),
        ({"audio": {**FILE, "duration": 1}}, Said(None, SentFile(FileKind.AUDIO, "f")), "a recording"),
        ({"video": {**SIZED, "duration": 1}}, Said(None, SentFile(FileKind.VIDEO, "f")), "a video"),
        ({"video_note": {**FILE, "length": 9, "duration": 1}}, Said(None, SentFile(FileKind.ROUND, "f")), "round"),
        ({"text": "  "}, None, "nothing was said"),
        ({"contact": {"phone_number": "1", "first_name": "А"}}, None, "another's number is not passed on"),
    ],
)  # fmt: skip
def test_a_message_brings_words_and_a_file(content: dict[str, Any], said: Said | None, reason: str) -> None:
    here = {"id": 1, "type": "private"}
    message = Message.model_validate(
        {"message_id": 1, "date": datetime(2026, 9, 7, tzinfo=UTC), "chat": here, **content}
    )
    assert said_in(message) == said, reason
