"""PDFs: kept as they came, byte by byte, and only when nothing in them runs, opens another program or hides a file.

The whole file is looked through, not only what its index names: a reader that mends a broken index finds objects that the
index leaves out. What cannot be looked through (encrypted, or objects packed in an unusual way) is refused too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

MARK = b"%PDF-"
END = b"%%EOF"
# By what a person can do about it. Long names: three letters turn up by chance within compressed pictures.
ACTIVE = (b"JavaScript", b"Rendition", b"OnInstantiate", b"SubmitForm", b"ImportData", b"XFA")
OUTSIDE = (b"Launch", b"GoToE", b"GoToR")
HIDDEN = (b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"RichMedia")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME_ENDS = rb"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
# The one shape in which objects may be packed: deflated, or not at all, and nothing nested.
PACKED = re.compile(rb"\bobj\s*<<([^<>()]{0,600})>>\s*stream\r?\n")
PACK_NAME = re.compile(rb"/ObjStm" + NAME_ENDS)
DEFLATED = re.compile(rb"/Filter\s*(?:/FlateDecode(?![^\s/])|\[\s*/FlateDecode\s*\])")
# In a dictionary of packed objects: escapes and comments, a second way of packing, a file outside.
UNUSUAL = re.compile(rb"[#%]|/DecodeParms|/DP\b|/F" + NAME_ENDS)
MOST_UNPACKED = 32 * 1024 * 1024  # bytes, over all packed objects


class _Unreadable(Exception):  # noqa: N818 - what it is
    """Packed objects that cannot be looked through."""


def is_paper(content: bytes) -> bool:
    """Whether it begins as a PDF: at its first byte, so that it is nothing else besides."""
    return content.startswith(MARK)


def faults(content: bytes) -> list[str]:
    """Every reason why this PDF is not taken, in Spanish with its remedy; empty when it is."""
    remedy = _("Ábralo, imprímalo a un PDF nuevo y suba ese.")
    found = []
    if END not in content or content.rpartition(END)[2].strip(b"\0\t\r\n "):
        found.append(_("El PDF está incompleto o lleva algo después de su final. %(remedy)s") % {"remedy": remedy})
    plain = _unescaped(content)
    if _names(plain, (b"Encrypt",)):
        found.append(_("El PDF tiene contraseña o restricciones: nadie más podría revisarlo. Quíteselas y súbalo de nuevo."))
    try:
        texts = [plain, *_unpacked(content, plain)]
    except _Unreadable:
        return [*found, _("El PDF está armado de un modo que no se puede revisar. %(remedy)s") % {"remedy": remedy}]
    words = (
        (ACTIVE, _("El PDF lleva instrucciones que se ejecutan al abrirlo (JavaScript o formularios activos). %(remedy)s")),
        (OUTSIDE, _("El PDF puede abrir otros programas o archivos. %(remedy)s")),
        (HIDDEN, _("El PDF lleva otros archivos dentro. Sáquelos y súbalos aparte. %(remedy)s")),
    )
    return found + [message % {"remedy": remedy} for names, message in words if any(_names(text, names) for text in texts)]


def _unescaped(content: bytes) -> bytes:
    """With the names as a reader sees them: `/J#61vaScript` is `/JavaScript`."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _names(text: bytes, names: tuple[bytes, ...]) -> bool:
    return re.search(rb"/(?:" + b"|".join(names) + rb")" + NAME_ENDS, text) is not None


def _unpacked(content: bytes, plain: bytes) -> Iterator[bytes]:
    """Every group of packed objects; _Unreadable when one has another shape than the usual, or there is too much of it."""
    groups = [found for found in PACKED.finditer(content) if PACK_NAME.search(found[1])]
    if len(groups) != len(PACK_NAME.findall(plain)):
        raise _Unreadable
    left = MOST_UNPACKED
    for found in groups:
        text = _inflated(content[found.end() :], found[1], left)
        left -= len(text)
        yield _unescaped(text)


def _inflated(body: bytes, dictionary: bytes, most: int) -> bytes:
    if UNUSUAL.search(dictionary) or dictionary.count(b"/Filter") != len(DEFLATED.findall(dictionary)[:1]):
        raise _Unreadable
    if b"/Filter" not in dictionary:
        return body.partition(b"endstream")[0]
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(body, most)
    except zlib.error as error:
        raise _Unreadable from error
    if not stream.eof:
        raise _Unreadable
    return text
