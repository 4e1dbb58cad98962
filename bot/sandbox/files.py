"""Files that went through a chat: their identifiers, their bytes, the size of a picture."""

from __future__ import annotations

import base64
import mimetypes
import re
import struct
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath
from typing import Any

from bot.sandbox import closed_servers
from bot.sandbox.errors import refuse

DOWNLOAD_BYTES = 20 * 1024 * 1024  # documentation of getFile
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    name: str
    content_type: str
    data: bytes
    path: str

    def as_document(self) -> dict[str, Any]:
        return {
            "file_name": self.name,
            "mime_type": self.content_type,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def as_photo(self) -> list[dict[str, Any]]:
        width, height = image_size(self.data) or (0, 0)
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "file_size": len(self.data),
                "width": width,
                "height": height,
            }
        ]


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def add(self, folder: str, name: str, content_type: str, data: bytes) -> StoredFile:
        number = next(self._numbers)
        file_id = _identifier(f"vestovoy-sandbox-{folder}-file-{number:08}")
        if content_type in ("", "application/octet-stream"):
            content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        path = f"{folder}/file_{number}{PurePath(name).suffix}"
        stored = StoredFile(file_id, _identifier(f"sandbox-{number:06}"), name, content_type, data, path)
        self._by_id[file_id] = stored
        self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def for_sending(self, file_id: str) -> StoredFile:
        """Raises ApiError 400 in the words for an unreadable or an unknown identifier."""
        stored = self._by_id.get(file_id)
        if stored is not None:
            return stored
        if not _IDENTIFIER.fullmatch(file_id):
            refuse("Wrong remote file identifier specified: Wrong character in the string")
        if len(file_id) % 4 == 1:
            refuse("Wrong remote file identifier specified: Wrong string length")
        if len(file_id) < 40:
            refuse("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        return refuse("Wrong file identifier/HTTP URL specified")


def _identifier(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + int(struct.unpack(">H", data[position + 2 : position + 4])[0])
    return None


def ensure_photo(stored: StoredFile) -> None:
    if len(stored.data) > closed_servers.PHOTO_BYTES or image_size(stored.data) is None:
        refuse(closed_servers.NOT_AN_IMAGE)
