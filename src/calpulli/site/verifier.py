"""The two verifiers as this site hands them out: a static page and a program of one file."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from calpulli_core.verify.zipapp import build_pyz

INLINE = {"script-src": re.compile(rb"<script>(.*?)</script>", re.S), "style-src": re.compile(rb"<style>(.*?)</style>", re.S)}


@dataclass(frozen=True)
class Page:
    """The static page: its bytes, its hash to compare, and the policy under which it may run."""

    content: bytes
    sha256: str
    policy: str


@cache
def page() -> Page:
    """The page as committed."""
    content = Path(settings.VERIFIER_PAGE).read_bytes()
    return Page(content, hashlib.sha256(content).hexdigest(), _policy(content))


def _policy(content: bytes) -> str:
    """Only the page's own inline script and style, by hash; no connection to anywhere."""
    allowed = [f"{name} {' '.join(map(_source, found.findall(content)))}" for name, found in INLINE.items()]
    fixed = [
        "default-src 'none'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    return "; ".join(fixed + allowed)


def _source(inline: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline).digest()).decode()}'"


@cache
def program() -> bytes:
    """The verifier in Python as a zip application."""
    return build_pyz()


@cache
def program_sha256() -> str:
    """Its hash, to compare after the download."""
    return hashlib.sha256(program()).hexdigest()


def read_text(package: str, name: str) -> str:
    """A page of a package's templates as it stands."""
    root = Path(__file__).resolve().parents[1]
    return (root / package / "templates" / package / name).read_text(encoding="utf-8")
