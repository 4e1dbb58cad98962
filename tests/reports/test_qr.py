"""The QR picture of a link."""

from __future__ import annotations

import struct

from bot.reports.qr import qr_png


def test_a_links_picture_is_a_png_large_enough_to_print() -> None:
    picture = qr_png("https://t.me/vestovoy_bot?start=0123456789abcdef")
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height
    assert width >= 370


def test_another_link_has_another_picture() -> None:
    assert qr_png("https://t.me/a?start=1") != qr_png("https://t.me/a?start=2")
