"""The story's chapters about a series: seats and a reserve, a refusal, another day, the code word, who was there."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from bot.demo.teller import StoryError, Teller, at_moscow

_ORGANISER = "Соколова Ирина Павловна"
_SEATED = ("Фомин Артём Денисович", "Рябова Алла Сергеевна", "Гусев Павел Олегович")
_RESERVE = ("Белкина Юлия Андреевна", "Ежов Марк Ильич")
_INVITED = (*_SEATED, *_RESERVE)

_FIRST, _SECOND, _THIRD = (f"Первый год центра: вебинар {number}" for number in (1, 2, 3))
_LINK = "https://example.org/first-year"
_REASON = "Везу команду на олимпиаду"
_WORD = "Маяк 27"
_BEGINS = datetime(2026, 9, 21, 15, 0, tzinfo=ZoneInfo("Europe/Moscow"))

_HEADING = "ФИО"
_SHOWN = ("Ответ", "Причина", "Был", "Кто отметил")
_ATTENDANCE = {
    "Фомин Артём Денисович": ("Приду", "", "был", "сам"),
    "Рябова Алла Сергеевна": ("Приду", "", "был", "сам"),
    "Гусев Павел Олегович": ("Не смогу", _REASON, "уважительная причина", "ведущий"),
    "Белкина Юлия Андреевна": ("Приду", "", "был", "сам"),
    "Ежов Марк Ильич": ("Приду (в резерве)", "", "не был", "ведущий"),
}


async def play_series(teller: Teller, people: dict[str, int]) -> None:
    """From a Thursday to the Monday after it. Raises StoryError where the bot strays."""
    await _announce(teller, people)
    await _fill_the_seats(teller, people)
    await _free_a_seat(teller, people)
    await _move_the_second(teller, people)
    await _check_in(teller, people)
    await _export_the_attendance(teller, people[_ORGANISER])


async def _announce(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-series")
    organiser = people[_ORGANISER]
    await teller.says(organiser, "/webinar")
    await teller.says(organiser, "Первый год центра: вебинар 1–3")
    await teller.says(organiser, "21, 23 и 25 сентября с 15:00 до 16:00")
    teller.expect(organiser, "понедельник, 21 сентября, 15:00 МСК", f"«{_FIRST}»", f"«{_SECOND}»", f"«{_THIRD}»")
    await teller.says(organiser, _LINK)
    await teller.presses(organiser, "Пропустить")
    await teller.presses(organiser, "＋ Места")
    await teller.says(organiser, "3, резерв 2")
    teller.expect(organiser, "Места: 3, резерв 2", "педагоги", "Где: округ Муром", "5 человек")
    await teller.presses(organiser, "Дальше ›")
    teller.expect(organiser, "серию «Первый год центра: вебинар»: 3 встречи", "Получат: 5 человек")
    before = teller.count_messages()
    await teller.presses(organiser, "📣 Объявить")
    teller.expect(organiser, "Объявлено: Первый год центра: вебинар", "Сообщение получат: 5 человек.")
    await teller.presses(organiser, "📊 Кто придёт и ход рассылки")
    await teller.presses(organiser, "✋ Кто был")
    await teller.presses(organiser, "🔑 Кодовое слово")
    await teller.says(organiser, _WORD)
    teller.expect(organiser, f"Запомнил: {_WORD}", "без отметки 5")
    await teller.pass_time(at_moscow(teller.now, hour=14))
    teller.expect_news(before, *(people[name] for name in _INVITED), acting=organiser)


async def _fill_the_seats(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-seats")
    for name in _INVITED:
        await teller.presses(people[name], _FIRST, quietly=name != _INVITED[0])
        teller.expect(people[name], "Мест: 3, резерв: 2")
        await teller.presses(people[name], "✅ Приду")
    for name in _SEATED:
        teller.expect(people[name], "Ваш ответ: Приду", "🪑 Место есть", _LINK)
    for place, name in enumerate(_RESERVE, start=1):
        teller.expect(people[name], "Ваш ответ: Приду", f"Вы {place}-й в резерве", without=(_LINK,))
    await teller.presses(people[_ORGANISER], "‹ К событию")
    teller.expect(people[_ORGANISER], "Придут: 3", "В резерве: 2", "Молчат: 0")
    await teller.presses(people[_ORGANISER], "🪑 Места и резерв")
    teller.expect(people[_ORGANISER], "основной состав 3, резервный 2", *(f". {name} – " for name in _SEATED))


async def _free_a_seat(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-freed-seat")
    refusing, following, last = people[_SEATED[-1]], people[_RESERVE[0]], people[_RESERVE[1]]
    await teller.presses(refusing, "Изменить ответ")
    await teller.presses(refusing, "❌ Не смогу")
    await teller.presses(refusing, "✏️ Другое")
    before = teller.count_messages()
    await teller.says(refusing, _REASON)
    teller.expect(refusing, "вас не будет", _REASON)
    await teller.pass_time(at_moscow(teller.now, hour=14, minute=15))
    teller.expect_news(before, following, acting=refusing)
    teller.expect(following, "Освободилось место!", "пятница, 18 сентября, 14:00 МСК", without=(_LINK,))
    await teller.presses(following, "✅ Занять место")
    teller.expect(following, "🪑 Место есть", _LINK)
    await teller.presses(people[_ORGANISER], "‹ Назад")
    teller.expect(people[_ORGANISER], "Придут: 3", "В резерве: 1", "Не смогут: 1")
    await teller.presses(people[_ORGANISER], "❌ Не смогут: 1")
    teller.expect(people[_ORGANISER], f"{_SEATED[-1]} – {_REASON}")
    await teller.presses(people[_ORGANISER], "‹ Назад", quietly=True)
    await teller.presses(people[_ORGANISER], "🪑 Места и резерв")
    teller.expect(people[_ORGANISER], "основной состав 3, резервный 1", _RESERVE[0], without=(_SEATED[-1],))
    await teller.presses(last, "‹ К моим делам", quietly=True)
    await teller.presses(last, "✅ Отвеченные", quietly=True)
    await teller.presses(last, f"1. {_FIRST}")
    teller.expect(last, "Вы 1-й в резерве", without=(_LINK,))


async def _move_the_second(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-moved")
    organiser, answered = people[_ORGANISER], people[_SEATED[0]]
    await teller.presses(answered, "‹ К моим делам")
    await teller.presses(answered, f"1. {_SECOND}")
    await teller.presses(answered, "✅ Приду")
    teller.expect(answered, "среда, 23 сентября, 15:00 МСК", "Ваш ответ: Приду", "🪑 Место есть")
    await teller.says(organiser, "/webinars")
    await teller.presses(organiser, "23 сент., 15:00 · Первый год центра…")
    await teller.presses(organiser, "🕒 Перенести")
    await teller.says(organiser, "24 сентября с 15:00 до 16:00")
    teller.expect(organiser, "четверг, 24 сентября, 15:00 МСК", "всех спросим заново")
    before = teller.count_messages()
    await teller.presses(organiser, "Да, перенести")
    teller.expect(organiser, "четверг, 24 сентября, 15:00 МСК", "Молчат: 5")
    await teller.pass_time(at_moscow(teller.now, hour=14, minute=30))
    teller.expect_news(before, *(people[name] for name in _INVITED), acting=organiser)
    for name in _INVITED:
        teller.expect(people[name], "Время вебинара изменилось", "четверг, 24 сентября, 15:00 МСК")
        teller.expect_button(people[name], "✅ Приду")
        older = [message["text"] for message in teller.messages(people[name])][:-1]
        if f"{_SECOND} – четверг, 24 сентября" not in older[0] or any("23 сентября" in text for text in older):
            raise StoryError(f"an older message to {name} does not name the new day: {older}")
    await teller.presses(answered, "✅ Приду")
    teller.expect(answered, "Ваш ответ: Приду", "четверг, 24 сентября, 15:00 МСК")


async def _check_in(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-check-in")
    coming = [people[name] for name in (*_SEATED[:2], _RESERVE[0])]
    before = teller.count_messages()
    await teller.pass_time(_BEGINS)
    for account in coming:
        teller.expect(account, "Начинаем через 15 минут", _FIRST, _LINK)
    refused, in_vain = people[_SEATED[-1]], people[_RESERVE[1]]
    if len(teller.messages(refused)) != before[refused]:
        raise StoryError(f"{_SEATED[-1]} does not come and was called to the webinar all the same")
    teller.expect(in_vain, "место так и не освободилось", without=(_LINK,))
    at_once, mistaken, late = coming
    await teller.says(at_once, "маяк-27")
    await teller.presses(mistaken, "✋ Я на вебинаре")
    await teller.says(mistaken, "компас")
    teller.expect(mistaken, "Слово другое")
    await teller.says(mistaken, _WORD)
    await teller.says(late, f"Кодовое слово: {_WORD.upper()}!")
    for account in coming:
        teller.expect(account, f"✅ Отметил: вы были на «{_FIRST}»")


async def _export_the_attendance(teller: Teller, organiser: int) -> None:
    teller.chapter("story-attendance")
    await teller.pass_time(_BEGINS.replace(hour=16))
    await teller.says(organiser, "/attendance")
    await teller.presses(organiser, "21.09.2026 · Первый год центра…")
    teller.expect(organiser, "были 3", "без отметки 2", "предупредили: 1")
    await teller.presses(organiser, "Все остальные не были: 2")
    await teller.presses(organiser, "Да, записать")
    teller.expect(organiser, "были 3", "не были 1", "уважительная причина 1", "без отметки 0")
    await teller.presses(organiser, "📼 После события")
    await teller.presses(organiser, "📊 Список .xlsx")
    found = _attendance(teller.opened(organiser))
    if found != _ATTENDANCE:
        raise StoryError(f"the attendance list says otherwise than it was: {found}")
    for name, values in found.items():
        teller.note("story-attendance-line", name=name, state=values[2])


def _attendance(file: bytes) -> dict[str, tuple[str, ...]]:
    """What the columns that the story knows of say of each person."""
    (rows, *_) = load_workbook(io.BytesIO(file), read_only=True)
    lines = [[str(cell or "") for cell in row] for row in rows.iter_rows(values_only=True)]
    head = next((line for line in lines if _HEADING in line), None)
    if head is None:
        raise StoryError(f"no column «{_HEADING}» in the attendance list: {lines}")
    name, shown = head.index(_HEADING), [head.index(title) for title in _SHOWN]
    return {line[name]: tuple(line[n] for n in shown) for line in lines[lines.index(head) + 1 :]}
