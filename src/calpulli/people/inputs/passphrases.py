"""A password that the site makes: words to be read aloud, copied by hand and typed on a phone."""

from __future__ import annotations

import secrets

WORDS = (
    *("agave", "alba", "arena", "barro", "brisa", "cacao", "canela", "cedro", "cielo", "copal", "faro", "flor", "jade", "lago"),
    *("luna", "maguey", "maiz", "mar", "nopal", "nube", "obsidiana", "piedra", "pino", "rio", "salvia", "sol", "tierra"),
    *("valle", "viento", "volcan"),
)
# Neither vowels nor what is taken for another sign when read aloud or written by hand.
FOLIO_SIGNS = "bcdfghjkmnpqrstvwxz23456789"


def made_password() -> str:
    """Five words and a number: over 30 bits; for a demo on loopback, or until its owner sets her own."""
    return "-".join(secrets.choice(WORDS) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"


def made_folio(number: int) -> str:
    """The user name of a resident: her district, and eight signs that say nothing of her (38 bits)."""
    signs = "".join(secrets.choice(FOLIO_SIGNS) for _ in range(8))
    return f"d{number:02d}-{signs[:4]}-{signs[4:]}"
