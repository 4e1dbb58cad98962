"""A document in chat: sent as a file or a text, and everything that can be sent by mistake."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.clock import MovableClock
from bot.domain.documents import DocumentFault
from bot.ports.documents import MAX_FILE_BYTES, Unreadable
from storage.database import Database
from storage.tables import documents
from tests.drafts import READY
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.documents.conftest import FakeReader
from tests.handlers.threads.talking import sends


class TestSending:
    async def test_the_progress_message_becomes_the_draft(self, vera: Chat) -> None:
        draft = await vera.sends("карта.docx", b"roadmap")

        assert len(vera.messages) == 1
        assert "Дорожная карта № 1074-р от 10.08.2026" in draft["text"]
        assert "Комплекс мер «Точка роста»" in draft["text"]
        assert "6 строк: понято 2, вопросы 3, в прошлом 1" in draft["text"]
        assert "Контроль (как в документе): Иванов И. И." in draft["text"]
        assert "В нумерации нет номера 9" in draft["text"]
        assert f"«{READY}»" in draft["text"]

    async def test_the_same_file_again_offers_the_draft_that_exists(self, vera: Chat, reader: FakeReader) -> None:
        await vera.sends("карта.docx", b"roadmap")
        again = await vera.sends("копия.docx", b"roadmap")

        assert "уже присылали" in again["text"]
        assert reader.names == ["карта.docx"], "the file was read once"

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            pytest.param("скан.djvu", b"x", ".docx", id="another format"),
            pytest.param("старый.doc", b"x", "сохраните как .docx", id="the old Word format"),
            pytest.param("таблица.xls", b"x", "сохраните как .xlsx", id="the old Excel format"),
            pytest.param("без имени", b"x", ".docx", id="no extension"),
            pytest.param("фото.png", b"x", ".docx", id="a picture as a file"),
            pytest.param("том.docx", b"x" * (MAX_FILE_BYTES + 1), "больше 5 МБ", id="too large, and not downloaded"),
        ],
    )
    async def test_what_cannot_be_read_is_refused_before_it_is_downloaded(
        self, vera: Chat, reader: FakeReader, name: str, data: bytes, words: str
    ) -> None:
        refusal = await vera.sends(name, data)

        assert words in refusal["text"]
        assert reader.names == []

    @pytest.mark.parametrize(
        ("fault", "facts", "words"),
        [
            pytest.param(DocumentFault.NOT_A_DOCX, {}, "не документ Word", id="a .docx that is none"),
            pytest.param(DocumentFault.EMPTY_TABLE, {}, "только заголовок", id="a table without rows"),
            pytest.param(DocumentFault.EMPTY_FILE, {}, "Файл пуст", id="nothing"),
            pytest.param(
                DocumentFault.UNKNOWN_COLUMNS,
                {"rows": (("Что <делать>", "Когда-то"), ("Собрать", "завтра"))},
                "Что <делать> | Когда-то",
                id="an unknown header is shown as it was read",
            ),
        ],
    )
    async def test_what_the_reader_refuses_is_said_in_words(
        self, vera: Chat, reader: FakeReader, fault: DocumentFault, facts: dict[str, Any], words: str
    ) -> None:
        reader.result = Unreadable(fault, facts)

        await vera.sends("карта.docx", b"?")
        assert words in vera.messages[0]["text"]

    async def test_what_is_no_document_may_be_for_somebody_above(
        self, tg: Telegram, network: SmallNetwork, reader: FakeReader
    ) -> None:
        """The scan of an order is a .pdf like a roadmap: a school that sends one is asked what it is about."""
        reader.result = Unreadable(DocumentFault.SCANNED, {})
        asked = await tg.chat_of(network.coordinator_1).sends("приказ.pdf", b"?")
        assert "О чём это? Передам то, что вы уже написали" in asked["text"]
        assert "«приказ.pdf»" in asked["text"]

    async def test_after_a_file_of_an_album_that_cannot_be_read_the_others_are_read_still(
        self, tg: Telegram, network: SmallNetwork, reader: FakeReader
    ) -> None:
        chat = tg.chat_of(network.municipal)
        files = [tg.sandbox.send_document(chat.id, name, b"?") for name in ("приказ.pdf", "карта.docx")]
        tg.sandbox.world.bots[tg.sandbox.bot_token].queue.clear()
        reader.answers = [Unreadable(DocumentFault.SCANNED, {})]

        for file in files:
            await sends(tg, chat, document=file["document"], media_group_id="7")

        assert reader.names == ["приказ.pdf", "карта.docx"]
        assert "понято 2" in chat.last["text"]

    async def test_with_nobody_above_only_the_reason_is_said(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = Unreadable(DocumentFault.SCANNED, {})
        await vera.sends("приказ.pdf", b"?")
        assert len(vera.messages) == 1

    async def test_a_teacher_s_file_is_a_question_to_his_coordinator(self, tg: Telegram, network: SmallNetwork) -> None:
        """Documents are brought in by coordinators; what a teacher sends reaches a person instead of being refused."""
        answer = await tg.chat_of(network.teacher_1).sends("карта.docx", b"roadmap")
        assert "О чём это? Передам то, что вы уже написали" in answer["text"]
        assert "«карта.docx»" in answer["text"]

    async def test_a_stranger_is_told_how_to_begin(self, tg: Telegram, network: SmallNetwork) -> None:
        chat = tg.chat(555)
        await chat.starts()
        assert "/start" in (await chat.sends("карта.docx", b"roadmap"))["text"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("1. Собрать заявки школ.\nОтв.: школы\nСрок: до 15 октября", id="decisions of minutes"),
            pytest.param("№ | Дело | Срок\n1 | Собрать | до 15 октября\n2 | Сдать | до 1 ноября", id="a drawn table"),
            pytest.param("1. Вебинар – до 15 ноября, отв. Иванова\n2. Отчёт – 20 ноября", id="a numbered list"),
            pytest.param("1. Провести вебинар – до 15 ноября, отв. Иванова", id="the guide's list of one matter"),
            pytest.param("Вебинар — 15.11.2026\nОтчёт — 20.11.2026", id="a list without numbers"),
            pytest.param("№\nДело\nСрок\n1\nСобрать\nмай", id="a table with a cell on each line"),
        ],
    )
    async def test_a_pasted_document_is_read_as_text(self, vera: Chat, reader: FakeReader, text: str) -> None:
        draft = await vera.says(text)

        assert "6 строк" in draft["text"]
        assert reader.names[0].endswith(".txt")

    @pytest.mark.parametrize(
        ("lines", "is_warned"),
        [pytest.param(3, False, id="a short one is whole"), pytest.param(110, True, id="Telegram may have cut it")],
    )
    async def test_a_long_pasted_text_may_be_a_part_only(self, vera: Chat, lines: int, *, is_warned: bool) -> None:
        last = await vera.says("\n".join(f"{place}. Провести семинар – 15 октября" for place in range(1, lines + 1)))

        assert ("пришлите документ файлом" in last["text"]) == is_warned
        assert sum("6 строк" in message["text"] for message in vera.messages) == 1, "it is read all the same"

    async def test_the_document_of_another_region_is_doubted(self, tg: Telegram, network: SmallNetwork) -> None:
        of_amur = await tg.chat_of(network.amur_regional).sends("карта.docx", b"roadmap")
        assert "его регион – Владимирская область" in of_amur["text"]
        assert "Амурская область" in of_amur["text"]

        own = await tg.chat_of(network.municipal).sends("карта.docx", b"roadmap")
        assert "тот ли это документ" not in own["text"], "a municipality stands in the region of the document"

    async def test_a_draft_of_an_earlier_day_says_so_and_is_deleted_from_the_list(
        self, vera: Chat, clock: MovableClock, database: Database
    ) -> None:
        await vera.sends("карта.docx", b"roadmap")
        fresh = await vera.says("/drafts")
        assert "лежит" not in fresh["text"], "begun today"
        assert not [label for label in labels(fresh) if "Удалить" in label]

        clock.advance(timedelta(days=6))
        old = await vera.says("/drafts")
        assert "6 строк · лежит 6 дней" in old["text"]
        async with database.write() as tx:  # it was planned, and the plan was taken back
            await tx._connection.execute(update(documents).values(planned_at=clock.now()))
        again = await vera.says("/drafts")
        assert "лежит" not in again["text"], "as a draft it may lie there since yesterday"
        sure = await vera.presses("🗑 Удалить черновик 1")
        assert "Черновики" not in sure["text"], "it is asked first"
        assert "Черновиков нет" in (await vera.presses("Да, удалить черновик"))["text"]

    async def test_a_restart_loses_nothing(self, vera: Chat, tg: Telegram, network: SmallNetwork) -> None:
        await vera.sends("карта.docx", b"roadmap")

        shelf = await vera.says("/drafts")

        assert "Черновики: 1" in shelf["text"]
        assert "6 строк" in (await vera.presses("1. Комплекс мер «Точка роста»"))["text"]
