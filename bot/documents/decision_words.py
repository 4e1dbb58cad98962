"""The words by which clauses, their terms, their addressees and those responsible are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.wording import without_full_stop

CLAUSE = re.compile(r"(?:№\s?)?(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s*|(\d{1,2}(?:\.\d{1,2}){1,3})\s+)(?=[^\d\s.)])")
ITEM = re.compile(r"(?:([а-яa-z])\)|[–—•·*-])\s+(?=\S)")
SECTION = re.compile(r"[IVXІХ]{1,5}\.\s+\S")
_WHOSE = (
    r"(?:\s+(?:исполнения|выполнения|представления|предоставления|реализации|сдачи|проведения|подготовки|направления))?"
)
_BEGINS = r"(?:до|не\s+позднее|к|с|по|в\s+течение|постоянно|ежемесячно|ежеквартально|ежегодно|еженедельно)\b"
_TERM = rf"срок(?:и)?{_WHOSE}\s*(?:[:–—-]\s*(?=\S)|(?={_BEGINS}))"
TERM = re.compile(_TERM, re.IGNORECASE)
_PARTS = r"(?:п\.\s*п\.|пп\.|п\.|пункт\w{0,4}|подпункт\w{0,4})"
_NUMBERS = r"(?P<numbers>\d(?:[\d.,;\s–—-]|\sи\s){0,60}?)"
_STARTS_TERM = r"(?=[^\d\s]|\d{1,2}\s+[а-я]|\d{1,2}\.\d{1,2}\.\d{2,4})"
TERM_OF_PARTS = re.compile(
    rf"срок(?:и)?{_WHOSE}\s*\(?\s*(?:(?:по|для|исполнения)\s+)?{_PARTS}\s*{_NUMBERS}\s*\)?\s*[:–—-]\s*{_STARTS_TERM}",
    re.IGNORECASE,
)
_PERSON = r"(?:ответственн\w+|отв\.|исполнител[ьи])"
_CHARGED = rf"{_PERSON}(?:\s+(?:за\s+(?:исполнение|выполнение|подготовку)|исполнител\w+|лиц[оа]))?"
RESPONSIBLE = re.compile(rf"{_CHARGED}\s*(?:[:–—-]\s*|(?<=\.)\s*)", re.IGNORECASE)
INLINE_LINE = re.compile(
    rf"(?<=[.;)])\s+(?={_TERM})|(?<!^\d[.)])(?<!^\d\d[.)])(?<=[.;)])\s+(?=в\s+срок\s+)|(?<=[.;)])\s+(?={_CHARGED}\s*[:–—-])",
    re.IGNORECASE,
)
_IN_TERM = re.compile(r",?\s+в\s+срок\s+((?:до|не\s+позднее|к|с)\s[^.;,]{3,80}?(?:\bг\.)?)[.;]?\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*\(((?:[^()]{{0,80}}[,;]\s*)?{_TERM}[^()]{{3,120}})\)\s*[.;]?\Z", re.IGNORECASE)
_AT_END = re.compile(rf"[,;]\s*(срок(?:и)?{_WHOSE}\s*[:–—-]\s*\S.{{2,100}})\Z", re.IGNORECASE)
_CHARGED_LATER = re.compile(rf"\s*[,.;(]\s*{_CHARGED}\s*[:–—-]?\s*(\S.*?)\)?\Z", re.IGNORECASE)

NOTED = re.compile(
    r"(?:\S+\s+){0,3}?приня\w+\s+(?:\S+\s+){0,12}?к\s+сведению|(?:\S+\s+){0,12}к\s+сведению\s+приня", re.IGNORECASE
)
RESOLVED = re.compile(
    r"(?:решил[аио]|постановил[аио]|поручения|решено|постановляет|приказываю|рекомендова\w+|рекомендуе?ю?т|поруча[ею]т)\s*:\Z",
    re.IGNORECASE,
)
# Said of a clause that stands beside one with a term: these ask for nothing that could have a day.
IS_NOT_ASKED = re.compile(
    r"(?:утвердить|одобрить|отметить|признать|считать|согласиться|поддержать|снять|поблагодарить|заслушать|"
    r"контроль|констатировать|(?:перенести|продлить)\s+срок\w*|(?:настоящ\w+|данн\w+)\s+\w+\s+(?:вступа|действу|распростран)\w+)\b",
    re.IGNORECASE,
)
HAS_OTHER_TERM = re.compile(
    r"в\s+(?:установленн|указанн|предусмотренн)\w+\s+(?:\w+\s+){0,2}срок|продолжить\s+исполнение|незамедлительно",
    re.IGNORECASE,
)
# «деятельность», «область», «часть» end like verbs and are none; so do these few words.
_INFINITIVE = re.compile(
    r"\b(?!(?:сеть|печать|память|мать|нить|суть|путь|пять|девять|десять|опять|плеть|чуть|хоть|вплоть|плоть|речь|ночь|дочь|"
    r"печь|прочь)\b)(?:\w+(?:ать|ять|еть|ить|уть|ыть|оть|[йз]ти|чь)|\w*(?:[внрм]е|й|з)сти)(?:ся)?\b",
    re.IGNORECASE,
)
_DATIVE = re.compile(
    r"(?:\w+(?:ам|ям|ым|им|ому|ему|ой|ей|у|ю|ии)|всем|школе|группе|службе|палате|библиотеке|кафедре)\b", re.IGNORECASE
)
# «Рекомендовать органам … завершить»: what is recommended is asked of them.
_ASKING = re.compile(r"(?:рекомендовать|поручить|предложить)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class InlineTerm:
    """A clause parted from the term that stands at its end."""

    title: str
    phrase: str
    responsible: str = ""


def inline_term(text: str) -> InlineTerm | None:
    """«… в срок до 15 мая 2025 г.», «… (срок – до 15 мая, отв. Иванова И.И.)», «…, срок: май 2025 г.»."""
    found = _IN_TERM.search(text)
    if found and not _INFINITIVE.search(found.group(1)):
        return InlineTerm(text[: found.start()], found.group(1))
    found = _IN_BRACKETS.search(text) or _AT_END.search(text)
    if found is None:
        return None
    title, said = text[: found.start()], found.group(1)
    name, phrase = split_responsible(said) if RESPONSIBLE.match(said) else ("", said)
    if not phrase:
        return None
    phrase, later = split_term(phrase)
    title, before = split_term(title)
    return InlineTerm(title, phrase, name or later or before)


def split_responsible(text: str) -> tuple[str, str]:
    """«Ответственный: Иванова И.И., срок – до 15 мая» is a name and a term; most lines are a name only."""
    match = RESPONSIBLE.match(text)
    said = text[match.end() :] if match else text
    term = re.search(rf"\s*[,;]\s*(?={_TERM})", said, re.IGNORECASE)
    if term is None:
        return said.strip(), ""
    return said[: term.start()].strip(), said[term.end() :]


def split_term(text: str) -> tuple[str, str]:
    """«Срок – до 15 мая, отв. Иванова И.И.» is a term and a name; most lines are a term only."""
    later = _CHARGED_LATER.search(text)
    if later is None:
        return text, ""
    return text[: later.start()].strip(), without_full_stop(later.group(1))


def addressed(text: str) -> tuple[str, str]:
    """«Директорам школ предоставить письмо» addresses them, and asks to «Предоставить письмо»; "" for nobody."""
    verb = verb_behind_addressee(text)
    if verb is None:
        return "", text
    asking = _ASKING.match(text)
    asked = text[verb:]
    return text[asking.end() if asking else 0 : verb].rstrip(" ,–—-"), asked[0].upper() + asked[1:]


def asks(text: str) -> bool:
    """Whether a verb in the text asks for something; a heading («О наборе», «Организация отдыха») has none."""
    return _INFINITIVE.search(text) is not None


def begins_with_verb(text: str) -> bool:
    """«провести инвентаризацию»: the text asks for something from its first word on."""
    return _INFINITIVE.match(text) is not None


def is_order(text: str) -> bool:
    """Whether a paragraph without a number is a decision: it begins with a verb, or with whom it addresses."""
    return text[:1].isupper() and (begins_with_verb(text) or verb_behind_addressee(text) is not None)


def verb_behind_addressee(text: str) -> int | None:
    """Where the verb stands that asks something of those in the dative before it."""
    asking = _ASKING.match(text)
    start = asking.end() if asking else 0
    verb = _INFINITIVE.search(text, start)
    return verb.start() if verb and verb.start() > start and _DATIVE.match(text, start) else None


def whom(lead: str) -> str:
    """A lead without a verb is an address as a whole; «Обеспечить:» addresses nobody."""
    asking = _ASKING.match(lead)
    if asking and _DATIVE.match(lead, asking.end()):
        return lead[asking.end() :]
    return "" if _INFINITIVE.match(lead) else lead


def led(lead: str, text: str) -> str:
    """The verb of a lead is part of what each of its parts asks: «обеспечить:» and «сдачу отчётов»."""
    lead = lead.rstrip(" :")
    _, asked = addressed(lead)
    if asked == lead and (not _INFINITIVE.match(lead) or whom(lead)):
        return text
    return f"{asked}: {text}"


def cohort_of(addressee: str) -> str | None:
    """«созданных в 2023 году» is the cohort 2023; several years name none."""
    years = set(_YEAR.findall(addressee))
    return years.pop() if len(years) == 1 else None


def numbers_of(listed: str) -> tuple[str, ...]:
    """«2.1–2.4, 3 и 5»: every number that a list with ranges names."""
    return tuple(number for piece in re.split(r"[,;]|\sи\s", listed) for number in _range(piece.strip(" .")))


def _range(piece: str) -> Iterator[str]:
    ends = [end.strip(" .") for end in re.split(r"[–—-]", piece)]
    first, last = ends[0], ends[-1]
    prefix, _, start = first.rpartition(".")
    own, _, stop = last.rpartition(".")
    is_range = len(ends) == 2 and own in {prefix, ""} and start.isdecimal() and stop.isdecimal()
    if not is_range or not 0 <= int(stop) - int(start) <= 50:
        yield from (end for end in ends if end)
        return
    for number in range(int(start), int(stop) + 1):
        yield f"{prefix}.{number}" if prefix else str(number)
