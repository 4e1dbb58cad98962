"""Addresses in links and buttons: which are good, and the form in which Telegram gives them back."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_USER_LINK = re.compile(r"tg://user/?\?id=(\d+)$", re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:.]{2,}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class WrongLinkError(ValueError):
    """The message is the reason as Telegram words it."""


def linked_user_id(url: str) -> int | None:
    match = _USER_LINK.match(url.strip())
    return int(match[1]) if match else None


def checked_link(url: str) -> str:
    """The normalised address (`example.com` becomes `http://example.com/`). Raises WrongLinkError."""
    url = url.strip()
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() in ("tg", "ton", "tonsite"):
        return url
    has_scheme = url.lower().startswith(("http://", "https://"))
    if scheme and not has_scheme and not re.match(r"[^:/]+:\d+(/|$)", url):
        raise WrongLinkError("Unsupported URL protocol")
    try:
        parts = urlsplit(url if has_scheme else f"http://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WrongLinkError("Wrong HTTP URL") from None
    if not _HOST.fullmatch(host) or re.search(r"\s", url):
        raise WrongLinkError("Wrong HTTP URL")
    shown_port = f":{port}" if port else ""
    rest = parts.path or "/"
    if parts.query:
        rest += f"?{parts.query}"
    if parts.fragment:
        rest += f"#{parts.fragment}"
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"{parts.scheme.lower()}://{user}{host}{shown_port}{rest}"
