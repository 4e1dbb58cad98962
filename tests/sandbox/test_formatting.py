"""What becomes of a text: entities in UTF-16 units, trimming, what Telegram finds by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Client


def entity(kind: str, offset: int, length: int, **extra: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | extra


HTML = [
    ("plain", "без разметки", "без разметки", []),
    ("a tag", "<b>да</b> нет", "да нет", [entity("bold", 0, 2)]),
    ("any case", "<STRONG>да</strong>", "да", [entity("bold", 0, 2)]),
    ("emoji count as two", "😀<i>да</i>", "😀да", [entity("italic", 2, 2)]),
    ("an emoji inside", "<i>😀</i>да", "😀да", [entity("italic", 0, 2)]),
    ("named references", "&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("numeric references", "&#1071;&#x42F;", "ЯЯ", []),
    ("other references stay", "&nbsp; &copy; &", "&nbsp; &copy; &", []),
    ("</> closes anything", "<b>да</>", "да", [entity("bold", 0, 2)]),
    ("spoilers", '<span class="tg-spoiler">а</span>', "а", [entity("spoiler", 0, 1)]),
    ("quotation", "<blockquote>а</blockquote>", "а", [entity("blockquote", 0, 1)]),
    ("folded quotation", "<blockquote expandable>а</blockquote>", "а", [entity("expandable_blockquote", 0, 1)]),
    ("language", '<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
    ("pre without a language", "<pre>x</pre>", "x", [entity("pre", 0, 1)]),
    ("a link", '<a href="example.com">сюда</a>', "сюда", [entity("text_link", 0, 4, url="http://example.com/")]),
    ("a link to nowhere", '<a href="foo">сюда</a>', "сюда", []),
    ("no address at all", "<a>сюда</a>", "сюда", []),
    (
        "an instant",
        '<tg-time unix="1762765200" format="dT">10 ноября</tg-time>',
        "10 ноября",
        [entity("date_time", 0, 9, unix_time=1762765200, date_time_format="dT")],
    ),
    (
        "an instant without a format",
        '<tg-time unix="1762765200">сегодня</tg-time>',
        "сегодня",
        [entity("date_time", 0, 7, unix_time=1762765200)],
    ),
    (
        "a person the bot knows",
        '<a href="tg://user?id=1001">Анна</a>',
        "Анна",
        [
            entity(
                "text_mention",
                0,
                4,
                user={
                    "id": 1001,
                    "is_bot": False,
                    "first_name": "Анна",
                    "last_name": "Петрова",
                    "username": "anna_p",
                    "language_code": "ru",
                },
            )
        ],
    ),
    ("a person it does not", '<a href="tg://user?id=7">Некто</a>', "Некто", []),
    (
        "nested ones are sorted and cut where the inner begins",
        "<b>а<i>бв</i></b>",
        "абв",
        [entity("bold", 0, 1), entity("bold", 1, 2), entity("italic", 1, 2)],
    ),
    ("nothing is bold inside code", "<b><code>x</code></b>", "x", [entity("code", 0, 1)]),
    ("spaces at the ends go", "  \n<b> да </b> \n", "да", [entity("bold", 0, 2)]),
    ("entities of spaces alone go", "а<b> </b>б", "а б", []),
    (
        "an address beside a tag",
        "<b>см.</b> https://example.ru/a?b=1, там",
        "см. https://example.ru/a?b=1, там",
        [entity("bold", 0, 3), entity("url", 4, 24)],
    ),
    ("no addresses inside code", "<code>https://example.ru</code>", "https://example.ru", [entity("code", 0, 18)]),
]

FOUND = [
    ("command", "/start abc", [entity("bot_command", 0, 6)]),
    ("command with a name", "/start@vestovoy_demo_bot", [entity("bot_command", 0, 24)]),
    ("a fraction is no command", "11/12", []),
    ("mention", "спросите @anna_p!", [entity("mention", 9, 7)]),
    ("mail is no mention", "anna@example.ru", [entity("email", 0, 15)]),
    ("tag", "итог #план2025", [entity("hashtag", 5, 9)]),
    ("a number is no tag", "дом #5", []),
    ("bare domain", "зайдите на школа.рф.", [entity("url", 11, 8)]),
    ("a missing space is no domain", "Конец.Начало", []),
    ("brackets", "(https://example.ru/x_(y))", [entity("url", 1, 24)]),
    ("telephone", "звоните +7 912 345-67-89", [entity("phone_number", 8, 16)]),
    ("after an emoji", "😀 /help", [entity("bot_command", 3, 5)]),
    ("bad JSON of entities is ignored", "просто", []),
]


def same(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    return [dict(sorted(one.items())) for one in found] == [dict(sorted(one.items())) for one in expected]


@pytest.mark.parametrize(("source", "text", "entities"), [row[1:] for row in HTML], ids=[row[0] for row in HTML])
async def test_html_is_shown(client: Client, anna: int, source: str, text: str, entities: list[dict[str, Any]]) -> None:
    message = (await client.call("sendMessage", chat_id=anna, text=source, parse_mode="HTML")).result
    assert message["text"] == text
    assert same(message.get("entities", []), entities), message


@pytest.mark.parametrize(("text", "entities"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
async def test_entities_are_found(client: Client, anna: int, text: str, entities: list[dict[str, Any]]) -> None:
    message = (await client.call("sendMessage", chat_id=anna, text=text, entities="{not json")).result
    assert same(message.get("entities", []), entities), message


async def test_explicit_entities_are_taken_in_utf16_units(client: Client, anna: int) -> None:
    wanted = [entity("bold", 3, 2), entity("mention", 0, 2)]
    message = (await client.call("sendMessage", chat_id=anna, text="😀 да", entities=wanted)).result
    assert message["entities"] == [entity("bold", 3, 2)], "a mention cannot be asked for"


async def test_a_parse_mode_silences_explicit_entities(client: Client, anna: int) -> None:
    message = (
        await client.call("sendMessage", chat_id=anna, text="да", parse_mode="HTML", entities=[entity("bold", 0, 2)])
    ).result
    assert "entities" not in message


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("*а* _б_", "а б", [entity("bold", 0, 1), entity("italic", 2, 1)], id="marks"),
        pytest.param("__а__ ||б||", "а б", [entity("underline", 0, 1), entity("spoiler", 2, 1)], id="double marks"),
        pytest.param("1\\.5", "1.5", [], id="escaped"),
        pytest.param("`a.b`", "a.b", [entity("code", 0, 3)], id="code needs no escapes"),
        pytest.param("[сюда](http://a.ru/)", "сюда", [entity("text_link", 0, 4, url="http://a.ru/")], id="link"),
        pytest.param("```py\nx```", "x", [entity("pre", 0, 1, language="py")], id="language"),
    ],
)
async def test_markdown_v2_is_shown(
    client: Client, anna: int, source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    message = (await client.call("sendMessage", chat_id=anna, text=source, parse_mode="MarkdownV2")).result
    assert message["text"] == text
    assert same(message.get("entities", []), entities), message


async def test_the_limit_counts_signs_after_parsing(client: Client, anna: int) -> None:
    text = "<b>" + "😀" * 4096 + "</b>"
    assert (await client.call("sendMessage", chat_id=anna, text=text, parse_mode="HTML")).status == 200
