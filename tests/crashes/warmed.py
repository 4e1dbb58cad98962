"""Imported by the process from which the killed are forked: what a start builds is built once, not a hundred times.

aiogram's models are built here, at once, which the command itself puts off.
"""

import bot.app
import bot.starting  # noqa: F401 - kept in memory
from bot.domain.terms.reading import whole_grammar

whole_grammar()
