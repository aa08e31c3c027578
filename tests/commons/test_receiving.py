"""What a person brings is kept only when it is what it seems and nothing in it acts; every refusal says what to do."""

from __future__ import annotations

import contextlib
import io
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from calpulli.commons import files
from tests.commons import pictures

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML_GIF = b"GIF89a/*" + b"\0" * 20 + b"*/=1;<html><script>alert(1)</script></html>"


def reasons(content: bytes, **how: bool) -> str:
    with pytest.raises(files.FileRefused) as refused:
        files.receive(content, **how)
    return " ".join(refused.value.reasons)


# -- what is let in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_image_comes_out_the_same_to_the_eye(kind: str) -> None:
    made = files.receive(pictures.picture(kind))
    assert (made.media_type, made.width, made.height) == (f"image/{kind.lower()}", 40, 30)
    shown = Image.open(io.BytesIO(made.content))
    assert shown.format == kind
    left, right = shown.convert("RGB").getpixel((5, 5)), shown.convert("RGB").getpixel((35, 5))
    assert left[0] > 150 > left[2]  # type: ignore[index]  # of an RGB image: three numbers
    assert right[2] > 150 > right[0]  # type: ignore[index]


def test_place_camera_and_comment_are_gone_and_the_turn_is_applied() -> None:
    came = pictures.photograph()
    before = Image.open(io.BytesIO(came)).getexif()
    assert before.get_ifd(0x8825)[2], "the photograph says where it was taken"
    assert pictures.SECRET.encode() in came
    made = files.receive(came)
    assert (made.width, made.height) == (30, 40)
    shown = Image.open(io.BytesIO(made.content))
    assert dict(shown.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp", "photoshop"} & set(shown.info) == set()
    for told in (b"Exif", b"Inventad", b"GPS", pictures.SECRET.encode()):
        assert told not in made.content
    top = shown.convert("RGB").getpixel((15, 5))
    assert top[0] > 150 > top[2], "a quarter turn to the right puts the left half on top"  # type: ignore[index]


def test_what_follows_the_end_of_an_image_stays_behind() -> None:
    made = files.receive(pictures.picture("PNG") + b"<script>alert(1)</script>" + pictures.zip_bomb()[:100])
    assert b"script" not in made.content
    assert made.content.endswith(b"IEND\xaeB`\x82")


def test_texts_and_profiles_of_a_png_stay_behind() -> None:
    plain = pictures.picture("PNG")
    hidden = pictures.chunk(b"tEXt", b"Comment\0" + b"19.4326,-99.1332") + pictures.chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0\0\0")
    made = files.receive(plain[:33] + hidden + plain[33:])
    assert b"19.4326" not in made.content
    assert {made.content[place : place + 4] for place in (12, 37)} == {b"IHDR", b"IDAT"}


def test_transparency_of_a_palette_is_kept() -> None:
    image = Image.new("P", (4, 4), 0)
    image.putpalette([0, 0, 0, 255, 255, 255] + [0] * 762)
    out = io.BytesIO()
    image.save(out, "PNG", transparency=0)
    shown = Image.open(io.BytesIO(files.receive(out.getvalue()).content))
    assert (shown.mode, shown.getpixel((1, 1))) == ("RGBA", (0, 0, 0, 0))


def test_the_same_image_twice_is_the_same_file() -> None:
    assert files.receive(pictures.photograph()).sha256 == files.receive(pictures.photograph()).sha256


@pytest.mark.parametrize("content", [pictures.good_pdf(), pictures.packed_pdf(b"5 0 << /Type /Font >>")], ids=["plain", "packed"])
def test_a_pdf_is_kept_byte_by_byte(content: bytes) -> None:
    made = files.receive(content)
    assert (made.content, made.media_type, made.extension) == (content, "application/pdf", "pdf")


# -- what is not -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "está vacío"),
        (b"#!/bin/sh\nrm -rf /\n", "un programa"),
        (b"MZ\x90\0" + b"\0" * 60, "un programa"),
        (SVG, "HTML, SVG"),
        (b"<svg onload=alert(1)>", "HTML, SVG"),
        (HTML_GIF, "HTML, SVG"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", "HTML, SVG"),
        (b"GIF89a" + b"\0" * 30, "una imagen GIF"),
        (pictures.zip_bomb(), "un archivo comprimido"),
        (b"solo letras", "otra clase de archivo"),
        (b"  " + pictures.good_pdf(), "otra clase de archivo"),
        (b"<html>" + pictures.good_pdf(), "HTML, SVG"),
        (pictures.png_that_says(10_000, 10_000), "10000 × 10000 puntos"),
        (pictures.large_png(10_000), "10000 × 10000 puntos"),
        (pictures.png_that_says(4_000_000_000, 1), "puntos"),
        (pictures.png_that_says(0, 0), "dañada"),
        (pictures.png_that_says(2_000, 2_000), "incompleta"),
        (pictures.picture("JPEG", (400, 400))[:-400], "incompleta"),
        (pictures.picture("PNG", (400, 400))[:200], "incompleta"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "dañada"),
        (b"RIFF\x10\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\x27\0\x0f\x27\0" + b"\0" * 20, "10000 × 10000 puntos"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "dañada"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(content: bytes, words: str) -> None:
    told = reasons(content)
    assert words in told
    assert any(verb in told for verb in ("Elija", "Expórtelo", "Guárdela", "guárdela", "Ábralo"))


def test_an_image_in_motion_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
        assert "movimiento" in reasons(out.getvalue())


def test_fifty_megabytes_are_refused_before_they_are_looked_at() -> None:
    began = time.monotonic()
    told = reasons(b"%PDF-1.7\n" + b"\0" * 50 * 1024 * 1024)
    assert "pesa 50.0 MB y se admiten 8 MB" in told
    assert time.monotonic() - began < 1


def test_a_bomb_of_points_takes_no_memory() -> None:
    bombs = [pictures.large_png(10_000), pictures.png_that_says(60_000, 60_000)]
    tracemalloc.start()
    for bomb in bombs:
        assert len(bomb) < 100_000
        reasons(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pictures.scripted_pdf(), "instrucciones que se ejecutan"),
        (pictures.launching_pdf(), "abrir otros programas"),
        (pictures.pdf_with_file(), "otros archivos dentro"),
        (pictures.encrypted_pdf(), "contraseña o restricciones"),
        (pictures.good_pdf()[:-30], "incompleto"),
        (pictures.good_pdf() + pictures.zip_bomb()[:500], "después de su final"),
        (pictures.good_pdf().replace(b"/Pages", b"/Pages /J#61vaScript 9 0 R", 1), "instrucciones"),
        (pictures.packed_pdf(b"5 0 << /S /JavaScript /JS (app.alert(1)) >>"), "instrucciones"),
        (pictures.packed_pdf(b"5 0 << /S /J#61vaScript /JS (app.alert(1)) >>"), "instrucciones"),
        (pictures.packed_pdf(b"5 0 << /S /Launch >>"), "abrir otros programas"),
    ],
)
def test_a_pdf_that_acts_or_hides_is_refused(content: bytes, words: str) -> None:
    assert words in reasons(content)


SCRIPT = b"5 0 << /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize(
    "content",
    [
        pictures.packed_pdf(b"", b"/Type /ObjStm /Filter /ASCIIHexDecode", SCRIPT.hex().encode() + b">"),
        pictures.packed_pdf(b"", b"/Type /ObjStm /Filter [/FlateDecode /ASCIIHexDecode]", zlib.compress(SCRIPT.hex().encode())),
        pictures.packed_pdf(b"", b"/Type /Obj#53tm /Filter /ASCIIHexDecode", SCRIPT.hex().encode()),
        pictures.packed_pdf(SCRIPT, b"/Type /ObjStm /Filter 9 0 R"),
        pictures.packed_pdf(SCRIPT, b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
        pictures.packed_pdf(SCRIPT, b"/Type /ObjStm /Filter /FlateDecode /F#69lter /ASCIIHexDecode"),
        pictures.packed_pdf(SCRIPT, b"/Type /ObjStm /Filter /FlateDecode /Title (>> stream )"),
        pictures.packed_pdf(b"", b"/Type /ObjStm /Filter /FlateDecode", b"no es zlib"),
        pictures.packed_pdf(b"", b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"\0" * 60_000_000)),
        pictures.packed_pdf(b"", b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(SCRIPT)[:-8]),
    ],
)
def test_a_pdf_that_cannot_be_looked_through_is_refused(content: bytes) -> None:
    assert "no se puede revisar" in reasons(content)


def test_all_that_is_wrong_with_a_pdf_is_said_at_once() -> None:
    writer = pictures.paper()
    writer.add_attachment("a.txt", b"a")
    told = reasons(pictures.acting_pdf("/JavaScript", "/JS", "app.alert(1)", writer) + b"basura")
    for words in ("después de su final", "instrucciones", "otros archivos dentro"):
        assert words in told


def test_where_only_a_pdf_serves_an_image_is_refused() -> None:
    assert "Se admite un PDF y este archivo es una imagen" in reasons(pictures.picture(), also_images=False)


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from(
        [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", pictures.picture()[:40]]
    ),
    body=st.binary(max_size=400),
)
def test_any_bytes_are_taken_or_refused_and_never_break(head: bytes, body: bytes) -> None:
    made = None
    with contextlib.suppress(files.FileRefused):
        made = files.receive(head + body)
    assert made is None or made.content
