"""``python -m bot run``: checks what the bot needs, runs it, and says in words why it cannot."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Mapping

from pydantic import ValidationError

from bot.clock import SystemClock
from bot.config import ListenError, Settings
from bot.logs import set_up_logs
from bot.texts.catalogue import plain


class StartError(Exception):
    """The bot cannot start; the text says to its owner, in Russian, what to do."""


def run_bot(*, takes_over: bool = False) -> None:
    """Runs the bot until SIGTERM or SIGINT; ``takes_over``: also from a program elsewhere. Raises StartError."""
    settings = read_settings()
    _ensure_complete(settings)
    set_up_logs(settings.log_level, token=settings.bot_token.get_secret_value(), as_json=settings.log_format == "json")
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_run(settings, takes_over=takes_over))


def spare_the_collector() -> None:
    """Once everything is built: what lives as long as the process is looked through no more, and what is young less
    often.

    A full collection over aiogram's models takes 127 ms, and they are never garbage. With the usual threshold of 700
    objects the collector took a twenty-fifth of the CPU of a tap, in pauses that everybody waited for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def read_settings() -> Settings:
    """The settings of the environment. Raises StartError, which names a wrong one."""
    try:
        return Settings()
    except UnicodeDecodeError:
        raise StartError(plain("start-env-unreadable")) from None
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        name = str(fault["loc"][0]).upper() if fault["loc"] else "?"
        raise StartError(
            plain("start-wrong-setting", name=name, fault=fault["type"], limit=_limit(fault.get("ctx", {})))
        ) from None


def _limit(context: Mapping[str, object]) -> str:
    """The bound that was passed, or the values that are allowed; empty where the fault has neither."""
    return str(next((context[key] for key in ("gt", "ge", "lt", "le", "expected") if key in context), ""))


def _ensure_complete(settings: Settings) -> None:
    token = settings.bot_token.get_secret_value()
    if not token:
        raise StartError(plain("start-no-token"))
    number, _, secret = token.partition(":")
    if not (number.isdigit() and secret):
        raise StartError(plain("start-bad-token"))
    if settings.webhook_url is not None and settings.webhook_secret is None:
        raise StartError(plain("start-no-webhook-secret"))


async def _run(settings: Settings, *, takes_over: bool = False) -> None:
    # Imported here: a missing token is told at once, not after the second that aiogram takes.
    from bot.telegram.deferred_models import import_aiogram

    import_aiogram()
    from bot.app import App
    from storage.instance_lock import only_instance

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        with only_instance(settings.database_url):
            app = await App.build(settings, SystemClock())
            spare_the_collector()
            await app.run(stop, takes_over=takes_over)
    except Exception as error:
        if (words := _said(error)) is None:
            raise
        raise StartError(words) from None


def _said(error: Exception) -> str | None:
    """What its owner does about it, in words; None for a mistake of the program, whose trace is wanted."""
    from bot.telegram import updates
    from storage import errors

    match error:
        case updates.TokenRefusedError():
            return plain("start-token-refused")
        case updates.ForeignWebhookError():
            return plain("start-foreign-webhook", host=error.host)
        case updates.AnotherInstanceError():
            return plain("start-another-instance")
        case updates.WebhookRefusedError():
            return plain("start-webhook-refused", reason=str(error))
        case ListenError():
            return plain("start-address-taken", setting=error.setting, address=error.address)
        case errors.DatabaseInUseError():
            return plain("start-database-in-use", place=str(error.place), process=error.process or "?")
        case errors.DatabaseTooNewError():
            return plain("start-database-too-new", revision=error.revision)
        case errors.DatabaseUnusableError():
            facts = {"place": str(error.place), "kind": error.kind, "reason": error.reason}
            return plain("start-database-unusable", **facts)
        case ModuleNotFoundError(name="asyncpg"):
            return plain("start-no-driver")
    return None


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # it does not exist for Windows
        return None
    return uvloop.new_event_loop
