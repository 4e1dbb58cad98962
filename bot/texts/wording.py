"""Making words fit: names and long titles."""

from __future__ import annotations

from bot.texts.catalogue import plain

_SENDING = 200


def short_name(full_name: str) -> str:
    """«Зимина Анна Олеговна» → «Зимина А. О.»; a name of one word stays as it is."""
    surname, *given = full_name.split() or [""]
    return " ".join([surname, *(f"{part[0]}." for part in given)])


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words where that loses little, with «…» where something is cut."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:–-") + "…"


def length(text: str) -> int:
    """In the messenger's characters: UTF-16 units, of which an emoji takes two."""
    return len(text.encode("utf-16-le")) // 2


def sending_title(form_title: str) -> str:
    """What the sending of a form is called, among documents."""
    return shorten(plain("form-send-title", title=form_title), _SENDING)
