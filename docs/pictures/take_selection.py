"""Takes the pictures of a selection from the running demonstration: ``python -m docs.pictures.take_selection``."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.demo.network import OWNER, OWNER_NAME
from bot.demo.running import running_demo
from bot.demo.teller import Teller, at_moscow
from docs.pictures.camera import HERE, Camera, browser

BEGINNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
SELECTION = "Отбор наставников"
APPLICANTS = ("Петров Иван Сергеевич", "Седова Анна Игоревна", "Котов Пётр Ильич")


async def main() -> None:
    async with running_demo(start=BEGINNING, with_matters=False) as demo, browser() as chromium:
        names = {one.account: one.full_name for one in demo.network.residents} | {OWNER: OWNER_NAME}
        accounts = {name.split()[0]: account for account, name in names.items()}
        people = Teller(demo, names, print_line=lambda _line: None)
        await _play(people, Camera(demo, chromium, HERE / "selection"), accounts["Орлова"], accounts["Зимина"])


async def _play(people: Teller, camera: Camera, vera: int, anna: int) -> None:
    await _announce(people, vera)
    for first, name in zip((True, False, False), APPLICANTS, strict=True):
        await people.presses(anna, "📝 Подать заявку" if first else "➕ Ещё одна заявка")
        for words in (name, "9 «А» класс", "Призёр олимпиады по физике, ведёт кружок для младших"):
            await people.says(anna, words)
        await people.presses(anna, "✅ Подать заявку")
    await people.says(vera, "/selection")
    await people.presses(vera, f"🆕 3 · {SELECTION}")
    await people.presses(vera, "📖 Читать новые: 3")
    await people.presses(vera, "✅ В основной")
    await camera.cut("application", vera)
    await people.presses(vera, "✅ В основной")
    await people.presses(vera, "🕓 В резерв")
    await people.presses(vera, "‹ К отбору")
    await people.presses(vera, "📣 Объявить решения: 3")
    await people.presses(vera, "📣 Объявить")
    await people.pass_time(at_moscow(people.now, hour=11))
    await people.presses(anna, "📋 Заявки школы: 3")
    await people.presses(anna, f"1. {APPLICANTS[0]}")
    await people.presses(anna, "↩️ Отозвать")
    await people.presses(anna, "Да, отозвать")
    await people.pass_time(at_moscow(people.now, hour=11, minute=15))
    await camera.cut("freed", vera)


async def _announce(people: Teller, vera: int) -> None:
    await people.says(vera, "/selection")
    await people.presses(vera, "➕ Новый отбор")
    await people.says(vera, SELECTION)
    await people.says(vera, "до 20 сентября")
    await people.presses(vera, "🏫 Школы – за своих участников")
    await people.says(vera, "4")
    await people.says(vera, "Суздаль 2\nМуром 2")
    await people.presses(vera, "3")
    await people.presses(vera, "📄 Короткая заявка")
    await people.presses(vera, "📨 Сколько заявок")
    await people.presses(vera, "3")
    await people.presses(vera, "👁 Посмотреть и объявить")
    await people.presses(vera, "📣 Объявить отбор")
    await people.pass_time(at_moscow(people.now, hour=10))


if __name__ == "__main__":
    asyncio.run(main())
