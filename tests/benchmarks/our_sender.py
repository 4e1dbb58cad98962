"""Our whole path of a notice (claim, words, request, outcome) in a process of its own, and what it cost there.

``python -m tests.benchmarks.our_sender URL TOKEN FILE RATE``: sends what is due in the database FILE and says as JSON
what it took. RATE «inf» is no limit at all.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import time
from pathlib import Path

import uvloop
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.config import Settings
from bot.logs import set_up_logs
from bot.telegram.deferred_models import import_aiogram
from bot.telegram.pacing import Pacer
from tests.benchmarks.paces import most_in
from tests.benchmarks.population import url_of


async def send(url: str, token: str, file: Path, rate: float) -> dict[str, float]:
    import_aiogram()  # as `python -m bot run` does it
    from bot.app import App

    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it, its type does not tell
        bot_token=SecretStr(token),
        telegram_api_url=url,
        database_url=url_of(file),
        paid_broadcast=True,
    )
    # Beyond what the setting allows: there is no such Telegram, it is to show what the program could do.
    app = await App.build(settings.model_copy(update={"send_rate": rate}), SystemClock())
    written = _noted(app.sender.pacer)
    gc.collect()
    gc.freeze()
    cpu, began = time.process_time(), time.perf_counter()
    try:
        sent = await app.sender.drain()
    finally:
        await app.close()
    return {
        "sent": sent,
        "cpu": time.process_time() - cpu,
        "seconds": time.perf_counter() - began,
        "most": most_in(1, written),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _noted(pacer: Pacer) -> list[float]:
    """When each message leaves, by the sender's own clock."""
    times: list[float] = []
    allowance = pacer._allowance
    written = allowance.written

    def note(now: float) -> None:
        times.append(now)
        written(now)

    allowance.written = note  # type: ignore[method-assign]  # nobody but a benchmark asks
    return times


if __name__ == "__main__":
    set_up_logs("CRITICAL", token="")
    url, token, file, rate = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(send(url, token, Path(file), float(rate)))))
