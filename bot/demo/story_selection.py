"""The story's chapters about a selection: quotas, applications, the lists, decisions, a place given back."""

from __future__ import annotations

from bot.demo.teller import StoryError, Teller, at_moscow

_REGION = "Ким Елена Сергеевна"
_FIRST, _SECOND, _OTHER_TOWN = "Цой Марина Викторовна", "Мороз Егор Тимофеевич", "Пак Алина Сергеевна"
_REFUSING = "Чайка Ольга Ивановна"

_SELECTION = "Отбор тьюторов инициативы"
_QUOTAS = """Тында 1
Благовещенск 1"""


async def play_selection(teller: Teller, people: dict[str, int]) -> None:
    """On one working afternoon, before evening comes to МСК+6. Raises StoryError where the bot strays."""
    await _announce(teller, people[_REGION])
    await _apply(teller, people)
    await _decide(teller, people)
    await _give_a_place_back(teller, people)


async def _announce(teller: Teller, coordinator: int) -> None:
    teller.chapter("story-selection")
    await teller.says(coordinator, "/selection")
    await teller.presses(coordinator, "➕ Новый отбор")
    await teller.says(coordinator, _SELECTION)
    await teller.says(coordinator, "через неделю")
    await teller.presses(coordinator, "🙋 Люди – каждый за себя")
    await teller.says(coordinator, "2")
    await teller.says(coordinator, _QUOTAS)
    await teller.presses(coordinator, "3")
    await teller.presses(coordinator, "📄 Короткая заявка")
    teller.expect(coordinator, "г. Тында 1", "г. Благовещенск 1", "2 вопроса")
    await teller.presses(coordinator, "👁 Посмотреть и объявить")
    await teller.presses(coordinator, "📣 Объявить отбор")
    await teller.pass_time(at_moscow(teller.now, hour=13, minute=30))


async def _apply(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-applications")
    for name in (_FIRST, _SECOND, _OTHER_TOWN):
        is_shown = name == _FIRST
        applicant = people[name]
        await teller.presses(applicant, "📝 Подать заявку", under=_SELECTION, quietly=not is_shown)
        await teller.says(applicant, "Учитель физики", quietly=not is_shown)
        await teller.says(applicant, "Пять лет веду кружок робототехники", quietly=not is_shown)
        await teller.presses(applicant, "✅ Подать заявку", quietly=not is_shown)
        teller.expect(applicant, "Заявка подана", "не больше 1")
    await teller.presses(people[_REFUSING], "🙅 Не участвую", under=_SELECTION)
    teller.expect(people[_REFUSING], "не участвовать")


async def _decide(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-lists")
    coordinator = people[_REGION]
    await teller.says(coordinator, "/selection", quietly=True)
    await teller.presses(coordinator, f"🆕 3 · {_SELECTION}", quietly=True)
    await teller.presses(coordinator, "📖 Читать новые: 3")
    await teller.presses(coordinator, "✅ В основной")
    await teller.presses(coordinator, "✅ В основной")
    teller.expect(coordinator, "Точно?", "г. Тында: уже 1 из 1")
    await teller.presses(coordinator, "🕓 В резерв")
    await teller.presses(coordinator, "✅ В основной")
    await teller.presses(coordinator, "‹ К отбору")
    teller.expect(coordinator, "Основной список: 2 из 2", "✅ г. Тында: 1 из 1, резерв 1")
    before = teller.count_messages()
    await teller.presses(coordinator, "📣 Объявить решения: 3")
    await teller.presses(coordinator, "📣 Объявить")
    await teller.pass_time(at_moscow(teller.now, hour=14))
    teller.expect_news(before, *(people[name] for name in (_FIRST, _SECOND, _OTHER_TOWN)), acting=coordinator)
    teller.expect(people[_FIRST], "Вы прошли отбор")
    teller.expect(people[_SECOND], "Заявка в резерве")


async def _give_a_place_back(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-freed")
    coordinator, first, second = people[_REGION], people[_FIRST], people[_SECOND]
    await teller.presses(first, "📋 Моя заявка")
    await teller.presses(first, "↩️ Отозвать")
    await teller.presses(first, "Да, отозвать")
    await teller.pass_time(at_moscow(teller.now, hour=14, minute=15))
    teller.expect(coordinator, "Заявка отозвана", "Первый в резерве: Мороз Егор Тимофеевич")
    before = len(teller.messages(second))
    await teller.presses(coordinator, "⬆️ Взять: Мороз Е. Т.")
    await teller.pass_time(at_moscow(teller.now, hour=14, minute=30))
    if len(teller.messages(second)) != before + 1:
        raise StoryError("who moves up hears of it once")
    teller.expect(second, "заявка теперь в основном списке")
    await teller.presses(coordinator, "📄 Списки .xlsx")
