"""The event comes to those invited: the answers, the seats, a move, a cancellation, the reminders."""

from __future__ import annotations

from bot.demo.teller import at_moscow
from docs.pictures.event_scene import Scene
from docs.pictures.events_made import COORDINATOR, DEFENCE, MEETING, ORGANISER, SERIES

FIRST, SECOND, THIRD = (f"{SERIES}: вебинар {number}" for number in (1, 2, 3))
SEATED, WAITING = ("Фомин", "Рябова", "Гусев"), ("Белкина", "Ежов")


async def take_answers(scene: Scene) -> None:
    await scene.people.pass_time(at_moscow(scene.people.now, hour=11))
    await _invited(scene)
    await _defence(scene)
    await _seats(scene)
    await _changed(scene)
    await _reminded(scene)


async def _invited(scene: Scene) -> None:
    await scene.sees("Фомин", "invitation-series", of="серию")
    await scene.sees("Фомин", "invitation", of=DEFENCE)
    await scene.sees("Грачёва", "team-first", of="От школы нужно")
    await scene.says("Фомин", "/my")
    await scene.sees("Фомин", "my", last=1)
    await scene.says("Фомин", "/calendar")
    await scene.sees("Фомин", "calendar", last=2)


async def _defence(scene: Scene) -> None:
    await scene.taps("Фомин", "✅ Приду", under=DEFENCE)
    await scene.sees("Фомин", "answer-coming", of="Ваш ответ: Приду")
    await scene.taps("Рябова", "🤔 Под вопросом", under=DEFENCE)
    await scene.sees("Рябова", "answer-maybe", of=DEFENCE)
    await scene.taps("Гусев", "❌ Не смогу", under=DEFENCE)
    await scene.sees("Гусев", "answer-reason", of="Почему")
    await scene.taps("Гусев", "Другое")
    await scene.sees("Гусев", "answer-reason-own", of="Напишите одним сообщением")
    await scene.says("Гусев", "Везу команду на олимпиаду")
    await scene.sees("Гусев", "answer-not-coming", last=2)
    await scene.taps("Белкина", "Вместо меня придёт", under=DEFENCE)
    await scene.sees("Белкина", "colleague-choose", of="Кто придёт вместо")
    await scene.taps("Белкина", "Ежов")
    await scene.sees("Белкина", "colleague-asked", of="придёт ли вместо")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=11, minute=10))
    await scene.sees("Ежов", "colleague-question", of="вместо себя")
    await scene.taps("Ежов", "✅ Приду вместо")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=11, minute=20))
    await scene.sees("Белкина", "colleague-agreed")
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, DEFENCE, "❌ Не смогут")
    await scene.sees(ORGANISER, "who-not-coming")


async def _seats(scene: Scene) -> None:
    for who in (*SEATED, *WAITING):
        await scene.taps(who, FIRST)
        if who == SEATED[0]:
            await scene.sees(who, "invitation-opened", of=FIRST)
        await scene.taps(who, "✅ Приду", under=FIRST)
    await scene.sees("Фомин", "seat-taken", of="Место есть")
    await scene.sees("Белкина", "seat-reserve", of="в резерве")
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, "22 сент")
    await scene.sees(ORGANISER, "event-full")
    await scene.taps(ORGANISER, "Места и резерв")
    await scene.sees(ORGANISER, "seats-main")
    await scene.taps(ORGANISER, "Резерв")
    await scene.sees(ORGANISER, "seats-reserve")
    await scene.taps(ORGANISER, "1. Белкина")
    await scene.sees(ORGANISER, "seats-person")
    await scene.taps(ORGANISER, "‹ Назад", "Число мест")
    await scene.sees(ORGANISER, "seats-ask")
    await scene.says(ORGANISER, "сколько угодно")
    await scene.sees(ORGANISER, "seats-wrong", last=2)
    await scene.taps("Гусев", "Изменить ответ", under=FIRST)
    await scene.taps("Гусев", "❌ Не смогу", under=FIRST)
    await scene.taps("Гусев", "Болезнь")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=11, minute=40))
    await scene.sees("Белкина", "seat-offered")
    await scene.taps("Белкина", "✅ Занять место")
    await scene.sees("Белкина", "seat-accepted")
    await scene.sees("Ежов", "seat-reserve-second", of="в резерве")


async def _changed(scene: Scene) -> None:
    await scene.taps(SEATED[0], "Следующая")
    await scene.taps(SEATED[0], "✅ Приду", under=SECOND)
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, "24 сент", "🕒 Перенести")
    await scene.sees(ORGANISER, "move-ask")
    await scene.says(ORGANISER, "попозже")
    await scene.sees(ORGANISER, "move-wrong", last=2)
    await scene.says(ORGANISER, "25 сентября с 15:00 до 16:00")
    await scene.sees(ORGANISER, "move-sure", last=2)
    await scene.taps(ORGANISER, "Да, перенести")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=12))
    await scene.sees("Фомин", "moved")
    await scene.sees("Рябова", "moved-older", of="Серия")
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, MEETING, "Отменить событие")
    await scene.sees(ORGANISER, "cancel-sure")
    await scene.taps(ORGANISER, "Да, отменить")
    await scene.sees(ORGANISER, "event-cancelled")
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, "22 сент", "Как попасть")
    await scene.sees(ORGANISER, "way-in")
    await scene.taps(ORGANISER, "Изменить ссылку")
    await scene.says(ORGANISER, "https://example.org/first-year-2")
    await scene.sees(ORGANISER, "way-in-changed", last=2)
    await scene.people.pass_time(at_moscow(scene.people.now, hour=12, minute=30))
    await scene.sees("Фомин", "cancelled", of="Совещание отменено")
    await scene.sees("Фомин", "new-link", of="Новая ссылка")


async def _reminded(scene: Scene) -> None:
    await scene.people.pass_time(at_moscow(scene.people.now, days=2, hour=12))
    await scene.sees("Фомин", "reminder-eve", of="Завтра")
    await scene.sees("Рябова", "reminder-maybe", of="Завтра")
    await scene.sees(COORDINATOR, "team-eve", of="Завтра")
    await scene.people.pass_time(at_moscow(scene.people.now, days=1, hour=10))
    await scene.sees("Фомин", "reminder-morning", of="Сегодня")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=13, minute=50))
    await scene.sees("Фомин", "reminder-soon", of="Начинаем")
