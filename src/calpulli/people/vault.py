"""What must be read again and is no one's business: encrypted with a key that is not in the database nor in a copy of it."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

NAME = "factors.secret"


class VaultLocked(Exception):  # noqa: N818 - the name says what happened
    """The key is gone or is another: what was kept with it cannot be read."""


def seal(text: str, *, about: str) -> str:
    """`text` encrypted; it opens only for the same `about`, so that moving it to another row gives nothing."""
    return SecretBox(_key(make=True)).encrypt(f"{about}\n{text}".encode(), encoder=URLSafeBase64Encoder).decode()


def unseal(sealed: str, *, about: str) -> str:
    """The text; VaultLocked when this key did not seal it, or sealed it about something else."""
    try:
        plain = SecretBox(_key(make=False)).decrypt(sealed.encode(), encoder=URLSafeBase64Encoder).decode()
    except (CryptoError, OSError, ValueError) as error:
        raise VaultLocked(f"falta la llave {NAME} en {settings.KEYS_DIR}, o es otra") from error
    found, _, text = plain.partition("\n")
    if found != about:
        raise VaultLocked("what was sealed is about something else")
    return text


def _key(*, make: bool) -> bytes:
    file = Path(settings.KEYS_DIR) / NAME
    if make and not file.exists():
        _write_once(file, random(SecretBox.KEY_SIZE))
    return bytes.fromhex(file.read_text().strip())


def _write_once(file: Path, key: bytes) -> None:
    """Written whole under another name first: whoever reads it at the same instant finds all of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = file.with_name(f".{file.name}.{os.getpid()}.{random(4).hex()}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(key.hex() + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(begun, file)
    except FileExistsError:  # another process was first; its key is the one
        return
    finally:
        begun.unlink()
