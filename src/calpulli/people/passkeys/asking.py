"""What a browser is asked about its passkeys, and whether it answers well. The checks are the library `webauthn`'s."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import webauthn
from django.db import DataError, transaction
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from calpulli.commons import clock, institutes

from ..models import Account, Passkey, PasskeyUse
from .kept import of_account

KEY, MINUTES = "passkey_challenge", 5
VERIFIED = UserVerificationRequirement.REQUIRED
# What is none of ours, or was tampered with, may fail in any of these ways: also by nesting without end (RecursionError), or
# by a name that no text of the database can be (DataError).
FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError, DataError)


@dataclass(frozen=True)
class Asked:
    """The question that a browser was given: its challenge, and the site for which an answer is good."""

    challenge: bytes
    host: str
    origin: str


@dataclass(frozen=True)
class NewKey:
    """A passkey that answered well to being made."""

    credential: str
    public_key: str
    count: int


def can_be_used(request: HttpRequest) -> bool:
    """Passkeys belong to a name: a browser keeps none for a site asked for by a number."""
    try:
        ipaddress.ip_address(_host(request).strip("[]"))
    except ValueError:
        return True
    return False


def to_register(request: HttpRequest, account: Account) -> str:
    """What a browser needs to make a passkey, as JSON; the challenge stays in the session."""
    options = webauthn.generate_registration_options(
        rp_id=_host(request),
        rp_name=institutes.current().name,
        user_id=account.pk.bytes,
        user_name=account.username,
        user_display_name=account.display_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=_named(of_account(account)),
    )
    return _ask(request, options.challenge, webauthn.options_to_json(options))


def to_sign_in(request: HttpRequest, account: Account | None) -> str:
    """What a browser needs to answer with a passkey, as JSON: with one of the account's, or with any that it has of this site."""
    keys = _named(of_account(account)) if account else []
    options = webauthn.generate_authentication_options(rp_id=_host(request), allow_credentials=keys, user_verification=VERIFIED)
    return _ask(request, options.challenge, webauthn.options_to_json(options))


def made(asked: Asked, answer: str) -> NewKey | None:
    """The passkey that a browser made; None when the answer is not to this question, or not of this site."""
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=asked.challenge,
            expected_rp_id=asked.host,
            expected_origin=asked.origin,
            require_user_verification=True,
        )
    except FAULTS:
        return None
    return NewKey(bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key), found.sign_count)


def who_answers(asked: Asked, answer: str) -> Account | None:
    """Whose passkey signed the answer; None when nobody's did, or it is of another question, site or count."""
    try:
        told = json.loads(answer)
        with transaction.atomic():
            use = PasskeyUse.objects.select_for_update().select_related("passkey__account").get(passkey__credential=told["id"])
            return use.passkey.account if _is_right(asked, answer, use) and _is_hers(told, use.passkey) else None
    except (*FAULTS, PasskeyUse.DoesNotExist):
        return None


def _is_right(asked: Asked, answer: str, use: PasskeyUse) -> bool:
    found = webauthn.verify_authentication_response(
        credential=answer,
        expected_challenge=asked.challenge,
        expected_rp_id=asked.host,
        expected_origin=asked.origin,
        credential_public_key=base64url_to_bytes(use.passkey.public_key),
        credential_current_sign_count=use.count,
        require_user_verification=True,
    )
    use.count, use.at = found.new_sign_count, clock.now()
    use.save()
    return True


def _is_hers(told: dict[str, dict[str, str]], passkey: Passkey) -> bool:
    """Whether the answer, if it says of whom it is, says the account of that passkey."""
    handle = told["response"].get("userHandle")
    return not handle or UUID(bytes=base64url_to_bytes(handle)) == passkey.account_id


def take_question(request: HttpRequest) -> Asked | None:
    """The question that this browser was given, once; None when it was long ago, or another answer took it."""
    told = request.session.pop(KEY, None)
    if not told or clock.now().timestamp() - told["at"] > 60 * MINUTES:
        return None
    return Asked(base64url_to_bytes(told["challenge"]), _host(request), f"{request.scheme}://{request.get_host()}")


def _ask(request: HttpRequest, challenge: bytes, options: str) -> str:
    request.session[KEY] = {"challenge": bytes_to_base64url(challenge), "at": clock.now().timestamp()}
    return options


def _named(keys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in keys]


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rpartition(":")[0] or host
