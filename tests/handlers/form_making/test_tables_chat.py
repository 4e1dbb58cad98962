"""A file sent to the editor: our template, or a document's indicators; all of its rows, or none with each fault."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from bot.domain.forms import QuestionKind
from bot.services.import_document import UploadedFile
from handlers.form_making.callbacks import RowForms
from storage.database import Database
from tests.documents.sheets import book
from tests.drafts import READY, imported, row_of
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.form_making.drafting import begun, drafted, forged, only_form

HEADER = ("Вопрос", "Тип", "Варианты", "Единица", "План", "Не меньше", "Не больше", "Обязательно")


async def at_the_table(tg: Telegram, network: SmallNetwork) -> Chat:
    chat = await begun(tg, network)
    await chat.presses("📊 Из таблицы")
    return chat


async def test_the_template_comes_filled_back(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await at_the_table(tg, network)
    sent = await chat.presses("⬇️ Скачать шаблон")
    assert sent["document"]["file_name"] == "вопросы формы.xlsx"
    data = await downloaded(tg, sent["document"]["file_id"])
    workbook = load_workbook(io.BytesIO(data))
    workbook.active.append(["Сколько наставников?", "целое число", None, "чел.", 20])  # type: ignore[union-attr]  # a new workbook has a sheet
    filled = io.BytesIO()
    workbook.save(filled)
    shown = await chat.sends("вопросы формы.xlsx", filled.getvalue())
    assert "Из шаблона: вопросов – 1" in shown["text"]
    assert "✅ Готово" in labels(shown), "what the author has chosen himself needs no confirming"
    assert [(one.kind, one.at_least) for one in await drafted(database, network)] == [(QuestionKind.WHOLE, 20.0)]


async def test_bad_rows_are_named_and_nothing_is_applied(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await at_the_table(tg, network)
    data = book(HEADER, ("Сколько?", "целое число"), ("Где?", "выбор", "В школе"), ("Когда?", "время"))
    shown = await chat.sends("форма.xlsx", data)
    assert "Ничего не взято" in shown["text"]
    assert "Строка 3: нужно хотя бы два варианта" in shown["text"]
    assert "Строка 4: «время» – такого типа нет" in shown["text"]
    assert await drafted(database, network) == ()
    shown = await chat.sends("форма.xlsx", book(HEADER, ("Сколько?", "целое число")))
    assert "вопросов – 1" in shown["text"], "the next file is tried at once"


async def test_the_indicators_of_a_document_are_proposed_and_can_be_taken_back(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await at_the_table(tg, network)
    rows = [("Показатель", "Единица измерения", "План"), ("Наставники", "чел.", 20), ("Доля педагогов", "%", 50)]
    shown = await chat.sends("приложение.xlsx", book(*rows))
    assert "Из таблицы документа: 2 показателя" in shown["text"]
    assert "❔" in shown["text"], "kinds that were read out of a table wait to be confirmed"
    assert "✅ Готово" not in labels(shown)
    await chat.presses("↩️ Вернуть как было")
    assert await drafted(database, network) == ()


async def test_a_file_without_questions_says_what_is_wanted(tg: Telegram, network: SmallNetwork) -> None:
    chat = await at_the_table(tg, network)
    shown = await chat.sends("план.xlsx", book(("№", "Мероприятие", "Срок"), (1, "Семинар", "1 мая")))
    assert "ни нашего шаблона, ни таблицы показателей" in shown["text"]
    assert "Нужен файл" in (await chat.sends("фото.jpg", b"\xff\xd8"))["text"]
    assert "Жду файл" in (await chat.says("вот"))["text"]


async def test_a_row_proposes_the_indicators_of_its_own_document(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    table = book(("Показатель", "Ед. изм.", "План"), ("Наставники", "чел.", 20), ("Кружки", "шт.", 5))
    file = UploadedFile("приложение.xlsx", table)
    document_id = await imported(database, network.regional, READY, file=file)
    chat = tg.chat_of(network.regional)
    await forged(tg, chat, RowForms(row=await row_of(database, document_id, 1)).pack())
    shown = await chat.presses("📊 Новая из таблицы документа")
    assert "Из таблицы документа: 2 показателя" in shown["text"]
    await chat.presses("✅ Типы верны (2)")
    await chat.presses("✅ Готово")
    await forged(tg, chat, RowForms(row=await row_of(database, document_id, 1)).pack())
    await chat.presses("▫️ Мероприятие 1")
    assert "✅ Мероприятие 1" in labels(chat.last)
    async with database.read() as tx:
        assert [row.form_id for row in await tx.drafts.rows(document_id)] == [await only_form(database)]


async def test_a_document_without_indicators_says_so_and_begins_nothing(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    document_id = await imported(database, network.regional, READY)
    chat = tg.chat_of(network.regional)
    await forged(tg, chat, RowForms(row=await row_of(database, document_id, 1)).pack())
    await chat.presses("📊 Новая из таблицы документа")
    assert "нет таблицы показателей" in chat.toast["text"]
    assert "Форм пока нет" in (await chat.says("/forms"))["text"]


async def downloaded(tg: Telegram, file_id: str) -> bytes:
    content = await tg.bot.download(file_id)
    assert content is not None
    return content.read()
