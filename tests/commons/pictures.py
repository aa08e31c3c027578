"""Files that people and attackers bring, made here byte by byte or by another program than the site's."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

PLACE = (19.4326, -99.1332)  # degrees, where the invented photograph was taken
SECRET = "Cámara de la señora Inventada"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    """Left half red, right half blue, so that a turn is seen."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.save(out, kind, **how)  # type: ignore[arg-type]  # of each format its own
    return out.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """A JPEG with its camera, its place and a turn to be applied (6: a quarter to the right)."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, "Telefono Inventado", SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: _degrees(PLACE[0]), 3: "W", 4: _degrees(-PLACE[1])})
    return picture("JPEG", exif=exif, comment=SECRET.encode())


def _degrees(value: float) -> tuple[IFDRational, ...]:
    whole = int(value)
    minutes = (value - whole) * 60
    return IFDRational(whole), IFDRational(int(minutes)), IFDRational(int((minutes % 1) * 6000), 100)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes whose header promises that many points: what a bomb is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    points = zlib.compress(b"\0" * 20_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def large_png(side: int) -> bytes:
    """A whole PNG of that many points a side, in one colour, so that it weighs little."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" + b"\0" * (side // 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * side, 9)) + chunk(b"IEND", b"")


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ceros", b"\0" * 20_000_000)
    return out.getvalue()


def paper() -> PdfWriter:
    """A PDF of one page, to be spoilt."""
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    return writer


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def good_pdf(text: str = "") -> bytes:
    """Of one blank page; with another text, another file."""
    writer = paper()
    if text:
        writer.add_metadata({"/Title": text})
    return written(writer)


def scripted_pdf() -> bytes:
    return acting_pdf("/JavaScript", "/JS", "app.alert('hola')")


def pdf_with_file() -> bytes:
    writer = paper()
    writer.add_attachment("oculto.txt", b"hola")
    return written(writer)


def encrypted_pdf() -> bytes:
    writer = paper()
    writer.encrypt("clave", algorithm="RC4-128")
    return written(writer)


def launching_pdf() -> bytes:
    return acting_pdf("/Launch", "/F", "calc.exe")


def acting_pdf(kind: str, key: str, what: str, writer: PdfWriter | None = None) -> bytes:
    """A PDF that does something when it is opened."""
    writer = writer or paper()
    action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(what)}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return written(writer)


def packed_pdf(
    objects: bytes, dictionary: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", body: bytes | None = None
) -> bytes:
    """A PDF with a group of packed objects, as most programs write them; only its shape matters here."""
    packed = zlib.compress(objects) if body is None else body
    stream = b"7 0 obj\n<< " + dictionary + b" /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return good_pdf().replace(b"xref\n", stream + b"xref\n", 1)
