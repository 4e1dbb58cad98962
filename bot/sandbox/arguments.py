"""The parameters of one Bot API call, however they came: query, form, multipart or JSON."""

from __future__ import annotations

import binascii
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from aiohttp import BodyPartReader
from aiohttp.web import BaseRequest

from bot.sandbox import closed_servers
from bot.sandbox.errors import ApiError

_PARAMETER_BYTES = 1024 * 1024
_TRUE = frozenset({"true", "yes", "1"})
_INT64 = 2**63


@dataclass(slots=True)
class Upload:
    name: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Arguments:
    """Strings by name, as the real server keeps them; unknown names are simply never asked for."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").strip().lower() in _TRUE

    def integer(self, name: str, default: int = 0, low: int = -_INT64, high: int = _INT64 - 1) -> int:
        """A missing or unreadable number is the default; the others are clamped, as the real server does."""
        value = parse_integer(self.values.get(name, ""))
        return default if value is None else max(low, min(high, value))


def parse_integer(text: str) -> int | None:
    digits = text[1:] if text[:1] == "-" else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None


async def read_arguments(request: BaseRequest) -> Arguments:
    """Raises ApiError 413 when the parameters or a file are too big, 400 for an unreadable JSON body."""
    arguments = Arguments()
    _, _, query = request.raw_path.partition("?")
    if query:
        arguments.values.update(parse_qsl(query, keep_blank_values=True))
    if request.method != "POST":
        return arguments
    content_type = request.content_type
    if content_type.startswith("multipart/"):
        await _read_multipart(request, arguments)
        return arguments
    body = await request.read()
    if len(body) > _PARAMETER_BYTES:
        raise ApiError(413, "Request Entity Too Large: too many parameters")
    if content_type == "application/json":
        _read_json(body, arguments)
    elif body:
        arguments.values.update(_read_form(body))
    return arguments


def _read_form(body: bytes) -> dict[str, str]:
    values = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        values[_decoded(name)] = _decoded(value)
    return values


def _decoded(quoted: bytes) -> str:
    """Percent decoding by way of the quoted-printable codec, which is in C: Cyrillic forms are nothing but escapes."""
    escapes = quoted.count(b"%")
    quoted = quoted.replace(b"+", b" ")
    if escapes:
        plain = binascii.a2b_qp(quoted.replace(b"%", b"="))
        is_exact = b"=" not in quoted and len(plain) == len(quoted) - 2 * escapes
        quoted = plain if is_exact else unquote_to_bytes(quoted)
    return quoted.decode("utf-8", "replace")


def _read_json(body: bytes, arguments: Arguments) -> None:
    try:
        document = json.loads(body or b"{}")
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse request JSON object") from None
    if not isinstance(document, dict):
        raise ApiError(400, "Bad Request: can't parse request JSON object")
    for name, value in document.items():
        if value is not None:
            arguments.values[name] = value if isinstance(value, str) else _as_parameter(value)


def _as_parameter(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


async def _read_multipart(request: BaseRequest, arguments: Arguments) -> None:
    total = 0
    reader = await request.multipart()
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            total += len(data)
            if total > _PARAMETER_BYTES:
                raise ApiError(413, "Request Entity Too Large: too many parameters")
            arguments.values[part.name] = data.decode("utf-8", "replace")
        elif len(data) > closed_servers.UPLOAD_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        else:
            content_type = part.headers.get("Content-Type", "application/octet-stream")
            arguments.files[part.name] = Upload(part.filename, content_type, data)
