"""The story's chapters about a task: a checklist, another term, a return, the silent one, the figures, next quarter,
and a form that goes straight to the schools.
"""

from __future__ import annotations

from bot.demo.teller import StoryError, Teller, at_moscow

_REGION = "Орлова Вера Ильинична"
_DISTRICT, _TOWN = "Белов Пётр Андреевич", "Соколова Ирина Павловна"
_ANSWERING, _ASKING = "Зимина Анна Олеговна", "Лосев Иван Игоревич"
_RETURNED, _SILENT = "Грачёва Ольга Петровна", "Панин Сергей Львович"

_TASK = "Ежеквартальный мониторинг показателей центров"
_FORM = "Чек-лист центра"
_QUESTIONS = """Сколько наставников работает в центре (чел.)
Сколько детей занимается в кружках (чел.), не менее 30
Оборудование исправно? (да/нет)
Где рассказываете о центре: сайт школы / ВКонтакте / пока нигде"""
_CLUBS_FORM = "Кружки центра"
_CLUBS = """Какие кружки есть (можно несколько): шахматы / театр / хор
Сколько в них детей (чел.)"""
_WHY_LATER = "Директор вернётся после срока"
_WHY_BACK = "По журналам кружков детей больше: проверьте второе число"


async def play_tasks(teller: Teller, people: dict[str, int]) -> None:
    """From a Monday, ten days before the term of the quarter, to the day after it. Raises StoryError where the bot
    strays.
    """
    await _make_the_checklist(teller, people[_REGION])
    await _fill_in(teller, people[_ANSWERING])
    await _ask_for_another_term(teller, people[_ASKING], people[_DISTRICT])
    await _return_an_answer(teller, people[_RETURNED], people[_TOWN])
    await _reach_the_silent(teller, people)
    await _add_up(teller, people[_REGION])
    await _begin_the_next_quarter(teller, people[_ANSWERING])
    await _send_a_form(teller, people[_REGION], people[_ASKING])


async def _make_the_checklist(teller: Teller, coordinator: int) -> None:
    teller.chapter("story-checklist")
    await teller.says(coordinator, "/forms")
    await teller.presses(coordinator, "➕ Новая форма")
    await teller.says(coordinator, _FORM)
    await teller.presses(coordinator, "📋 Списком")
    await teller.says(coordinator, _QUESTIONS)
    teller.expect(coordinator, "целое число, чел., план от 30", "да или нет", "пока нигде")
    await teller.presses(coordinator, "✅ Типы верны (4)")
    await teller.presses(coordinator, "✅ Готово")
    await teller.presses(coordinator, "📄 Открыть план", quietly=True)
    await teller.presses(coordinator, "›", quietly=True)
    await teller.presses(coordinator, "8", quietly=True)
    await teller.presses(coordinator, "📝 Форма ответа", under=_TASK)
    await teller.presses(coordinator, f"▫️ {_FORM}")
    await teller.presses(coordinator, "‹ Назад", quietly=True)
    await teller.presses(coordinator, "🔎 Принимать ответы: нет")


async def _fill_in(teller: Teller, answering: int) -> None:
    teller.chapter("story-form")
    await teller.pass_time(at_moscow(teller.now, days=3, hour=10))
    teller.expect(answering, "Через 7 дней срок", _TASK)
    await teller.presses(answering, "📝 Заполнить", under=_TASK)
    teller.expect(answering, "1 из 4", "Сколько наставников")
    await teller.says(answering, "6")
    await teller.says(answering, "45")
    await teller.presses(answering, "Да")
    await teller.presses(answering, "ВКонтакте")
    teller.expect(answering, "– 6 чел.", "– 45 чел.", "– да", "– ВКонтакте", "Проверьте и сдайте")
    await teller.presses(answering, "✅ Сдать")
    teller.expect(answering, "Ответ школы: Выполнено", "Ждёт проверки")


async def _ask_for_another_term(teller: Teller, asking: int, above: int) -> None:
    teller.chapter("story-postponed")
    await teller.presses(asking, "Другой ответ…", under=_TASK)
    await teller.presses(asking, "📅 Прошу перенести")
    await teller.says(asking, "до 8 октября")
    await teller.says(asking, _WHY_LATER)
    before = teller.count_messages()
    await teller.pass_time(at_moscow(teller.now, hour=10, minute=15))
    teller.expect_news(before, above, acting=asking)
    teller.expect(above, "Новосельская школа", "просит перенести срок", _WHY_LATER)
    before = teller.count_messages()
    await teller.presses(above, "✅ Перенести на 8 октября (чт)")
    await teller.pass_time(at_moscow(teller.now, hour=10, minute=30))
    teller.expect_news(before, asking, acting=above)
    teller.expect(asking, "Срок перенесён на 8 октября", "у остальных 01.10.2026")


async def _return_an_answer(teller: Teller, returned: int, above: int) -> None:
    teller.chapter("story-returned")
    await teller.presses(returned, "📝 Заполнить", under=_TASK, quietly=True)
    await teller.says(returned, "4")
    await teller.says(returned, "8")
    teller.expect(returned, "меньше плана (не менее 30 чел.)")
    await teller.presses(returned, "Да", quietly=True)
    await teller.presses(returned, "сайт школы", quietly=True)
    await teller.presses(returned, "✅ Сдать")
    await teller.pass_time(at_moscow(teller.now, hour=15))
    await teller.presses(above, "📥 На проверку: 1")
    await teller.presses(above, "По одному ›")
    teller.expect(above, "– 8 чел.")
    await teller.presses(above, "↩️ Вернуть")
    await teller.says(above, _WHY_BACK)
    await teller.says(above, "до 29 сентября")
    await teller.pass_time(at_moscow(teller.now, hour=15, minute=30))
    teller.expect(returned, "Ответ вернули на доработку", _WHY_BACK, "29 сентября")
    await _correct(teller, returned)
    before = teller.count_messages()
    await teller.pass_time(at_moscow(teller.now, days=1, hour=10))
    await teller.presses(above, "📥 На проверку: 1")
    await teller.presses(above, "По одному ›", quietly=True)
    await teller.presses(above, "☑️ Принять")
    await teller.pass_time(at_moscow(teller.now, hour=10, minute=30))
    if len(teller.messages(returned)) == before[returned]:
        raise StoryError("who handed in again does not hear that it was accepted")
    teller.expect(returned, "Ответ принят", _TASK)


async def _correct(teller: Teller, returned: int) -> None:
    """The answers of before are kept: one of them is written anew."""
    await teller.presses(returned, "✏️ Исправить сданное", under=_WHY_BACK)
    teller.expect(returned, "– 4 чел.", "– 8 чел.", "Проверьте и сдайте")
    await teller.presses(returned, "2")
    await teller.says(returned, "58")
    await teller.presses(returned, "✅ Сдать")
    teller.expect(returned, "Ответ школы: Выполнено", "Ждёт проверки")


async def _reach_the_silent(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-silent")
    above, silent = people[_TOWN], people[_SILENT]
    await teller.pass_time(at_moscow(teller.now, days=6, hour=12))
    _expect_called(teller, people, "Срок сегодня", silent)
    await teller.pass_time(at_moscow(teller.now, days=1, hour=12))
    teller.expect(above, _TASK, "Не ответила 1 из 2 школ: Гимназия № 6 г. Мурома")
    await teller.presses(above, "1 · Ежеквартальный мониторинг…")
    await teller.presses(above, "🔔 Напомнить им")
    before = teller.count_messages()
    await teller.presses(above, "🔔 Напомнить (1)")
    await teller.pass_time(at_moscow(teller.now, hour=13))
    teller.expect_news(before, silent, acting=above)
    teller.expect(silent, "Ждём вашего ответа", _TASK)
    teller.expect_button(silent, "📝 Заполнить")


def _expect_called(teller: Teller, people: dict[str, int], words: str, *called: int) -> None:
    """Exactly these of the four schools have a message about the task with those words."""
    schools = [people[name] for name in (_ANSWERING, _ASKING, _RETURNED, _SILENT)]
    found = {
        account
        for account in schools
        if any(words in text and _TASK in text for text in (m.get("text", "") for m in teller.messages(account)))
    }
    if found != set(called):
        raise StoryError(f"«{words}» went to others than {called}: {found}")


async def _add_up(teller: Teller, coordinator: int) -> None:
    teller.chapter("story-figures")
    await teller.says(coordinator, "/board", quietly=True)
    await teller.presses(coordinator, "3")
    teller.expect(coordinator, "Ответили: 2 из 4", "из них на проверке: 1", "Перенесено: 1", "Молчат: 1")
    await teller.presses(coordinator, "📈 Показатели")
    teller.expect(coordinator, "10 чел. · сдали 2 из 4", "103 из 120 чел. · не хватает 17")
    await teller.presses(coordinator, "1")
    await teller.presses(coordinator, "🎯 Задать план")
    await teller.says(coordinator, "20")
    teller.expect(coordinator, "10 из 20 чел. · не хватает 10", "округ Муром: 4 чел.")


async def _begin_the_next_quarter(teller: Teller, answering: int) -> None:
    teller.chapter("story-next-quarter")
    await teller.says(answering, "/my", quietly=True)
    await teller.presses(answering, "›")
    await teller.presses(answering, "7. Ежеквартальный мониторинг…")
    teller.expect(answering, "Срок: пятница, 1 января 2027 г.")
    await teller.presses(answering, "📝 Заполнить")
    teller.expect(answering, "В прошлый раз: 6 чел.")
    await teller.presses(answering, "↺ Как в прошлый раз: 6 чел.")
    await teller.says(answering, "480")
    teller.expect(answering, "480 чел. – точно? В прошлый раз: 45 чел.")
    await teller.says(answering, "48")
    teller.expect(answering, "Записано: 48 чел.")
    await teller.presses(answering, "💾 Позже")
    teller.expect_button(answering, "📝 Продолжить: 2 из 4")


async def _send_a_form(teller: Teller, coordinator: int, answering: int) -> None:
    """Straight to the schools, without a document; the first question is answered with several choices."""
    teller.chapter("story-sent-form")
    await teller.says(coordinator, "/forms", quietly=True)
    await teller.presses(coordinator, "➕ Новая форма", quietly=True)
    await teller.says(coordinator, _CLUBS_FORM, quietly=True)
    await teller.presses(coordinator, "📋 Списком", quietly=True)
    await teller.says(coordinator, _CLUBS)
    await teller.presses(coordinator, "✅ Типы верны (2)", quietly=True)
    await teller.presses(coordinator, "✅ Готово", quietly=True)
    await teller.presses(coordinator, "📤 Разослать школам")
    await teller.says(coordinator, "до 20 декабря")
    teller.expect(coordinator, "4 школы")
    await teller.presses(coordinator, "🚀 Разослать")
    teller.expect(coordinator, "Разослано", "4 школы")
    await teller.pass_time(at_moscow(teller.now, hour=13, minute=30))
    await teller.presses(answering, "📝 Заполнить", under=_CLUBS_FORM)
    await teller.presses(answering, "▫️ шахматы", quietly=True)
    await teller.presses(answering, "▫️ хор")
    await teller.presses(answering, "✅ Готово: выбрано 2")
    teller.expect(answering, "✓ Записано: шахматы; хор", "2 из 2")
    await teller.says(answering, "24", quietly=True)
    await teller.presses(answering, "✅ Сдать")
    teller.expect(answering, "Ответ школы: Выполнено")
