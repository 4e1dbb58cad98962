"""The event is held: who is there, and what comes after it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.teller import at_moscow
from docs.pictures.event_scene import Scene
from docs.pictures.events_made import ORGANISER

_BEGINS = datetime(2026, 9, 22, 15, 0, tzinfo=ZoneInfo("Europe/Moscow"))
_REPORT = """Имя;Минут
Фомин Артём Денисович;58
А. Рябова;57
Белкина Юлия;51
Ежова Марина;12
Гость из Вязников;20
"""


async def take_attendance(scene: Scene) -> None:
    await _early(scene)
    await _at_the_webinar(scene)
    await _leading(scene)


async def _early(scene: Scene) -> None:
    """Before the first webinar, on its day."""
    await scene.people.pass_time(_BEGINS.replace(hour=10))
    await scene.says("Фомин", "маяк 27")
    await scene.sees("Фомин", "here-early", last=2)
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, "22 сент", "✋ Кто был")
    await scene.sees(ORGANISER, "sheet-early")
    await scene.pops_up(ORGANISER, "qr-early", "QR на экран")


async def _at_the_webinar(scene: Scene) -> None:
    await scene.people.pass_time(_BEGINS.replace(hour=15, minute=2))
    await scene.taps("Рябова", "✋ Я на вебинаре")
    await scene.sees("Рябова", "here-ask")
    await scene.says("Рябова", "компас")
    await scene.sees("Рябова", "here-wrong", last=2)
    await scene.says("Рябова", "Маяк 27")
    await scene.sees("Рябова", "here-taken", last=2)
    await scene.taps("Белкина", "✋ Я на вебинаре")
    await scene.says("Белкина", *("лампа", "море", "берег", "волна", "якорь", "компас"))
    await scene.sees("Белкина", "here-too-many", last=2)
    await scene.taps(ORGANISER, "QR на экран")
    await scene.sees(ORGANISER, "qr")
    await scene.sees("Ежов", "seat-none", of="так и не освободилось")


async def _leading(scene: Scene) -> None:
    await scene.says(ORGANISER, "/attendance")
    await scene.sees(ORGANISER, "attendance", last=2)
    await scene.taps(ORGANISER, "22.09")
    await scene.sees(ORGANISER, "sheet")
    await scene.taps(ORGANISER, "📝 Отметить", "Гусев", "Гусев", "Гусев")
    await scene.sees(ORGANISER, "list")
    await scene.taps(ORGANISER, "🕓 Подробно", "Рябова")
    await scene.sees(ORGANISER, "person")
    await scene.taps(ORGANISER, "‹ Назад", "Найти")
    await scene.says(ORGANISER, "яковлев")
    await scene.sees(ORGANISER, "list-empty", last=2)
    await scene.taps(ORGANISER, "‹ Назад", "По школам")
    await scene.sees(ORGANISER, "schools")
    await scene.taps(ORGANISER, "‹ Назад", "Загрузить список")
    await scene.sees(ORGANISER, "table-ask")
    await scene.sends(ORGANISER, "отчёт.csv", b"\xff\xfe\x00")
    await scene.sees(ORGANISER, "table-broken", last=2)
    await scene.sends(ORGANISER, "Участники.csv", _REPORT.encode())
    await scene.sees(ORGANISER, "table", last=2)
    await scene.taps(ORGANISER, "Разобрать")
    await scene.sees(ORGANISER, "table-doubt")
    await scene.taps(ORGANISER, "Нет в списке")
    await scene.taps(ORGANISER, "Применить")
    await scene.sees(ORGANISER, "table-applied")
    await scene.people.pass_time(_BEGINS.replace(hour=18, minute=10))
    await scene.says("Ежов", "маяк 27")
    await scene.sees("Ежов", "here-late", last=2)
    await scene.says(ORGANISER, "/attendance")
    await scene.taps(ORGANISER, "22.09", "Все остальные")
    await scene.sees(ORGANISER, "rest-sure")
    await scene.taps(ORGANISER, "Да, записать")
    await scene.sees(ORGANISER, "sheet-full")


async def take_afterwards(scene: Scene) -> None:
    await scene.taps(ORGANISER, "📼 После события")
    await scene.sees(ORGANISER, "after-empty")
    await scene.taps(ORGANISER, "Добавить запись")
    await scene.sees(ORGANISER, "after-ask")
    await scene.says(ORGANISER, "запись скоро")
    await scene.sees(ORGANISER, "after-wrong", last=2)
    await scene.says(ORGANISER, "Запись вебинара https://example.org/video")
    await scene.sees(ORGANISER, "after-added", last=2)
    await scene.taps(ORGANISER, "‹ Назад")
    await scene.sees(ORGANISER, "after-full")
    await scene.taps(ORGANISER, "Отправить всем")
    await scene.sees(ORGANISER, "after-sure")
    await scene.taps(ORGANISER, "Да, отправить")
    await scene.people.pass_time(at_moscow(scene.people.now, days=1, hour=10))
    await scene.sees("Ежов", "materials", of="запись и материалы")
    await scene.sees("Рябова", "feedback-ask", of="Насколько было полезно")
    await scene.taps("Рябова", "5 ⭐")
    await scene.sees("Рябова", "feedback-line", of="чего не хватило")
    await scene.says("Рябова", "Больше примеров с уроков")
    await scene.sees("Рябова", "feedback-taken", last=2)
    await scene.taps("Фомин", "4 ⭐", "Пропустить")
    await scene.sees("Фомин", "feedback-thanks", of="Ваша оценка")
    await scene.taps("Фомин", "📜 Сертификат")
    await scene.sees("Фомин", "certificate")
    await scene.says(ORGANISER, "/attendance")
    await scene.taps(ORGANISER, "22.09", "📼 После события", "⭐ Отзывы")
    await scene.sees(ORGANISER, "feedback")
    await scene.taps(ORGANISER, "‹ Назад", "Вся серия")
    await scene.sees(ORGANISER, "series")
    await scene.taps(ORGANISER, "‹ Назад", "Список .xlsx")
    await scene.sees(ORGANISER, "file-xlsx")
    await scene.taps(ORGANISER, "Лист регистрации")
    await scene.sees(ORGANISER, "file-sign")
    await _moved_together(scene)
    await scene.says("Ежов", "/my")
    await scene.taps("Ежов", "Мои посещения")
    await scene.sees("Ежов", "visits")
    await scene.taps("Ежов", "Что я пропустил")
    await scene.sees("Ежов", "missed")
    await scene.says("Орлова", "/board")
    await scene.taps("Орлова", "Прошедшие")
    await scene.sees("Орлова", "board-past")
    await scene.taps("Орлова", "1")
    await scene.sees("Орлова", "board-turnout")


async def _moved_together(scene: Scene) -> None:
    await scene.says(ORGANISER, "/webinars")
    await scene.taps(ORGANISER, "25 сент", "🕒 Перенести")
    await scene.says(ORGANISER, "30 сентября с 15:00 до 16:00")
    await scene.sees(ORGANISER, "move-series", last=2)
    await scene.taps(ORGANISER, "Эту и следующие")
    await scene.people.pass_time(at_moscow(scene.people.now, hour=11))
    await scene.sees("Фомин", "moved-series")
