"""An event is made, step by step, shown and announced."""

from __future__ import annotations

from docs.pictures.event_scene import Scene

ORGANISER, TEACHER, COORDINATOR = "Соколова", "Фомин", "Грачёва"
SERIES = "Первый год центра"
DEFENCE = "Защита проектов"
MEETING = "Итоги полугодия"


async def take_making(scene: Scene) -> None:
    await _empty(scene)
    await _steps(scene)
    await _card(scene)
    await _announced(scene)
    await _others(scene)


async def _empty(scene: Scene) -> None:
    await scene.says(ORGANISER, "/webinars")
    await scene.sees(ORGANISER, "webinars-empty", last=2)
    await scene.taps(ORGANISER, "Черновики")
    await scene.sees(ORGANISER, "drafts-empty")
    await scene.says(ORGANISER, "/attendance")
    await scene.sees(ORGANISER, "attendance-empty", last=2)
    await scene.says(TEACHER, "/my")
    await scene.sees(TEACHER, "my-empty", last=2)
    await scene.taps(TEACHER, "Мои посещения")
    await scene.sees(TEACHER, "visits-empty")
    await scene.says(TEACHER, "/calendar")
    await scene.sees(TEACHER, "calendar-empty", last=2)


async def _steps(scene: Scene) -> None:
    await scene.says(ORGANISER, "/event")
    await scene.sees(ORGANISER, "making-kind", last=2)
    await scene.taps(ORGANISER, "🎥 Вебинар")
    await scene.sees(ORGANISER, "making-title")
    await scene.taps(ORGANISER, "‹ К карточке")
    await scene.sees(ORGANISER, "card-empty")
    await scene.pops_up(ORGANISER, "card-unfinished", "Дальше ›")
    await scene.says(ORGANISER, "/cancel", "/webinar", f"{SERIES}: вебинар 1–3")
    await scene.sees(ORGANISER, "making-when")
    await scene.says(ORGANISER, "в четверг после обеда")
    await scene.sees(ORGANISER, "wrong-when", last=2)
    await scene.says(ORGANISER, "31 сентября в 15:00")
    await scene.sees(ORGANISER, "wrong-day", last=2)
    await scene.says(ORGANISER, "1 сентября 2026 года в 15:00")
    await scene.sees(ORGANISER, "wrong-past", last=2)
    await scene.says(ORGANISER, "22, 24 и 29 сентября")
    await scene.sees(ORGANISER, "making-hour", last=2)
    await scene.says(ORGANISER, "с 15:00 до 16:00")
    await scene.sees(ORGANISER, "making-link", last=2)
    await scene.says(ORGANISER, "ссылка будет")
    await scene.sees(ORGANISER, "wrong-link", last=2)
    await scene.taps(ORGANISER, "Пропустить")
    await scene.sees(ORGANISER, "making-word")
    await scene.taps(ORGANISER, "Пропустить")
    await scene.sees(ORGANISER, "card-half")


async def _card(scene: Scene) -> None:
    await scene.taps(ORGANISER, "Ссылка")
    await scene.says(ORGANISER, "https://example.org/first-year")
    await scene.taps(ORGANISER, "Места")
    await scene.sees(ORGANISER, "field-seats")
    await scene.says(ORGANISER, "сколько влезет")
    await scene.sees(ORGANISER, "wrong-seats", last=2)
    await scene.says(ORGANISER, "3, резерв 2")
    await scene.taps(ORGANISER, "Что спрашиваем")
    await scene.sees(ORGANISER, "field-asks")
    await scene.taps(ORGANISER, "Сертификат", "‹ К карточке", "Код доступа")
    await scene.says(ORGANISER, "2026")
    await scene.taps(ORGANISER, "Кто ведёт")
    await scene.says(ORGANISER, "Соколова И. П., методист")
    await scene.taps(ORGANISER, "Кодовое слово")
    await scene.says(ORGANISER, "Маяк 27")
    await scene.taps(ORGANISER, "Материалы")
    await scene.says(ORGANISER, "Программа https://example.org/programme")
    await scene.sees(ORGANISER, "field-materials", last=2)
    await scene.taps(ORGANISER, "‹ К карточке")
    await scene.sees(ORGANISER, "card-full")
    await scene.taps(ORGANISER, "Кого зовём")
    await scene.sees(ORGANISER, "audience")
    await scene.taps(ORGANISER, "Готово")


async def _announced(scene: Scene) -> None:
    await scene.taps(ORGANISER, "Дальше ›")
    await scene.sees(ORGANISER, "preview")
    await scene.taps(ORGANISER, "Отправить себе")
    await scene.sees(ORGANISER, "sample", of="Проба")
    await scene.taps(ORGANISER, "📣 Объявить")
    await scene.sees(ORGANISER, "announced")
    await scene.taps(ORGANISER, "Кто придёт и ход")
    await scene.sees(ORGANISER, "event-card")


async def _others(scene: Scene) -> None:
    """A defence at a school, to which every school sends two, and a meeting that is called off later."""
    await scene.says(ORGANISER, "/event")
    await scene.taps(ORGANISER, "🎓 Защита")
    await scene.says(ORGANISER, DEFENCE, "10 сентября с 14:00 до 16:00")
    await scene.taps(ORGANISER, "Пропустить", "Пропустить", "Место")
    await scene.says(ORGANISER, "г. Муром, ул. Ленина, 63, актовый зал")
    await scene.taps(ORGANISER, "Кодовое слово")
    await scene.says(ORGANISER, "Парус")
    await scene.taps(ORGANISER, "Что спрашиваем", "Причину при", "2", "‹ К карточке", "Дальше ›", "Координатор школы")
    await scene.sees(ORGANISER, "preview-coordinator")
    await scene.taps(ORGANISER, "📣 Объявить")
    await scene.says(ORGANISER, "/event")
    await scene.taps(ORGANISER, "👥 Совещание")
    await scene.says(ORGANISER, MEETING, "16 сентября в 12:00", "https://example.org/meeting")
    await scene.taps(ORGANISER, "Пропустить", "Дальше ›", "📣 Объявить")
    await scene.says(ORGANISER, "/webinars")
    await scene.sees(ORGANISER, "webinars", last=1)
