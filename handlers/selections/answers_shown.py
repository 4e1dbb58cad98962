"""What an application says: the answers of its form, whole as far as a message holds them."""

from __future__ import annotations

from bot.domain.forms import Submission
from bot.texts.catalogue import Markup, say
from bot.texts.forms import value_words
from bot.texts.wording import length, shorten

_QUESTION = 90
_MESSAGE = 3000
_SHARES = (1000, 400, 150, 60)


def answer_lines(submission: Submission | None) -> list[Markup]:
    """One block; long answers give way where all of them together are too long."""
    if submission is None:
        return []
    for room in _SHARES:
        text = _block(submission, room)
        if length(text) <= _MESSAGE:
            return [text]
    return [_block(submission, _SHARES[-1])]


def _block(submission: Submission, room: int) -> Markup:
    lines = []
    for n, question in enumerate(submission.version.questions, start=1):
        given = submission.given.get(question.key)
        value = shorten(value_words(question, given.value if given else None), room)
        lines.append(say("application-line", n=n, text=shorten(question.text, _QUESTION), value=value))
    return Markup("\n".join(lines))
