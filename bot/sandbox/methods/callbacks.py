"""answerCallbackQuery."""

from __future__ import annotations

from bot.sandbox import closed_servers
from bot.sandbox.errors import refuse
from bot.sandbox.methods.invocation import Invocation

_TOO_OLD = "Query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Invocation) -> bool:
    arguments, world = call.arguments, call.world
    query = world.queries.get(arguments.text("callback_query_id").strip())
    if query is None or query.bot_id != call.bot.id or not query.is_answerable(world.clock.now()):
        refuse(_TOO_OLD)
    text = arguments.text("text")
    if len(text) > closed_servers.CALLBACK_ANSWER_LENGTH:
        refuse(closed_servers.CALLBACK_ANSWER_TOO_LONG)
    answer = {"text": text, "show_alert": arguments.flag("show_alert")}
    if arguments.text("url"):
        answer["url"] = arguments.text("url")
    query.answered.set_result(answer)
    if closed_servers.SECOND_ANSWER_IS_REFUSED:
        del world.queries[query.id]
    world.events.publish("answer", {"chat_id": query.chat_id, "callback_query_id": query.id} | answer)
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
