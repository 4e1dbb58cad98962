from __future__ import annotations

import pytest

from bot.domain.webinars import (
    BadWebinarError,
    WebinarProblem,
    webinar_link,
    webinar_title,
)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org/w?x=1#a", "https://example.org/w?x=1#a"),
        (" http://example.org ", "http://example.org"),
        ("example.org/w", "https://example.org/w"),
        ("школа.рф/вебинар", "https://школа.рф/вебинар"),
        ("https://example.org:8443/w", "https://example.org:8443/w"),
    ],
)
def test_a_link_is_taken(typed: str, link: str) -> None:
    assert webinar_link(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ссылка будет позже", id="words"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("ftp://example.org", id="not the web"),
        pytest.param("tg://resolve?domain=x", id="another programme's scheme"),
        pytest.param("mailto:a@example.org", id="a mail address"),
        pytest.param("https://example.org@evil.org", id="an address that pretends to be another"),
        pytest.param("http://localhost/w", id="a host that nobody else has"),
        pytest.param("https://[::1", id="a broken address"),
        pytest.param("https://example.org:99999", id="a port that is none"),
        pytest.param("https://example.org/" + "a" * 500, id="endless"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_link_is_refused(typed: str) -> None:
    with pytest.raises(BadWebinarError):
        webinar_link(typed)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", WebinarProblem.TITLE_EMPTY),
        ("?", WebinarProblem.TITLE_EMPTY),
        ("🙂🙂", WebinarProblem.TITLE_EMPTY),
        ("а" * 301, WebinarProblem.TITLE_TOO_LONG),
    ],
)
def test_what_is_no_title_is_refused(typed: str, problem: WebinarProblem) -> None:
    with pytest.raises(BadWebinarError) as refusal:
        webinar_title(typed)
    assert refusal.value.problem is problem


def test_a_title_is_kept_as_typed_in_single_spaces() -> None:
    assert webinar_title("  Одарённые\n<дети>  & мы 🙂 ") == "Одарённые <дети> & мы 🙂"
