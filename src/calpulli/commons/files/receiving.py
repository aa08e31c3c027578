"""A file that a person brings: known by its content and never by its name, and refused whole with every reason in Spanish."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import images, papers

MIB = 1024 * 1024
PDF = "application/pdf"
EXTENSIONS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
# How a file of each kind begins. A file is of one kind or of none: nothing is guessed from its name.
STRANGERS = (
    (
        (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"),
        gettext_lazy("un archivo comprimido o de oficina"),
    ),
    ((b"GIF8",), gettext_lazy("una imagen GIF")),
    ((b"MZ", b"\x7fELF", b"#!"), gettext_lazy("un programa")),
    ((b"\xd0\xcf\x11\xe0",), gettext_lazy("un documento de oficina antiguo")),
)


class FileRefused(Exception):  # noqa: N818 - the field's word: a file is refused
    """The file is not taken; `reasons` are sentences in Spanish, each with its remedy."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Received:
    """What may be kept: for an image, other bytes than those that came, made again without anything hidden in them."""

    content: bytes
    media_type: str
    width: int | None = None  # pixels, of an image
    height: int | None = None

    @property
    def sha256(self) -> str:
        """The name under which `keep` keeps it."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def extension(self) -> str:
        """What its address ends in."""
        return EXTENSIONS[self.media_type]


def receive(content: bytes, *, also_images: bool = True) -> Received:
    """A PDF without anything that runs, or an image made again without metadata. Raises FileRefused with every reason."""
    most = settings.LARGEST_FILE
    if not content:
        raise FileRefused(_("El archivo está vacío. Elija otro."))
    if len(content) > most:
        told = {"found": f"{len(content) / MIB:.1f}", "most": most // MIB}
        raise FileRefused(_("El archivo pesa %(found)s MB y se admiten %(most)s MB. Redúzcalo o divídalo.") % told)
    kind = images.kind_of(content) if also_images else None
    if kind:
        return _image(content, kind)
    if not papers.is_paper(content):
        raise FileRefused(_stranger(content, also_images=also_images))
    if faults := papers.faults(content):
        raise FileRefused(*faults)
    return Received(content, PDF)


def _image(content: bytes, kind: str) -> Received:
    try:
        made = images.made_again(content, kind)
    except images.ImageFault as fault:
        raise FileRefused(str(fault)) from fault
    return Received(made.content, f"image/{kind}", made.width, made.height)


def _stranger(content: bytes, *, also_images: bool) -> str:
    """What the file seems to be, and what is taken instead."""
    wanted = _("un PDF o una imagen JPEG, PNG o WebP") if also_images else _("un PDF")
    seen = _("otra clase de archivo, aunque su nombre diga otra cosa")
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html", b"<script")) or b"<svg" in head or b"<html" in head:
        seen = _("una página o un dibujo que puede llevar instrucciones (HTML, SVG)")
    elif not also_images and images.kind_of(content):
        seen = _("una imagen")
    else:
        seen = next((str(words) for marks, words in STRANGERS if content.startswith(marks)), seen)
    return _("Se admite %(wanted)s y este archivo es %(seen)s. Expórtelo como PDF y súbalo de nuevo.") % {
        "wanted": wanted,
        "seen": seen,
    }
