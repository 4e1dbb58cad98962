"""From words on a page to the text of a cell or a paragraph: lines put in order, words cut in two put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.pdf_page import Word
from bot.documents.wording import normalised

_SAME_LINE = 0.5  # of the lower one's height
_SPACE = 0.12  # of the font size
_MARKER = re.compile(r"(?:[-–—•·]|\d{1,2}(?:\.\d{1,2})*[.)]|[а-я]\))\Z")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?\Z")
_CUT = re.compile(r"[^\W\d_]-\Z")
_LEAST_PIECE = 4  # letters: «на» and «до» are no pieces of «надо»
_ROOM_FOR_SPACE = 0.25  # of the font size
_WHOLE_WORD = re.compile(
    r"(?:[ыи]ми|[ое]го|[ое]му|[ыи]х|[аяо]я|[ыио]е|ее|[ыи]й|ую|[ая]ми|[ая]х|ость?ю?|ости|[аея]ни[еяйюи]|ци[яиюей]|и[яию]|"
    r"[оеё][йм]|ки|ов|ть|ся)\Z"
)
_SHORT_WORD = re.compile(r"(?:а|во?|для|до|за|их?|из|или|ко?|на|не|но|об?|от|под?|при|со?|у)\Z")
_VOWELS = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)
_COMPOUND = re.compile(
    r"(?:социальн|научн|учебн|естественн|организационн|культурн|физкультурн|военн|информационн|нормативн|материальн|"
    r"художественн|спортивн|общественн|воспитательн|образовательн|контрольн|финансов|проектн|инженерн|духовн|санитарн|"
    r"аналитическ|психолог|медик|историк|эколог|теоретик|практик|северн|южн|сельск|опытн)о-\Z|"
    r"(?:пресс|медиа|онлайн|офлайн|веб|мастер|план|кейс|интернет|видео|аудио|бизнес|мини|блиц|квест|форум|семинар|семинаре|"
    r"конкурс|лекция|по|во?|кое|как|что|кто|где|из|экс|вице|штаб|эко|арт|фото|тест|диктант|урок|нон|топ|смарт|хай|ай|веб)-\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words that stand side by side, from the left."""

    words: tuple[Word, ...]

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle_y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        parts = [self.words[0].text]
        for left, right in pairwise(self.words):
            is_apart = left.is_spaced or right.x0 - left.x1 > _SPACE * right.size
            parts.append(f" {right.text}" if is_apart else right.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the document says elsewhere, and whether it cuts words with hyphens: how a cut word is told from two."""

    whole: frozenset[str] = frozenset()
    is_hyphenating: bool = False
    has_spaces_at_ends: bool = False

    def knows(self, left: str, right: str) -> bool:
        """Whether two pieces, the first no word by itself, are a word together: some producers cut at any letter."""
        head, tail = _LAST_LETTERS.search(left), _LETTERS.match(right)
        if head is None or tail is None or len(head.group()) < _LEAST_PIECE or not right[0].islower():
            return False
        one = head.group().lower()
        return one not in self.whole and one + tail.group().lower() in self.whole

    def joined(self, left: str, right: str) -> str:
        """Two halves around a hyphen at the end of a line."""
        head, tail = _LAST_LETTERS.search(left), _LETTERS.match(right)
        if left.endswith("\u00ad") or head is None or tail is None or not tail.group()[0].islower():
            return left.rstrip("\u00ad") + right
        kept, dropped = (head.group() + tail.group()).lower(), (head.group()[:-1] + tail.group()).lower()
        if dropped in self.whole:
            return left[:-1] + right
        is_compound = kept in self.whole or _COMPOUND.search(left) is not None
        return left[:-1] + right if self.is_hyphenating and not is_compound else left + right


def vocabulary(pages: Iterable[Sequence[Word]]) -> Vocabulary:
    """Words that certainly stand whole: a space was written before and behind them."""
    whole: set[str] = set()
    cuts: list[tuple[str, str]] = []
    ends: list[bool] = []
    for words in pages:
        is_after_space = False
        for word, following in pairwise(words):
            if following.top > word.bottom - 0.3 * word.size and following.top < word.bottom + word.size:
                ends.append(word.is_spaced)
            if word.is_spaced:
                whole.update(found.lower() for found in _LETTERS.findall(word.text) if is_after_space)
            elif _CUT.search(word.text) and following.text[0].islower():
                head, tail = _LAST_LETTERS.search(word.text), _LETTERS.match(following.text)
                if head and tail:
                    cuts.append((head.group().lower(), tail.group().lower()))
            is_after_space = word.is_spaced
    dropped = sum(head[:-1] + tail in whole for head, tail in cuts)
    unusual = sum(_COMPOUND.search(head) is None for head, _ in cuts)
    return Vocabulary(
        frozenset(whole),
        is_hyphenating=dropped >= 2 or unusual > 8,
        has_spaces_at_ends=sum(ends) > 0.3 * len(ends) > 0,
    )


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Words gathered into lines from the top down; an index stands on the line that it overlaps."""
    lines: list[list[Word]] = []
    edges: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        if lines:
            top, bottom = edges[-1]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared >= _SAME_LINE * min(bottom - top, word.bottom - word.top):
                lines[-1].append(word)
                continue
        lines.append([word])
        edges.append((word.top, word.bottom))
    return [TextLine(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


def text_of(words: Sequence[Word], known: Vocabulary, limit: float | None = None) -> str:
    """The text of one cell. ``limit``: how far to the right its lines may go, where that is known."""
    upended = [word for word in words if word.is_upended]
    if upended and len(upended) == len(words):
        return normalised(" ".join(_upended(words)))
    return joined_lines(lines_of(words), known, limit)


def joined_lines(lines: Sequence[TextLine], known: Vocabulary, limit: float | None) -> str:
    """Wrapped lines as one; ``\\n`` where a paragraph or an item of a list begins."""
    text = lines[0].text if lines else ""
    for above, line in pairwise(lines):
        text = _appended(text, above, line, known, limit)
    return normalised(text)


def _appended(text: str, above: TextLine, line: TextLine, known: Vocabulary, limit: float | None) -> str:
    last, first = above.words[-1], line.words[0]
    room = None if limit is None else limit - above.x1
    if (_CUT.search(text) or text.endswith("\u00ad")) and (first.text[0].isalpha()) and not last.is_spaced:
        return known.joined(text, line.text)
    if text.endswith(("/", "-", "–")) and not last.is_spaced and first.text[0].isalnum() and text[-2:-1].isalnum():
        return text + line.text
    if room is not None and room <= first.first_width + 1 and not last.is_spaced and known.knows(last.text, first.text):
        return text + line.text
    is_alone = not last.is_spaced and len(above.text.split()) == 1
    if is_alone and (room is not None or known.has_spaces_at_ends) and _is_cut(last, first, room or 0.0, known):
        return text + line.text
    if _MARKER.match(first.text) and len(line.words) > 1 and text[-1] in ".;:»)":
        return f"{text}\n{line.text}"
    is_short = room is not None and room > first.x1 - first.x0 + 0.3 * first.size
    is_sentence = text[-1] in ".;:" and not first.text[0].islower()
    return f"{text}\n{line.text}" if is_sentence and (is_short or room is None) else f"{text} {line.text}"


def _is_cut(last: Word, first: Word, room: float, known: Vocabulary) -> bool:
    """A word too long for its column goes on in the next line without any mark: a line of one word, full to the edge.

    Where a space behind it would not have had room either, the shape of the two words has to tell.
    """
    if "://" in last.text:
        return room < 2 * first.first_width + 2
    if not last.text[-1].isalpha() or not first.text[0].islower() or room > first.first_width + 1:
        return False
    head, tail = _LAST_LETTERS.search(last.text), _LETTERS.match(first.text)
    if head is None or tail is None:
        return False
    if (head.group() + tail.group()).lower() in known.whole:
        return True
    if room > _ROOM_FOR_SPACE * last.size and known.has_spaces_at_ends:
        return True
    if head.group().lower() in known.whole or (len(tail.group()) > 3 and tail.group().lower() in known.whole):
        return False
    if not known.has_spaces_at_ends and _SHORT_WORD.match(tail.group()):
        return False
    is_whole = _WHOLE_WORD.search(head.group().lower()) and len(_VOWELS.findall(tail.group())) > 1
    return not is_whole


def _upended(words: Sequence[Word]) -> list[str]:
    """A heading written upwards: lines from the left, each from below."""
    return [word.text for word in sorted(words, key=lambda word: (round(word.x0 / max(1.0, word.size)), -word.bottom))]
