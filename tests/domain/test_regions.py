"""Regions by the names that documents use."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.domain.regions import all_regions, find_region, find_region_by_time, time_adjective

NAMES = (
    ("Амурская область", "Амурская область", "the title"),
    ("Амурской области", "Амурская область", "the genitive"),
    ("Амурская обл.", "Амурская область", "an abbreviation"),
    ("АМУРСКАЯ ОБЛАСТЬ", "Амурская область", "capitals"),
    ("Владимирской области", "Владимирская область", "the genitive"),
    ("Краснодарском крае", "Краснодарский край", "the prepositional case"),
    ("Республики Татарстан", "Республика Татарстан", "a republic"),
    ("Татарстан", "Республика Татарстан", "without its kind"),
    ("Якутия", "Республика Саха (Якутия)", "its other name"),
    ("Кемеровская область", "Кемеровская область — Кузбасс", "without its second name"),
    ("Кемеровской области - Кузбасса", "Кемеровская область — Кузбасс", "a hyphen for the dash"),
    ("Москва", "Москва", "the city"),
    ("Московской области", "Московская область", "not the city"),
    ("Алтайского края", "Алтайский край", "not the republic"),
    ("Республика Алтай", "Республика Алтай", "not the territory"),
    ("ХМАО", "Ханты-Мансийский автономный округ — Югра", "a nickname"),
    ("г. Санкт-Петербург", "Санкт-Петербург", "with its kind"),
    ("РСО-Алания", "Республика Северная Осетия — Алания", "initials"),
)


@pytest.mark.parametrize(("name", "title", "reason"), NAMES)
def test_a_name_finds_its_region(name: str, title: str, reason: str) -> None:
    found = find_region(name)
    assert found is not None, reason
    assert found.title == title, reason


@pytest.mark.parametrize("name", ["", "область", "Атлантида", "Амурский район Хабаровского края", "   "])
def test_an_unknown_name_finds_nothing(name: str) -> None:
    assert find_region(name) is None


def test_every_region_is_found_by_its_own_title_and_has_a_real_zone() -> None:
    for region in all_regions():
        assert find_region(region.title) is region
        assert ZoneInfo(region.timezone).key == region.timezone
    assert len(all_regions()) == 85


TIMES = (
    ("иркутскому", "Asia/Irkutsk"),
    ("владивостокскому", "Asia/Vladivostok"),
    ("екатеринбургскому", "Asia/Yekaterinburg"),
    ("якутскому", "Asia/Yakutsk"),
    ("томскому", "Asia/Tomsk"),
    ("сахалинскому", "Asia/Sakhalin"),
    ("амурскому", "Asia/Yakutsk"),
    ("читинскому", "Asia/Chita"),
)


@pytest.mark.parametrize(("adjective", "zone"), TIMES)
def test_the_time_of_a_city_is_its_zone(adjective: str, zone: str) -> None:
    found = find_region_by_time(adjective)
    assert found is not None
    assert found.timezone == zone


def test_a_zone_can_be_called_by_an_adjective_that_is_understood() -> None:
    for zone in {region.timezone for region in all_regions()}:
        adjective = time_adjective(zone)
        if adjective is not None:
            found = find_region_by_time(adjective)
            assert found is not None
            assert found.timezone == zone
    assert time_adjective("Asia/Tomsk") == "томскому"
    assert time_adjective("Europe/London") is None
