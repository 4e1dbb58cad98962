"""Which rows of a table without rules may have lost words to a neighbour, or got some of a neighbour's.

A cell merged over several rows without a border stands beside one of them and leaves the others empty, or ends in the
middle of the next one's words. White cannot tell that; what the other cells of the column look like can.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.blocks import Row

_USUALLY_FILLED = 0.3  # of the cells of a column: an empty one among them may be part of a merged one
_USUALLY_CAPITAL = 0.7


def doubtful_places(rows: Sequence[Row], numbered: Sequence[int]) -> set[int]:
    """Places among ``rows``. ``numbered``: of the rows with a number that no rule parts from their neighbours."""
    found: set[int] = set()
    width = min((len(rows[place].cells) for place in numbered), default=0)
    for column in range(width):
        texts = {place: rows[place].cells[column].text for place in numbered}
        filled = [text for text in texts.values() if text]
        empty = {place for place, text in texts.items() if not text}
        if len(filled) >= _USUALLY_FILLED * len(texts):
            found |= empty
        capital = sum(not text[0].islower() for text in filled)
        if len(filled) > 2 and capital >= _USUALLY_CAPITAL * len(filled):
            ends = {place for place, text in texts.items() if text and text[0].islower()}
            found |= ends | {place - 1 for place in ends if place - 1 in texts}
    return found
