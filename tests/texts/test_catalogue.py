"""The catalogue: every key that the code names exists, every key is named, and what people type is harmless."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast

from bot.texts import catalogue
from bot.texts.catalogue import _QUOTED_WITHIN, Markup, TextError, _quoted, _words, keys, plain, say

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "bot" / "texts" / "ru").glob("*.ftl"))
_PLACES = ["span", "comment"]  # where an entry stands, and what is said above it


def _sources() -> str:
    files = [f for package in ("bot", "handlers") for f in sorted((ROOT / package).rglob("*.py"))]
    return "\n".join(f.read_text(encoding="utf-8") for f in files)


def test_every_text_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r"""\b(?:say|plain)\(\s*["']([a-z0-9-]+)["']""", _sources()))
    assert asked - keys() == set()


def test_no_text_has_two_wordings() -> None:
    """The later of two files would silently win."""
    texts = [file.read_text(encoding="utf-8") for file in FILES]
    named = [key for text in texts for key in re.findall(r"^([a-z][a-z0-9_-]*) =", text, re.MULTILINE)]
    assert {key for key, count in Counter(named).items() if count > 1} == set()


def test_an_entry_alone_is_what_it_is_in_its_file() -> None:
    """Entries are cut out of their files and parsed one by one."""
    parsed = [one for file in FILES for one in FluentResource(file.read_text(encoding="utf-8")).body]
    assert [one.content for one in parsed if isinstance(one, ast.Junk)] == []
    named = {one.id.name: one for one in parsed if isinstance(one, ast.Message)}
    assert named.keys() == keys()
    sources = _words().sources
    alone = {key: FluentResource(sources[key]).body for key in named}
    assert {key for key, body in alone.items() if len(body) != 1 or not body[0].equals(named[key], _PLACES)} == set()


def test_no_text_is_dead() -> None:
    """A key counts as used when it stands in a string of the code, whole or as the beginning of a built one."""
    strings = set(re.findall(r"""["']([a-z0-9-]+)["']""", _sources()))
    stems = tuple(re.findall(r"""f["']([a-z0-9-]+-)\{""", _sources()))
    assert {key for key in keys() if key not in strings and not key.startswith(stems)} == set()


def test_a_toast_shows_no_tags_and_what_people_typed_as_they_typed_it() -> None:
    shown = plain("postpone-not-read", phrase="</b> & <i>", example="до 2 октября")
    assert shown.startswith("Не понял дату «</b> & <i>». Напишите один день, например до 2 октября, на неделю")


def test_what_people_type_is_escaped_when_it_is_shown() -> None:
    assert say("page-of", page="<b>1</b> & 2", pages=3) == "&lt;b&gt;1&lt;/b&gt; &amp; 2 из 3"


@pytest.mark.parametrize(
    ("title", "shown", "reason"),
    [
        ("Сад", "В отборе «Сад» уже решено", "nothing to do"),
        ("Центр «Точка роста»", "В отборе «Центр „Точка роста“» уже решено", "marks within marks are others"),
        ("«Точка» и «Рост»", "В отборе «„Точка“ и „Рост“» уже решено", "each of them"),
        ("Центр «Точка…", "В отборе «Центр „Точка…» уже решено", "what was cut off lost its last mark"),
        ("Рост»", "В отборе «Рост»» уже решено", "a mark too many stays as it was typed"),
    ],
)
def test_quotation_marks_within_quotation_marks_are_others(title: str, shown: str, reason: str) -> None:
    assert _QUOTED_WITHIN.sub(_quoted, f"В отборе «{title}» уже решено") == shown, reason


def test_a_title_with_marks_of_its_own_is_quoted_by_the_others() -> None:
    assert "«Центр „Точка роста“»" in say("proposal-told-about", title="Центр «Точка роста»", text="идея")


def test_markup_made_by_the_program_passes() -> None:
    assert say("page-of", page=Markup("<b>1</b>"), pages=3) == "<b>1</b> из 3"


def test_buttons_are_not_escaped() -> None:
    assert plain("page-of", page="A & B", pages=3) == "A & B из 3"


@pytest.mark.parametrize("key", ["no-such-text", "page-of"])
def test_a_wrong_key_or_a_missing_value_is_a_mistake_and_not_an_empty_message(key: str) -> None:
    with pytest.raises(TextError):
        say(key)


def test_a_text_without_values_is_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = plain("toast-coming")
    monkeypatch.setattr(catalogue, "_filled", lambda *_: pytest.fail("put together anew"))
    assert plain("toast-coming") == say("toast-coming") == first


def test_a_value_longer_than_fluent_takes_is_shown_whole() -> None:
    page = "<b>&</b>" * 1000
    assert (
        say("page-of", page=page, pages=3)
        == page.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + " из 3"
    )
