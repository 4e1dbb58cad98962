"""aiogram's session for the requests that are made by the thousand: a JSON body out, and of the answer what is needed.

aiogram dumps every value into a urlencoded form and builds a model of the whole answer, which is most of the 290–350 µs
of CPU that a message costs there. Encoding stays aiogram's own (``prepare_value``), and so does every refusal
(``check_response``); so does the whole request where a file goes along, or the method is not one of these.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from aiohttp import ClientError, ClientTimeout

from bot.ports.messenger import OwnButtons, TapAnswer, TapAnswerer, unnoticed
from bot.telegram.posting import Poster

_LEAN: frozenset[type[TelegramMethod[Any]]] = frozenset(
    {SendMessage, EditMessageText, EditMessageReplyMarkup, AnswerCallbackQuery, DeleteMessage, SendChatAction}
)
_CONNECTING = 10.0  # seconds
_DONE = (b'{"ok":true,"result":true', b'{"ok":true,"result":{')
_REFUSED = '{"ok":false,'  # as Telegram begins it
_MOST_PREVIEWS = 16  # there are two; whoever makes them by the dozen must not fill the memory
_AS_IT_IS = (str, int, OwnButtons)  # `encoded` knows these buttons
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # kept: `json.dumps` makes one each time


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content: bytes

    @property
    def is_done(self) -> bool:
        """By how Telegram begins it. Where it is False, that is for ``result`` to say."""
        return self.status == 200 and self.content.startswith(_DONE)

    @property
    def result(self) -> Any:
        """None unless the request was done; a refusal is read from ``content``."""
        if self.status != 200:
            return None
        try:
            answer = json.loads(self.content)
        except ValueError:
            return None
        return answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None


class LeanSession(AiohttpSession, TapAnswerer):
    """Of a message that was sent, the answer has ``message_id``, ``chat`` and ``date``, and no more; of one that was
    edited it is only True: nobody asks what he has just written.

    It serves one bot, whose defaults it remembers. No error of it names the address, in which the token stands.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # A line that is simply silent shows itself while connecting, when the message has surely not left; by the whole
        # time alone each attempt would count as one that may have arrived.
        self._timeout = ClientTimeout(total=self.timeout, sock_connect=_CONNECTING)
        self._poster: Poster | None = None
        self._urls: dict[tuple[str, str], str] = {}  # by the token and the method, of the poster's server
        self._previews: dict[LinkPreviewOptions, Any] = {}
        self._always: dict[str, Any] | None = None
        self._way: tuple[int, Any] = (-1, None)  # through how many middlewares, and to the request itself
        self.timeout = self._timeout  # type: ignore[assignment]  # aiohttp takes it in the place of a number

    async def close(self) -> None:
        self.give_back()
        await super().close()

    def give_back(self) -> None:
        """The connections at hand, before the session is closed."""
        if self._poster is not None:
            self._poster.close()

    async def __call__(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """As aiogram's, which puts the way through the middlewares together for each request."""
        if timeout is not None:
            return await super().__call__(bot, method, timeout)
        count, way = self._way
        if count != len(self.middleware):
            count, way = self._way = len(self.middleware), self.middleware.wrap_middlewares(self.make_request)
        return cast(TelegramType, await way(bot, method))

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        if type(method) not in _LEAN or (fields := self.fields_of(bot, method)) is None:
            return await super().make_request(bot, method, timeout)
        answer = await self.post_encoded(bot, method, encoded(fields), timeout=timeout)
        return cast(TelegramType, self._read(bot, method, answer))

    async def answer_and_show(self, bot: Bot, answer: TapAnswer) -> tuple[Exception | None, Exception | None]:
        """Where a request ended well, which is nearly always, no model of it was ever made."""
        words = {"text": answer.words} if answer.words else {}
        toast = {"callback_query_id": answer.query_id, "show_alert": answer.is_alert, **words}
        screen = {"chat_id": answer.chat_id, "message_id": answer.message_id, "text": answer.text}
        if answer.buttons is not None:
            screen["reply_markup"] = answer.buttons
        poster = await self._posting()
        toasting, showing = await poster.post_both(
            (self._url(bot, AnswerCallbackQuery), encoded(toast)),
            (self._url(bot, EditMessageText), encoded({**self._always_edited(bot), **screen})),
            self._timeout,
        )
        return (
            await self._failure(bot, AnswerCallbackQuery, toast, toasting),
            await self._failure(bot, EditMessageText, screen, showing),
        )

    async def _failure(
        self,
        bot: Bot,
        kind: type[TelegramMethod[Any]],
        fields: Mapping[str, Any],
        outcome: tuple[int, bytes] | BaseException,
    ) -> Exception | None:
        """What its asker would have met; the middlewares hear of it, as of any other: so does the pacer of a flood
        wait."""
        if isinstance(outcome, tuple) and Answer(*outcome).is_done:
            return None

        async def read(bot: Bot, method: TelegramMethod[Any]) -> Any:
            if isinstance(outcome, BaseException):
                raise _met(method, outcome) from outcome
            return self._read(bot, method, Answer(*outcome))

        way = self.middleware.wrap_middlewares(cast(Any, read))
        method = kind.model_construct(**fields)
        # In a context of its own no tap is in hand: where the toast comes too late, its words must not be put into the
        # message that is changed beside it, which says the same.
        try:
            await asyncio.create_task(cast(Coroutine[Any, Any, Any], way(bot, method)), context=Context())
        except Exception as failure:  # noqa: BLE001 - whoever asked raises it, once he knows of the other
            return failure
        return None

    def _read(self, bot: Bot, method: TelegramMethod[Any], answer: Answer) -> Any:
        if answer.is_done and not isinstance(method, SendMessage):
            return True
        if (result := answer.result) is None:
            return self.refused(bot, method, answer)
        if not isinstance(result, dict):
            return result
        return _message(bot, result) if isinstance(method, SendMessage) else True

    def fields_of(self, bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any] | None:
        """The request as aiogram would encode it, as plain data; None where files go along, which JSON cannot hold."""
        files: dict[str, InputFile] = {}
        fields: dict[str, Any] = {}
        for name, value in vars(method).items() if not method.model_extra else method:
            given = bot.default[value.name] if isinstance(value, Default) else value
            if given is None:
                continue
            if isinstance(given, _AS_IT_IS):
                if given != "":
                    fields[name] = given
            elif isinstance(given, InlineKeyboardMarkup):  # it has neither files nor defaults, and many fields
                fields[name] = given.model_dump(exclude_none=True, warnings=False)
            elif isinstance(given, LinkPreviewOptions):
                fields[name] = self._preview(bot, given)
            else:
                fields[name] = self.prepare_value(given, bot=bot, files=files, _dumps_json=False)
        return None if files else fields

    def _preview(self, bot: Bot, options: LinkPreviewOptions) -> Any:
        """Nearly every message has the same."""
        if options not in self._previews:
            if len(self._previews) >= _MOST_PREVIEWS:
                self._previews.clear()
            self._previews[options] = self.prepare_value(options, bot=bot, files={}, _dumps_json=False)
        return self._previews[options]

    async def post_encoded(
        self,
        bot: Bot,
        method: TelegramMethod[Any] | type[TelegramMethod[Any]],
        body: bytes,
        *,
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
        leaving: Callable[[], None] = unnoticed,
    ) -> Answer:
        """Makes one request with this body, which is JSON. Raises TelegramNetworkError where no answer came.

        ``leaving`` is called as the bytes are written.
        """
        poster = await self._posting()
        waiting = self._timeout if timeout is None else ClientTimeout(total=timeout)
        try:
            status, content = await poster.post(self._url(bot, method), body, waiting, leaving)
        except (TimeoutError, ClientError) as error:
            raise _met(_named(method), error) from error
        return Answer(status, content)

    async def _posting(self) -> Poster:
        session = await self.create_session()
        if self._poster is None or self._poster.session is not session:
            self._poster, self._urls = Poster(session), {}
        return self._poster

    def _url(self, bot: Bot, method: TelegramMethod[Any] | type[TelegramMethod[Any]]) -> str:
        """Asked for once the poster stands."""
        asked = bot.token, method.__api_method__
        return self._urls.get(asked) or self._urls.setdefault(asked, self.api.api_url(*asked))

    def _always_edited(self, bot: Bot) -> Mapping[str, Any]:
        """What every changed message of this bot carries."""
        if self._always is None:
            blank = EditMessageText(text="-", link_preview_options=LinkPreviewOptions(is_disabled=True))
            self._always = self.fields_of(bot, blank)
            assert self._always is not None, "a text has no files"
        return self._always

    def refused(self, bot: Bot, method: TelegramMethod[Any], answer: Answer) -> Any:
        """Reads what is no plain success as aiogram does: raises its exceptions, or returns the result after all."""
        content = answer.content.decode(errors="replace")
        is_refusal = content.startswith(_REFUSED)
        asked = _with_no_answer(method) if is_refusal else method
        return self.check_response(bot, asked, answer.status, content).result


def encoded(fields: Mapping[str, Any]) -> bytes:
    """The body of a request. Buttons that are shared are put in as they are."""
    buttons = fields.get("reply_markup")
    if not isinstance(buttons, OwnButtons):
        return _encode(fields).encode()
    others = {name: value for name, value in fields.items() if name != "reply_markup"}
    return f'{_encode(others)[:-1]},"reply_markup":{buttons.encoded}}}'.encode()


@cache
def unspoken(kind: type[TelegramMethod[Any]]) -> TelegramMethod[Any]:
    """A request with nothing in it, to name a refusal by: one of twenty messages is refused, and to set the defaults of
    a model takes as long as to send one."""
    return kind.model_construct()


def _with_no_answer(method: TelegramMethod[Any]) -> TelegramMethod[Any]:
    kind = _of_no_answer(type(method))
    return kind.model_construct(**dict(method)) if method.model_fields_set else unspoken(kind)


def _message(bot: Bot, result: Mapping[str, Any]) -> Message:
    message, chat = _blank_message()
    chat = chat.model_copy(update={"id": result["chat"]["id"], "type": result["chat"]["type"]})
    date = datetime.fromtimestamp(result["date"], UTC)
    return message.model_copy(update={"message_id": result["message_id"], "date": date, "chat": chat}).as_(bot)


@cache
def _of_no_answer(kind: type[TelegramMethod[Any]]) -> type[TelegramMethod[Any]]:
    """The same method with nothing to read of its answer: for the first refusal of a broadcast aiogram would build the
    model of the message that did not come, and the loop would stand still for a fifth of a second."""
    made = cast(Any, type(kind))(kind.__name__, (kind,), {"__module__": kind.__module__, "__returning__": bool})
    return cast(type[TelegramMethod[Any]], made)


@cache
def _blank_message() -> tuple[Message, Chat]:
    """Copied, because to set the hundred fields that a message has costs as much as to read them."""
    return Message.model_construct(), Chat.model_construct()


def _met(method: TelegramMethod[Any], error: BaseException) -> Exception:
    """What aiogram's session raises where no answer came. What is no fault of the line is raised as it is."""
    if isinstance(error, TimeoutError):
        return TelegramNetworkError(method, "Request timeout error")
    if isinstance(error, ClientError):
        return TelegramNetworkError(method, f"{type(error).__name__}: {error}")
    raise error


def _named(method: TelegramMethod[Any] | type[TelegramMethod[Any]]) -> TelegramMethod[Any]:
    """For an exception's label, where the request was never a model."""
    return method.model_construct() if isinstance(method, type) else method
