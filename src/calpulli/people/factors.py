"""The second factor: codes of an application (RFC 6238) and codes on paper. Says whether one is right; acts change them."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets

import pyotp
from django.db import IntegrityError, transaction

from calpulli.commons import clock, institutes

from . import vault
from .models import Account, OneTimeKey, Passkey, RecoveryCode, SpentCode

STEP_S = 30
# How far the clock of a telephone may be off, in steps.
DRIFT = 1
PAPER_CODES = 10
# Without letters and digits that are taken for one another.
PAPER_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PAPER_LENGTH = 16  # of 32 letters: 80 bits, too many to try even on a copy of the hashes
log = logging.getLogger("calpulli.signing")


def has_one(account: Account) -> bool:
    """Whether the account has a second factor."""
    return count(account) > 0


def has_application(account: Account) -> bool:
    """Whether the account has an application of codes."""
    return OneTimeKey.objects.filter(account=account).exists()


def count(account: Account) -> int:
    """How many second factors the account has: its application, and each passkey."""
    return OneTimeKey.objects.filter(account=account).count() + Passkey.objects.filter(account=account).count()


def new_secret() -> str:
    """160 bits in base 32, as applications take them."""
    return pyotp.random_base32()


def enrolment_address(secret: str, username: str) -> str:
    """What the QR code says: the key, whose it is and who gives it."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=institutes.current().name)


def step_of(secret: str, code: str) -> int | None:
    """The half minute of which `code` is the code, now or one step off; None when it is of none of them."""
    now = int(clock.now().timestamp()) // STEP_S
    steps = range(now - DRIFT, now + DRIFT + 1)
    right = [step for step in steps if hmac.compare_digest(code_of(secret, step).encode(), code.encode())]
    return right[0] if right else None


def code_of(secret: str, step: int) -> str:
    """The six digits of a half minute."""
    return pyotp.TOTP(secret).generate_otp(step)


def code_now(secret: str) -> str:
    """The six digits of this half minute."""
    return code_of(secret, int(clock.now().timestamp()) // STEP_S)


def spend(account: Account, step: int) -> bool:
    """Marks a code as used; False when it already was. The database decides between two that come at once."""
    SpentCode.objects.filter(account=account, step__lt=step - 2 * (DRIFT + 1)).delete()
    try:
        with transaction.atomic():
            SpentCode.objects.create(account=account, step=step)
    except IntegrityError:
        return False
    return True


def accepts_code(account: Account, code: str) -> bool:
    """Whether the six digits are of the account's application and nobody used them yet; they are spent by asking."""
    secret = secret_of(account)
    step = step_of(secret, code) if secret else None
    return step is not None and spend(account, step)


def secret_of(account: Account) -> str | None:
    """The key of the account's application; None when it has none, or when the vault does not open (which is logged)."""
    key = OneTimeKey.objects.filter(account=account).first()
    try:
        return vault.unseal(key.sealed_secret, about=str(account.pk)) if key else None
    except vault.VaultLocked:
        log.exception("the vault of second factors does not open")
        return None


def fresh_code(account: Account) -> str | None:
    """A code that would be accepted now, for the demonstration's command; None when those of these moments are spent."""
    secret = secret_of(account)
    if secret is None:
        raise LookupError(account.username)
    now = int(clock.now().timestamp()) // STEP_S
    spent = set(SpentCode.objects.filter(account=account).values_list("step", flat=True))
    left = [step for step in (now, now + 1, now - 1) if step not in spent]
    return code_of(secret, left[0]) if left else None


def seconds_to_next() -> int:
    """Until the next half minute begins."""
    return STEP_S - int(clock.now().timestamp()) % STEP_S


def paper_code() -> str:
    """A code to be written or printed: four groups of four."""
    letters = "".join(secrets.choice(PAPER_LETTERS) for _ in range(PAPER_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, PAPER_LENGTH, 4))


def paper_hash(typed: str) -> str:
    """What is kept of a code on paper; spaces, hyphens and case do not matter."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hashlib.sha256(b"calpulli-paper-code-v1\n" + letters.encode()).hexdigest()


def paper_codes_left(account: Account) -> int:
    """How many codes on paper nobody used yet."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()
