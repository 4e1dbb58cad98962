"""Taking back what was decided about somebody, before he hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

TIME_TO_UNDO: Final = timedelta(minutes=10)
"""So long whoever decided can take it back, and so long nobody is told. The words of the answers name it too."""
