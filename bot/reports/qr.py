"""QR pictures of links, for printing and for showing to a neighbour's phone."""

from __future__ import annotations

import io

import segno

_PIXELS_A_MODULE = 10  # a link's code comes out about 400 pixels wide: sharp at 4 cm on paper
_QUIET_ZONE = 4  # modules; the standard asks for it, and cameras too


def qr_png(text: str) -> bytes:
    """A PNG of the text's QR code; correction level M survives a stain or a fold."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=_PIXELS_A_MODULE, border=_QUIET_ZONE)
    return picture.getvalue()
