"""Imported by the process from which the killed ones are forked: what a start reads anew is read once, not a hundred
times."""

from bot.domain.terms.reading import whole_grammar
from bot.texts.catalogue import warm_up_words

warm_up_words()
whole_grammar()
