"""What happens, for those who watch: the page listens to it by server-sent events, a test by `subscribe`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_BACKLOG = 20_000


class Events:
    def __init__(self) -> None:
        self._listeners: list[asyncio.Queue[tuple[str, dict[str, Any]] | None]] = []

    @property
    def has_listeners(self) -> bool:
        return bool(self._listeners)

    def publish(self, name: str, body: dict[str, Any]) -> None:
        for listener in self._listeners[:]:
            if listener.qsize() >= _BACKLOG:
                # A page left in the background must not eat the memory: it is cut off and will reload.
                self._listeners.remove(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait((name, body))

    @contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[tuple[str, dict[str, Any]] | None]]:
        """Yields a queue of (name, body); None in it means that the server stops or the listener was too slow."""
        queue: asyncio.Queue[tuple[str, dict[str, Any]] | None] = asyncio.Queue()
        self._listeners.append(queue)
        try:
            yield queue
        finally:
            if queue in self._listeners:
                self._listeners.remove(queue)

    def close(self) -> None:
        for listener in self._listeners:
            listener.put_nowait(None)
        self._listeners.clear()


def as_server_sent(name: str, body: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n".encode()
