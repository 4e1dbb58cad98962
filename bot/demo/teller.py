"""Acts the people of the story in the sandbox and prints what is said, as a transcript to read in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.running import Demo
from bot.texts.catalogue import plain
from bot.texts.times import clock, day

Message = dict[str, Any]

_MOSCOW = ZoneInfo("Europe/Moscow")
_WIDTH = 92
_INDENT = "      "
_AT_LEAST = timedelta(minutes=1)  # that the clock goes on, whatever is due


class StoryError(Exception):
    """The bot did not say what the story expects: a fault of the program, not of the story."""


class Teller:
    """``names``: how each account is called in the transcript."""

    def __init__(self, demo: Demo, names: dict[int, str], print_line: Callable[[str], object]) -> None:
        self._demo = demo
        self._names = names
        self._print = print_line
        self._seen = 0  # every message has a greater id than the one before, whoever's chat it is in

    @property
    def now(self) -> datetime:
        return self._demo.app.clock.now()

    def chapter(self, key: str) -> None:
        title = plain(key)
        self._print(f"\n━━ {title} {'━' * max(3, _WIDTH - len(title) - 4)}")

    async def opens(self, account: int, payload: str) -> None:
        """Opens an invitation link and presses Start."""
        self._act(account, plain("story-opens"))
        self._demo.sandbox.start_bot(account, payload)
        await self._answer(account)

    async def says(self, account: int, text: str, *, quietly: bool = False) -> None:
        if not quietly:
            self._act(account, text)
        self._demo.sandbox.person_writes(account, text)
        await self._answer(account, quietly=quietly)

    async def sends(self, account: int, name: str, data: bytes) -> None:
        self._act(account, f"📎 {name}")
        self._demo.sandbox.send_document(account, name, data)
        await self._answer(account)

    async def presses(self, account: int, label: str, *, under: str = "", quietly: bool = False) -> None:
        """Presses the button in the latest message that has it; ``under``: that holds these words too."""
        message_id = self._message_with(account, label, under)
        if not quietly:
            self._act(account, f"[{label}]")
        answer = await self._demo.sandbox.press(account, label, message_id=message_id)
        if answer and answer.get("text") and not quietly:
            self._print(f"{_INDENT}💬 {answer['text']}")
        await self._answer(account, quietly=quietly, pressed=message_id)

    async def pass_time(self, until: datetime) -> None:
        """Lets the clock run to ``until`` from event to event; tells of each whom was written, and shows the first."""
        await self._demo.app.tick()  # what people have just said is planned and sent before the clock runs
        self._tell_of_the_hour()
        while self.now < until:
            due = await self._demo.app.next_due_at()
            next_at = until if due is None else min(max(due, self.now + _AT_LEAST), until)
            await self._demo.sandbox.move_clock({"to": next_at.isoformat()})
            self._tell_of_the_hour()

    def messages(self, account: int) -> list[Message]:
        """What the bot has written to this person, as it looks now."""
        return self._messages(account)

    def last_text(self, account: int) -> str:
        return _text(self.messages(account)[-1])

    def opened(self, account: int) -> bytes:
        """The file in the bot's last message to this person."""
        last = self.messages(account)[-1]
        stored = self._demo.sandbox.world.files.get(last.get("document", {}).get("file_id", ""))
        if stored is None:
            raise StoryError(f"no file in the last message to {self._names[account]}: {_text(last)!r}")
        return stored.data

    def expect(self, account: int, *words: str, without: tuple[str, ...] = ()) -> None:
        """Raises StoryError unless the bot's last message to this person has all the words, and none of ``without``."""
        text = self.last_text(account)
        for word in words:
            if word not in text:
                raise StoryError(f"«{word}» is not in the last message to {self._names[account]}: {text!r}")
        for word in without:
            if word in text:
                raise StoryError(f"«{word}» stands in the last message to {self._names[account]}: {text!r}")

    def expect_button(self, account: int, label: str) -> None:
        """Raises StoryError unless it stands under the bot's last message to this person."""
        labels = _labels(self.messages(account)[-1])
        if label not in labels:
            raise StoryError(f"no button «{label}» under the last message to {self._names[account]}: {labels}")

    def count_messages(self) -> dict[int, int]:
        """How many messages each person has from the bot."""
        return {account: len(self.messages(account)) for account in self._names}

    def expect_news(self, before: dict[int, int], *written: int, acting: int) -> None:
        """Raises StoryError unless exactly these people have one message more than ``before``, and nobody any other.

        ``before`` is counted ahead of the act, for the bot's own clock may bring the news at once; who is ``acting``
        has had his answers meanwhile.
        """
        more = {account: n - before[account] for account, n in self.count_messages().items() if account != acting}
        news = {self._names[account]: n for account, n in more.items() if n}
        if news != {self._names[account]: 1 for account in written}:
            raise StoryError(f"other people were written to than {[self._names[one] for one in written]}: {news}")

    def note(self, key: str, **values: str | int) -> None:
        self._print(plain(key, **values))

    def _messages(self, account: int, *, after: int = 0) -> list[Message]:
        said = self._demo.sandbox.messages(account, after=after)
        return [message for message in said if message["from"]["is_bot"]]

    def _message_with(self, account: int, label: str, words: str) -> int:
        for message in reversed(self.messages(account)):
            if words in _text(message) and label in _labels(message):
                return int(message["message_id"])
        raise StoryError(f"{self._names[account]} has no message «{words}» with a button «{label}»")

    def _act(self, account: int, what: str) -> None:
        words = what.replace("\n", f"\n{_INDENT}")
        self._print(f"\n👤 {self._names[account]}: {words}")

    async def _answer(self, account: int, *, quietly: bool = False, pressed: int | None = None) -> None:
        await self._demo.settle()
        messages = self.messages(account)
        fresh = [message for message in messages if message["message_id"] > self._seen]
        fresh = fresh or [message for message in messages if message["message_id"] == pressed] or messages[-1:]
        self._seen = max(self._seen, *(message["message_id"] for message in messages), 0)
        for message in () if quietly else fresh[-2:]:
            self._show(message)

    def _tell_of_the_hour(self) -> None:
        fresh = {account: self._messages(account, after=self._seen) for account in self._names}
        told = {account: messages for account, messages in fresh.items() if messages}
        if not told:
            return
        self._seen = max(message["message_id"] for messages in told.values() for message in messages)
        at = self.now
        when = f"{day(at.astimezone(_MOSCOW).date(), today=at.date())}, {clock(at, _MOSCOW)} МСК"
        self._print("\n" + plain("story-hour", when=when, people=len(told), names=_some(self._names[a] for a in told)))
        self._show(next(iter(told.values()))[0])

    def _show(self, message: Message) -> None:
        first = True
        for line in _text(message).splitlines():
            for part in textwrap.wrap(line, _WIDTH - len(_INDENT)) or [""]:
                self._print(f"   🤖 {part}" if first else f"{_INDENT}{part}")
                first = False
        for row in _keyboard(message):
            self._print(_INDENT + " ".join(f"[{button['text']}]" for button in row))


def at_moscow(moment: datetime, *, days: int = 0, hour: int, minute: int = 0) -> datetime:
    """That hour in Moscow, so many days later."""
    local = moment.astimezone(_MOSCOW) + timedelta(days=days)
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _text(message: Message) -> str:
    if document := message.get("document"):
        return f"📎 {document['file_name']}\n{message.get('caption', '')}".strip()
    if message.get("photo"):
        return f"🖼 {message.get('caption', '')}"
    return str(message.get("text", ""))


def _keyboard(message: Message) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _labels(message: Message) -> list[str]:
    return [button["text"] for row in _keyboard(message) for button in row]


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:4]) + ("…" if len(listed) > 4 else "")
