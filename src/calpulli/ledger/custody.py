"""Private keys: one file each, readable by its owner alone, never in the database nor in a backup of it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from nacl.signing import SigningKey as Seed


class KeyMissing(Exception):  # noqa: N818 - the name says what happened
    """The private half of a key is not where it should be."""


@dataclass(frozen=True)
class Signer:
    """A private key in memory, with its public half in hex."""

    seed: Seed

    @property
    def public_key(self) -> str:
        """64 hex."""
        return bytes(self.seed.verify_key).hex()

    @property
    def fingerprint(self) -> str:
        """64 hex: SHA-256 of the public key's 32 bytes."""
        return hashlib.sha256(bytes(self.seed.verify_key)).hexdigest()

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 signature (RFC 8032)."""
        return self.seed.sign(message).signature


def folder() -> Path:
    """Where the private keys are kept (`CALPULLI_KEYS`, by default inside the state folder)."""
    return Path(settings.KEYS_DIR)


def create() -> Signer:
    """A new key, written to its file before anything refers to it."""
    signer = Signer(Seed.generate())
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    target = _file(signer.fingerprint)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(bytes(signer.seed).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return signer


def load(fingerprint: str) -> Signer:
    """The key of that fingerprint; KeyMissing, in Spanish, when its file is absent or is another key's."""
    try:
        signer = Signer(Seed(bytes.fromhex(_file(fingerprint).read_text().strip())))
    except (OSError, ValueError) as error:
        raise KeyMissing(_words(fingerprint)) from error
    if signer.fingerprint != fingerprint:
        raise KeyMissing(_words(fingerprint))
    return signer


def _file(fingerprint: str) -> Path:
    return folder() / f"{fingerprint}.key"


def _words(fingerprint: str) -> str:
    return (
        f"No está la llave privada {fingerprint[:16]}… en {folder()}. Restáurela de su resguardo o, si se perdió, "
        "registre otra con «calpulli key rotate --lost» (SECURITY.md dice qué significa)."
    )
