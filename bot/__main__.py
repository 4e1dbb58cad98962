"""``python -m bot``: also where that python is the system's, which has none of what the bot needs.

The environment that make has built is entered then: owners type what the guide says, and would be shown a trace.
"""

import importlib.util
import os
import sys
from pathlib import Path

_OURS = Path(__file__).resolve().parent.parent / ".venv/bin/python"


def _run() -> None:
    if importlib.util.find_spec("typer") is None and _OURS.exists() and Path(sys.executable) != _OURS:
        os.execv(_OURS, [str(_OURS), "-m", "bot", *sys.argv[1:]])  # noqa: S606 - itself, with its own arguments
    from bot.cli import main

    main()


if __name__ == "__main__":  # the readers of documents are processes of their own, and import this as another module
    _run()
