"""The regions of Russia and their time zones, found by the names that documents use.

«Амурской области», «Амурская обл.», «АМУРСКАЯ ОБЛАСТЬ» are one region. The zones follow Federal law 107-FZ; a few
remote districts of Yakutia and Sakhalin keep another zone than their region's capital, which is given here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_KINDS = re.compile(
    r"\b(?:област\w*|обл|кра\w{1,3}|республик\w*|респ|автономн\w*|округ\w*|ао|а о|город\w*|г)\b\.?", re.IGNORECASE
)
_NICKNAMES = {
    "хмао": "ханты-мансийск",
    "янао": "ямало-ненецк",
    "еао": "еврейск",
    "югра": "ханты-мансийск",
    "кузбасс": "кемеровск",
    "рсо-алания": "северная осетия",
    "якутия": "саха",
    "якутии": "саха",
    "питер": "санкт-петербург",
    "спб": "санкт-петербург",
    "чувашия": "чувашск",
    "чувашии": "чувашск",
    "чечня": "чеченск",
    "чечни": "чеченск",
    "удмуртия": "удмуртск",
    "удмуртии": "удмуртск",
    "татария": "татарстан",
}
_IRREGULAR_ADJECTIVES = {"чита": "читинск", "барнаул": "барнаульск", "москва": "московск", "пермь": "пермск"}
_ENDINGS = re.compile(r"(?:ая|ой|ую|ий|ый|ого|его|ому|ему|ом|ем|ым|им|[аяуюыиеой])$")


@dataclass(frozen=True, slots=True)
class Region:
    """A subject of the Russian Federation. ``title`` is its official name."""

    title: str
    timezone: str
    """The IANA zone of the capital."""
    capital: str


@cache
def all_regions() -> tuple[Region, ...]:
    """Every region, in alphabetical order of its title."""
    rows = json.loads(resources.files("bot.domain.data").joinpath("regions.json").read_text(encoding="utf-8"))
    return tuple(Region(**row) for row in rows)


@cache
def find_region(name: str) -> Region | None:
    """The region that a name in any case means; None for an unknown or ambiguous name.

    Where two regions share a root, its kind decides: «Алтайский край», «Республика Алтай».
    """
    wanted = _key(name)
    if not wanted:
        return None
    kind = _kind(name)
    found = [region for region in all_regions() if _key(region.title) == wanted]
    if kind is not None and len(found) > 1:
        found = [region for region in found if _kind(region.title) == kind]
    return found[0] if len(found) == 1 else None


@cache
def find_region_by_time(adjective: str) -> Region | None:
    """The region meant in «по иркутскому времени»: an adjective of a capital or of a region, in any case.

    A capital wins («якутскому» is Якутск); None where nothing or more than one zone fits.
    """
    stem = _stem(adjective.lower().replace("ё", "е"))
    if len(stem) < 4:
        return None
    by_capital = [region for region in all_regions() if _of_capital(region) == stem]
    by_title = [region for region in all_regions() if stem in _key(region.title).split("-")]
    by_title += [region for region in all_regions() if _key(region.title) == stem]
    found = by_capital or by_title
    return found[0] if len({region.timezone for region in found}) == 1 else None


@cache
def time_adjective(timezone: str) -> str | None:
    """An adjective for «по … времени» that means this zone: «томскому» for Asia/Tomsk; None where nothing fits."""
    for region in (region for region in all_regions() if region.timezone == timezone):
        for stem in (_of_capital(region), _key(region.title)):
            found = find_region_by_time(f"{stem}ому")
            if stem.isalpha() and found is not None and found.timezone == timezone:
                return f"{stem}ому"
    return None


def _of_capital(region: Region) -> str:
    """The stem of the adjective that a capital makes: Иркутск → иркутск, Владивосток → владивостокск."""
    capital = region.capital.lower().replace("ё", "е")
    if capital in _IRREGULAR_ADJECTIVES:
        return _IRREGULAR_ADJECTIVES[capital]
    root = _stem(capital)
    root = root if root.endswith("ль") else root.removesuffix("ь")
    return root if root.endswith("ск") else f"{root}ск"


def _key(name: str) -> str:
    """What is left of a name without its kind and endings: «Амурской области» → «амурск»."""
    plain = re.sub(r"\(.*?\)|[«»\"]", " ", name.lower().replace("ё", "е"))
    plain = re.split(r"\s[-–—]\s", plain)[0]  # «Кемеровская область — Кузбасс»: the second name adds nothing
    words = [_NICKNAMES.get(word, word) for word in _KINDS.sub(" ", plain.replace("–", "-")).split()]
    return " ".join("-".join(_stem(part) for part in word.split("-")) for word in " ".join(words).split())


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def _kind(name: str) -> str | None:
    found = re.search(r"област|обл|кра[йяюе]|респ|округ", name.lower())
    return None if found is None else found.group()[:3]
