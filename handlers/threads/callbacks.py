"""The buttons of threads. They carry ids, never rights."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ThreadList(CallbackData, prefix="xt"):
    page: int = 0
    is_closed: bool = False


class ShowThread(CallbackData, prefix="xs"):
    """``page`` counts from 0, the oldest messages first; -1 is the last."""

    thread: int
    page: int = -1


class WriteThread(CallbackData, prefix="xw"):
    thread: int
    is_reopening: bool = False


class CloseThread(CallbackData, prefix="xc"):
    thread: int


class CloseWithoutWords(CallbackData, prefix="xn"):
    thread: int


class LeaveThread(CallbackData, prefix="xl"):
    """«Отмена» of what was to be written."""

    thread: int


class ShowFile(CallbackData, prefix="xf"):
    message: int


class SendAbout(CallbackData, prefix="xa"):
    """What was written goes to those above; ``assignment`` 0: about none of the matters."""

    draft: int
    assignment: int = 0


class SendInto(CallbackData, prefix="xi"):
    draft: int
    thread: int


class DropWords(CallbackData, prefix="xd"):
    draft: int


class FindWords(CallbackData, prefix="xq"):
    """What was written and not sent yet."""
