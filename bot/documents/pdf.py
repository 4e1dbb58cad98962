"""The .pdf reader. A .pdf holds letters and strokes at places; that some of them are a table is for us to find out.

What cannot be read honestly is refused: pictures of pages, fonts that do not say which letters they draw.
"""

from __future__ import annotations

import io
import logging
import warnings
from typing import TYPE_CHECKING

from bot.documents import limits
from bot.documents.blocks import Source
from bot.documents.errors import (
    DamagedError,
    DocumentError,
    EmptyFileError,
    EncryptedError,
    GarbledError,
    ScannedError,
    TooLargeError,
)
from bot.documents.pdf_furniture import without_furniture
from bot.documents.pdf_page import Page, page_of
from bot.documents.pdf_tables import Reading
from bot.documents.pdf_text import vocabulary
from bot.domain.documents import Problem, ProblemCode

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_FEW_CHARACTERS = 40  # on a page: a stamp of an archive, a page number
_GARBLED_SHARE = 0.05
_LOCKED = frozenset({"PDFPasswordIncorrect", "PDFEncryptionError"})  # pdfplumber hands on what its parser raised
_LATIN_1 = (0xC0, 0xFF)


def read_pdf(data: bytes) -> Source:
    """Raises ScannedError, GarbledError, EncryptedError, DamagedError, EmptyFileError or TooLargeError."""
    pages = _pages(data)
    _refuse_what_has_no_text(pages)
    pages = without_furniture(pages)
    reading = Reading(vocabulary(page.words for page in pages))
    for page in pages:
        reading.add(page)
    blocks, problems = reading.finished()
    return Source(blocks, (*_page_problems(pages), *problems), is_drawn=True)


def _pages(data: bytes) -> list[Page]:
    """The only place that knows pdfplumber and what it raises."""
    import pdfplumber  # takes half a second that the other formats need not wait for

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it describes every flaw of a file
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(io.BytesIO(data)) as document:
                return _taken_apart(document)
    except (DocumentError, MemoryError, RecursionError):
        raise
    # pdfminer trusts what it reads: a hostile file ends in whatever the built-in types raise.
    except Exception as error:
        reasons = (error, *error.args)
        if any(type(reason).__name__ in _LOCKED for reason in reasons):
            raise EncryptedError from error
        for reason in reasons:
            if isinstance(reason, MemoryError | RecursionError):
                raise reason from error
        raise DamagedError(detail=type(error).__name__) from error


def _taken_apart(document: PDF) -> list[Page]:
    pages: list[Page] = []
    characters = 0
    for number, drawn in enumerate(document.pages, 1):
        if number > limits.PDF_PAGES:
            raise TooLargeError(what="pages", limit=limits.PDF_PAGES, size=len(document.pages))
        page = page_of(drawn, number)
        drawn.close()  # keeps every letter of the page as a dictionary otherwise
        characters += page.characters
        if characters > limits.PDF_CHARACTERS:
            raise TooLargeError(what="characters", limit=limits.PDF_CHARACTERS)
        pages.append(page)
    if not pages:
        raise DamagedError(detail="no pages")
    return pages


def _refuse_what_has_no_text(pages: list[Page]) -> None:
    characters = sum(page.characters for page in pages)
    pictures = sum(page.is_picture for page in pages)
    if not characters and not pictures:
        raise EmptyFileError
    if characters == 0 or (pictures and characters < _FEW_CHARACTERS * len(pages)):
        raise ScannedError(pages=len(pages))
    garbled = sum(page.garbled for page in pages)
    letters = [letter for page in pages for word in page.words for letter in word.text if letter.isalpha()]
    first, last = _LATIN_1
    accented = sum(first <= ord(letter) <= last for letter in letters)
    if garbled > _GARBLED_SHARE * characters or accented > 0.3 * len(letters) > 0:
        raise GarbledError(pages=len(pages))


def _page_problems(pages: list[Page]) -> list[Problem]:
    pictures = [page.number for page in pages if page.is_picture and page.characters < _FEW_CHARACTERS]
    garbled = [page.number for page in pages if page.garbled > 2]
    found = [(ProblemCode.PAGE_IS_PICTURE, pictures), (ProblemCode.LETTERS_UNKNOWN, garbled)]
    return [Problem(code, {"pages": ", ".join(map(str, numbers))}) for code, numbers in found if numbers]
