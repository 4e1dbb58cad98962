"""How wide words are on a phone: a caption that is too long for its button is cut off there with «…»."""

from __future__ import annotations

PHONE = 322
"""Pixels of a keyboard under a message on a phone of 390, the narrower of the two apps; its letters are of 16."""

_GAP, _PADDING = 4, 10
_NARROW = frozenset(" .,:;·!|‹›()[]'’…-іl1i")
_WIDE = frozenset("жшщмюыфдъm№%—–+@")
_INVISIBLE = frozenset("\ufe0f\u200d")  # they only join others or turn them into pictures
_PICTURES = frozenset("↩↺⬅⬇⬆☑⚠⚖ℹ▫▪✏✍✖➖➕➡❓❗✅❌✋✉⏰⏳⏩⏹▶⭐☕〰⏸")


def width(caption: str) -> int:
    """About as many pixels as it takes: each letter by its kind."""
    return sum(_width(sign) for sign in caption if sign not in _INVISIBLE)


def room(columns: int) -> float:
    """The pixels for a caption where so many buttons stand side by side."""
    return (PHONE - _GAP * (columns - 1)) / columns - _PADDING


def _width(sign: str) -> int:
    if sign in _PICTURES or ord(sign) >= 0x1F000:
        return 20
    if sign in _NARROW:
        return 5
    if sign.lower() in _WIDE:
        return 14 if sign.isupper() else 12
    return 11 if sign.isupper() else 9
