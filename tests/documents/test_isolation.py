"""The reading process answers, or falls alone."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from bot.documents.attendance_table import read_attendance_table
from bot.documents.errors import (
    DocumentError,
    NotADocxError,
    OutOfMemoryError,
    TimedOutError,
    TooLargeError,
    UnknownColumnsError,
)
from bot.documents.isolation import (
    child_environment,
    read_attendance,
    read_attendance_in_process,
    read_file,
    read_in_process,
)
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, DocumentFault
from bot.ports.documents import Unreadable
from tests.documents.word import docx, roadmap

TODAY = date(2024, 9, 1)
DATA = docx(roadmap(("1", "Дело", "Д", "Р", "15 мая 2025 г.")))
PEOPLE = "ФИО;Минут\nЦой Марина;47\n".encode()


async def test_a_draft_comes_back_as_if_read_here() -> None:
    assert await read_in_process(DATA, "к.docx", today=TODAY) == read_document(DATA, "к.docx", today=TODAY)


async def test_an_error_comes_back_with_its_facts() -> None:
    with pytest.raises(NotADocxError) as caught:
        await read_in_process(b"hello", "к.docx", today=TODAY)
    assert caught.value.facts == {"detail": "no archive"}


async def test_the_chat_gets_a_draft_or_a_reason_and_never_an_exception() -> None:
    assert isinstance(await read_file(DATA, "к.docx", today=TODAY), DocumentDraft)
    assert await read_file(b"hello", "к.docx", today=TODAY) == Unreadable(
        DocumentFault.NOT_A_DOCX, {"detail": "no archive"}
    )


async def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TimedOutError):
        await read_in_process(DATA, "к.docx", today=TODAY, seconds=0.01)


async def test_a_child_short_of_memory_says_so_or_falls_alone() -> None:
    with pytest.raises(DocumentError) as caught:
        await read_in_process(DATA, "к.docx", today=TODAY, memory_mb=8)
    assert not isinstance(caught.value, TimedOutError)


async def test_no_child_is_started_for_a_file_that_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        await read_in_process(b"x" * (5 * 1024 * 1024 + 1), "a.txt", today=TODAY)


async def test_the_list_of_a_platform_comes_back_as_if_read_here() -> None:
    assert list(await read_attendance_in_process(PEOPLE, "к.csv")) == read_attendance_table(PEOPLE, "к.csv")


async def test_a_list_is_read_under_the_same_limits_of_time_and_memory() -> None:
    with pytest.raises(TimedOutError):
        await read_attendance_in_process(PEOPLE, "к.csv", seconds=0.01)
    with pytest.raises(DocumentError) as caught:
        await read_attendance_in_process(PEOPLE, "к.csv", memory_mb=8)
    assert not isinstance(caught.value, TimedOutError)


async def test_the_chat_gets_a_list_or_a_reason_and_the_bot_itself_opens_no_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def opened_here(data: bytes, file_name: str) -> None:
        pytest.fail("the list was read in the bot's own process")

    monkeypatch.setattr("bot.documents.attendance_table.read_attendance_table", opened_here)
    found = await read_attendance(PEOPLE, "к.csv")
    assert not isinstance(found, Unreadable)
    assert [row.name for row in found] == ["Цой Марина"]
    refused = await read_attendance(b"PK\x03\x04broken", "к.xlsx")
    assert isinstance(refused, Unreadable)
    assert refused.code is DocumentFault.DAMAGED


def test_the_child_knows_no_secret_of_ours() -> None:
    own = {"PATH": "/bin", "BOT_TOKEN": "123:secret", "DATABASE_URL": "sqlite://", "PYTHONSTARTUP": "/x"}
    assert child_environment(own) == {"PATH": "/bin"}


@pytest.mark.parametrize(
    "error", [UnknownColumnsError(rows=(("а",),), missing=("phrase",), ambiguous=()), OutOfMemoryError()]
)
def test_an_error_survives_the_way_between_processes(error: DocumentError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.facts, str(copy)) == (type(error), error.facts, str(error))
