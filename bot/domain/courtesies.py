"""What people write to whoever has helped them, a bot too: it asks nothing, and nobody need read it."""

from __future__ import annotations

import re

_MEANT = frozenset(
    {
        *("спасибо", "спасибки", "спс", "благодарю"),
        *("ок", "окей", "ok", "хорошо", "отлично", "супер"),
        *("понял", "поняла", "поняли", "понятно", "ясно", "принято", "принял", "приняла"),
    }
)
_AROUND = frozenset(
    {"большое", "огромное", "вам", "тебе", "всё", "все", "очень", "за", "информацию", "напоминание", "помощь", "и"}
)
_WORD = re.compile(r"\w+")


def is_courtesy(text: str) -> bool:
    """«Спасибо большое!», «ок», «👍»; never where something is asked or anything else is said."""
    if "?" in text:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return bool(text.strip())
    return any(word in _MEANT for word in words) and all(word in _MEANT or word in _AROUND for word in words)
