"""What the author of a proposal is told of the decision about it."""

from __future__ import annotations

from bot.services.read_proposals import ToldProposal
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.answers.card import Card
from handlers.calls.callbacks import ShowOwn
from handlers.people.buttons import button, keyboard

_TEXT = 200


def proposal_news(told: ToldProposal) -> Card:
    """A thank-you whatever was decided, and the coordinator's word where he gave one."""
    one = told.proposal
    text = shorten(" ".join(one.content.text.split()), _TEXT) or one.content.file_name or plain("proposal-photo")
    parts = [say(f"proposal-told-{one.state.value}"), say("proposal-told-about", title=told.title, text=text)]
    if one.decision:
        parts.append(say("proposal-told-word", word=one.decision))
    own = [] if told.assignment_id is None else [button("button-proposals-own", ShowOwn(assignment=told.assignment_id))]
    return Card(Markup("\n\n".join(parts)), keyboard(own))
