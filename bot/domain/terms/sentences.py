"""Terms inside a sentence: where the rest of it may be skipped because of what the sentence says.

Anything else that is not consumed by the grammar makes the whole phrase unread.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.domain.terms.combined import State
from bot.domain.terms.dated import Dated, Meaning, Shape
from bot.domain.terms.grammar import Reader
from bot.domain.terms.model import Precision, TermKind
from bot.domain.terms.repeated import Frequency, Repeated
from bot.domain.terms.tokens import Token, is_temporal

_HAPPENS = frozenset(
    [
        "состоится",
        "состоятся",
        "пройдет",
        "пройдут",
        "запланирован",
        "запланирована",
        "запланировано",
        "запланированы",
    ]
)
_REFLEXIVE = re.compile(r"(?!начина)[а-яё]{3,}(?:ется|ются|ится|ятся|утся|атся)$")
"""«проводится», «представляется», «начнутся»: what is done, and when."""
_INFINITIVE = re.compile(r"[а-яё]{2,}(?:[аеиоуыюя]ть(?:ся)?|честь|[еио]чь)$|[а-яё]*(?:вести|нести|йти|расти)$")
_NO_INFINITIVES = frozenset(["печать", "память", "девять", "десять"])
_LONGEST_TERM = 16
"""Tokens of «в срок не позднее 18:00 (мск) 15 ноября 2024 г.» with some to spare."""
_TERM_BEGINS = frozenset(["до", "не", "в", "во", "к", "с", "со", "по", "при", "за", "согласно", "после", "на"])
_TERM_BEGINS |= {"каждый", "каждую", "постоянно", "систематически", "регулярно", "незамедлительно", "немедленно"}
_DESCRIBED = re.compile(r"(?:ш|щ|[аяе]нн|ят|ыт|ат)(?:ых|их|ым|им|ыми|ими|ого|его|ую|ая|ые|ие|ый|ий)(?:ся)?$|^котор")
"""Endings of participles: what follows them describes somebody, and is not the deadline of the task."""
_PLAIN_ADJECTIVE = re.compile(r"^(?:общ|старш|младш|высш|лучш|больш|будущ|соответствующ)|ственн|письменн|временн")
_CLAUSE_ENDS = frozenset([".", ";", ":"])
_SUBJECTS = frozenset(["о", "об", "за", "план", "плана", "план-график"])
_SUBJECT = re.compile(r"^(?:итог|результат|анализ|отчет|доклад|сведени|программ)")
"""Words whose dates say what they are about: «отчёт о работе в III квартале»."""


def read_sentence(tokens: Sequence[Token], reader: Reader) -> list[Meaning]:
    """The meanings of a sentence with one term in it; nothing where it is not one of the known shapes."""
    words = [token.word for token in tokens]
    if (label := _label(words)) is not None and not any(is_temporal(token) for token in tokens[:label]):
        return reader.read_all("phrase", label)
    happens = next((place for place, word in enumerate(words) if _tells_when(words, place)), None)
    if happens is not None:
        following = words[happens + 1 : happens + 2]
        if following == ["за"]:
            return []  # «рассчитывается за 2024 год»
        is_onto = following == ["на"]
        return [each for each in _read_tail(tokens, happens + 1 + is_onto, reader, "happening") if not _is_age(each)]
    if found := _read_task(tokens, reader):
        return found
    return read_modifier(tokens)


def read_modifier(tokens: Sequence[Token]) -> list[Meaning]:
    """«Проведение ежеквартального мониторинга», «Скорректировать при необходимости список»."""
    if any(is_temporal(token) for token in tokens):
        return []
    frequent = [token.readings["frequent"] for token in tokens if "frequent" in token.readings]
    if len(frequent) == 1:
        unit = str(frequent[0])
        return [Repeated(Frequency(unit).parts, unit)]
    pairs = itertools.pairwise(tokens)
    if not frequent and any(first.word == "при" and second.word == "необходимости" for first, second in pairs):
        return [State(TermKind.AS_NEEDED)]
    return []


def _label(words: Sequence[str]) -> int | None:
    """Where «Срок: …» begins after the task or the name of who answers for it."""
    for place, (word, following) in enumerate(itertools.pairwise(words)):
        if word in {"срок", "сроки"} and place and (following == ":" or words[place + 2 : place + 3] == [":"]):
            return place
    return None


def _tells_when(words: Sequence[str], place: int) -> bool:
    if place and words[place - 1] in {"будет", "будут"}:
        return True
    return words[place] in _HAPPENS or _REFLEXIVE.match(words[place]) is not None


def _read_tail(tokens: Sequence[Token], start: int, reader: Reader, name: str) -> list[Meaning]:
    if any(is_temporal(token) for token in tokens[:start]):
        return []
    return reader.read_all(name, start)


def _is_age(meaning: Meaning) -> bool:
    """«Конкурс проводится с 2005 года»: how old it is."""
    return isinstance(meaning, Dated) and meaning.shape is Shape.SINCE and meaning.first.precision is Precision.YEAR


def _read_task(tokens: Sequence[Token], reader: Reader) -> list[Meaning]:
    """«Представить отчёт в срок до 15 ноября 2024 г.»: a task and, at its end, its term.

    A participle or a clause before it means that the date belongs to something else («детей, достигших до 1 сентября»);
    after what a date may be about («отчёт о работе в III квартале») only a deadline or a rule is the task's own.
    """
    words = [token.word for token in tokens]
    verbs = [place for place, token in enumerate(tokens) if _is_infinitive(token.word)]
    if not verbs:
        return []
    about = _about(tokens, reader)
    if found := _read_inside(tokens, verbs, reader):
        return found
    for start in range(max(verbs[0] + 1, len(tokens) - _LONGEST_TERM), len(tokens)):
        if tokens[start].word not in _TERM_BEGINS and "every" not in tokens[start].readings:
            continue
        before = tokens[:start]
        if start - 1 not in about and tokens[start - 1].readings.keys() - {"noun_of", "opaque"}:
            continue  # «по 15 ноября» of «с 10 по 15 ноября»
        if words[:start].count("(") > words[:start].count(")"):
            continue
        if any(
            _is_other(token) for place, token in enumerate(before) if place not in about
        ) or _CLAUSE_ENDS.intersection(words[verbs[0] : start]):
            return []
        is_about = any(token.word in _SUBJECTS or _SUBJECT.match(token.word) for token in before)
        found = reader.read_all("task_due" if is_about else "task_term", start)
        if found := [each for each in found if not _is_for_holiday(tokens, start)]:
            return found
    return []


def _about(tokens: Sequence[Token], reader: Reader) -> set[int]:
    """The places of «за 2024 год», «на 2026 год»: what a report or a plan is about."""
    places: set[int] = set()
    for place, token in enumerate(tokens):
        if token.word in {"за", "на"}:
            ends = [end for _, end in reader.read("nominative", place + 1)]
            places.update(range(place, max(ends, default=place)))
    return places


def _read_inside(tokens: Sequence[Token], verbs: Sequence[int], reader: Reader) -> list[Meaning]:
    """«До 15 ноября 2025 г. направить список», «Обеспечить до 15 ноября 2025 г. заполнение»: beside the verb."""
    for start in (0, verbs[0] + 1):
        if start >= len(tokens) or tokens[start].word not in _TERM_BEGINS:
            continue
        found = reader.read("due", start)
        end = max((end for _, end in found), default=start)
        following = [token for token in tokens[end:] if token.word != ","][:1]
        is_verb_next = start > 0 or (following and _is_infinitive(following[0].word))
        is_plain = following and not following[0].readings.keys() - {"noun_of"} and following[0].word.isalpha()
        if is_verb_next and is_plain and not any(is_temporal(token) for token in (*tokens[:start], *tokens[end:])):
            return [value for value, last in found if last == end]
    return []


def _is_infinitive(word: str) -> bool:
    return _INFINITIVE.match(word) is not None and word not in _NO_INFINITIVES


def _is_other(token: Token) -> bool:
    """A sign that the sentence goes on to speak of something else than its task."""
    return token.word == "," or is_temporal(token) or _is_participle(token.word) or token.word.endswith("ует")


def _is_participle(word: str) -> bool:
    return _DESCRIBED.search(word) is not None and _PLAIN_ADJECTIVE.search(word) is None


def _is_for_holiday(tokens: Sequence[Token], start: int) -> bool:
    """«Провести концерт к Дню учителя»: what the concert is for."""
    return [token.word for token in tokens[start : start + 2]] in (["к", "дню"], ["к", "новому"])
