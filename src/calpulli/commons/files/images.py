"""Images: measured before anything is decoded, decoded within limits, and made again from their points alone."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL import Image

KINDS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
LONGEST_SIDE = 12_000  # pixels
QUALITY = 88
# How points are kept: with or without transparency, in colour or not. Palettes and inks become one of these.
PLAIN = {"1": "L", "L": "L", "LA": "RGBA", "PA": "RGBA", "RGBA": "RGBA"}
# What comes after a start of frame in a JPEG: all frames but the tables that share their range of codes.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class ImageFault(Exception):  # noqa: N818 - what it is
    """Why an image is not taken, in Spanish, with its remedy."""


@dataclass(frozen=True)
class Made:
    """The image made again, upright."""

    content: bytes
    width: int
    height: int


def kind_of(content: bytes) -> str | None:
    """`jpeg`, `png` or `webp`, by how the file begins; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for kind, mark in KINDS.items() if content.startswith(mark)), None)


def made_again(content: bytes, kind: str) -> Made:
    """The same picture without metadata: no place, no camera, no profile, no comment, nothing after its end.

    Its size is read from the file's own header first, so that what would fill the memory is refused before it is decoded.
    """
    from PIL import Image  # slow to begin: whoever brings the first image waits for it, and no command

    size = measure(content, kind)
    if size is None:
        raise ImageFault(_broken())
    _within_limits(*size)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _again(content, kind)
    except (OSError, ValueError, SyntaxError, IndexError, struct.error, Image.DecompressionBombError, Warning) as error:
        raise ImageFault(_broken()) from error


def _broken() -> str:
    return _("La imagen está incompleta o dañada y no se puede leer entera. Ábrala, guárdela de nuevo y vuelva a subirla.")


def _within_limits(width: int, height: int) -> None:
    most = settings.MOST_PIXELS
    if width * height > most or max(width, height) > LONGEST_SIDE:
        told = {"width": width, "height": height, "most": most // 1_000_000, "side": LONGEST_SIDE}
        message = _(
            "La imagen mide %(width)s × %(height)s puntos; se admiten hasta %(most)s millones de puntos y %(side)s por lado. "
            "Guárdela más pequeña."
        )
        raise ImageFault(message % told)


def _again(content: bytes, kind: str) -> Made:
    from PIL import Image, ImageOps  # as above

    with Image.open(io.BytesIO(content), formats=[kind.upper()]) as opened:
        # A telephone's JPEG may carry smaller copies of itself: the first is the picture.
        if kind != "jpeg" and getattr(opened, "n_frames", 1) > 1:
            raise ImageFault(_("La imagen tiene movimiento. Guarde un solo cuadro y súbalo."))
        if opened.mode.startswith(("I", "F")):
            raise ImageFault(_("La imagen usa más de 8 bits por punto. Guárdela con 8 bits y súbala de nuevo."))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        points = upright.convert(_mode(upright))
    # From its points alone: what the reader noticed beside them (profile, comments, position) stays behind.
    bare = Image.frombytes(points.mode, points.size, points.tobytes())
    if kind == "jpeg" and bare.mode == "RGBA":
        bare = bare.convert("RGB")
    out = io.BytesIO()
    bare.save(out, kind.upper(), **({} if kind == "png" else {"quality": QUALITY}))
    return Made(out.getvalue(), *bare.size)


def _mode(image: Image.Image) -> str:
    if image.mode == "P" and "transparency" in image.info:
        return "RGBA"
    return PLAIN.get(image.mode, "RGB")


def measure(content: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height as the file's header says, without decoding; None where it does not say them."""
    try:
        match kind:
            case "png":
                return struct.unpack(">II", content[16:24]) if content[12:16] == b"IHDR" else None
            case "jpeg":
                return _measure_jpeg(content)
            case _:
                return _measure_webp(content)
    except (struct.error, IndexError):
        return None


def _measure_jpeg(content: bytes) -> tuple[int, int] | None:
    """The largest frame: a file may carry more than one, and a reader may take any."""
    found: list[tuple[int, int]] = []
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        code = content[place + 1]
        if code == 0xFF or code == 0x01 or 0xD0 <= code <= 0xD8:  # padding, or a mark without a body
            place += 1 if code == 0xFF else 2
            continue
        if code in (0xD9, 0xDA):  # the end, or the points themselves
            break
        if code in FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            found.append((width, height))
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return max(found, key=lambda size: size[0] * size[1], default=None)


def _measure_webp(content: bytes) -> tuple[int, int] | None:
    """Of the canvas where there is one, else of the only frame."""
    head = content[12:16]
    if head == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if head == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if head == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None
