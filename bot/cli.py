"""The command line. Commands that need no messenger import none: aiogram costs seconds and 170 MB."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="Вестовой: сроки и вебинары сети школ в Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local variables would print names and tokens
)


@app.callback()
def _root() -> None:
    """Keeps the commands named even while there is only one."""


def main() -> None:
    app()
