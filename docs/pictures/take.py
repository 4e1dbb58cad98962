"""Takes the pictures of the documents anew, from the running demonstration: ``python -m docs.pictures.take``.

Run it from the repository's root with the development dependencies and Debian's Chromium. The clock of the
demonstration begins on a fixed Monday, so the pictures differ only where the bot does.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.demo.network import OWNER, OWNER_NAME
from bot.demo.roadmap import FILE_NAME, roadmap
from bot.demo.running import running_demo
from bot.demo.teller import Teller, at_moscow
from docs.pictures.camera import DESK, Camera, browser

BEGINNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
TASK = "Определение ответственного"


async def main() -> None:
    async with running_demo(start=BEGINNING) as demo, browser() as chromium:
        names = {one.account: one.full_name for one in demo.network.residents} | {OWNER: OWNER_NAME}
        accounts = {name.split()[0]: account for account, name in names.items()}
        await _play(Teller(demo, names, print_line=lambda _line: None), Camera(demo, chromium), accounts)


async def _play(people: Teller, camera: Camera, accounts: dict[str, int]) -> None:
    vera, anna, daria = accounts["Орлова"], accounts["Зимина"], accounts["Смирнова"]
    await people.says(anna, "/invite")
    await people.presses(anna, "+ педагог")
    await camera.take("invite", anna)
    await _plan(people, camera, vera)
    await people.pass_time(at_moscow(people.now, hour=10))
    await people.pass_time(at_moscow(people.now, days=2, hour=10))
    await camera.take("task", anna)
    await people.presses(anna, "✅ Выполнено", under=TASK)
    await people.presses(accounts["Лосев"], "⚠️ Есть проблема", under=TASK)
    await people.says(accounts["Лосев"], "Директор в отпуске до 20-го, приказ подписать некому")
    await people.presses(daria, "Вебинар 2. Уроки с новым…")
    await people.presses(daria, "✅ Приду", under="Вебинар 2")
    await people.pass_time(at_moscow(people.now, days=7, hour=10))
    await camera.take("reminder", daria)
    await people.pass_time(at_moscow(people.now, days=1, hour=12))
    await people.says(vera, "/board")
    await people.presses(vera, "1")
    await camera.take("board", vera)
    await camera.take("page", vera, DESK)


async def _plan(people: Teller, camera: Camera, coordinator: int) -> None:
    await people.sends(coordinator, FILE_NAME, roadmap(people.now.date()))
    await camera.take("draft", coordinator)
    await people.presses(coordinator, "📎 2")
    await people.presses(coordinator, "✏️ Исправить срок")
    await people.says(coordinator, "до 25 ноября")
    await camera.take("term", coordinator)
    await people.presses(coordinator, "✅ Верно")
    await people.presses(coordinator, "‹ К строкам")
    await people.presses(coordinator, "✅ Принять все понятые (7)")
    await people.presses(coordinator, "Дальше: проверить и запланировать ›")
    await people.presses(coordinator, "🚀 Запланировать")


if __name__ == "__main__":
    asyncio.run(main())
