"""An identity that a citizen has elsewhere (OpenID Connect): asked for with a code and PKCE, and believed only when it is proved.

Off until the institute's `[signing.identity]` names a provider and the environment carries its secret.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client.errors import OAuthError as ClientError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2 import OAuth2Error
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from calpulli.commons import clock, institutes

KEY, MINUTES, TIMEOUT_S, LEEWAY_S = "identity", 10, 10, 60
# Signatures that only the provider can make; never `none`, nor one made with a secret that both have.
ALGORITHMS = ["RS256", "PS256", "ES256"]
LONGEST = 255  # of an issuer and of a subject, as the standard says and the columns hold them
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class IdentityFailed(Exception):  # noqa: N818 - the name says what happened
    """The provider did not answer as it must, or what it said is not proved. `str()` says what, for the operator's log."""


@dataclass(frozen=True)
class Provider:
    """Who says who a citizen is, as the institute's folder tells it; `name` is what the button says."""

    name: str
    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True)
class Identity:
    """Somebody, as the provider knows her. The pair is hers alone and for ever; an e-mail would be neither."""

    issuer: str
    subject: str


def provider() -> Provider | None:
    """The provider of this installation; None when the folder names none or the environment has no secret for it."""
    told = institutes.section("signing").get("identity") or {}
    if not settings.IDENTITY_SECRET or not all(told.get(name) for name in ("name", "issuer", "client_id")):
        return None
    return Provider(told["name"], told["issuer"], told["client_id"], settings.IDENTITY_SECRET)


def begin(request: HttpRequest, by: Provider, *, destination: str, linking: bool) -> str:
    """Where to send the browser; what must come back with it stays in its session. Raises IdentityFailed."""
    told, verifier, nonce = _discover(by), secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    with _session(request, by) as session:
        url, state = session.create_authorization_url(told["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    kept = {"state": state, "nonce": nonce, "verifier": verifier, "at": clock.now().timestamp()}
    request.session[KEY] = kept | {"next": destination, "linking": str(request.user.pk) if linking else ""}
    return str(url)


def take_begun(request: HttpRequest) -> dict[str, Any] | None:
    """What `begin` kept, once; None when this browser began nothing, long ago, or something else came back."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None or clock.now().timestamp() - kept["at"] > 60 * MINUTES:
        return None
    given = request.GET.get("state", "")
    return kept if hmac.compare_digest(kept["state"].encode(), given.encode()) else None


def finish(request: HttpRequest, by: Provider, kept: dict[str, Any]) -> Identity:
    """Exchanges the code, and believes the token only if it is signed, for us, of now, and answers this very question."""
    if request.GET.get("iss", by.issuer) != by.issuer:
        raise IdentityFailed("the answer names another issuer")
    told = _discover(by)
    try:
        with _session(request, by) as session:
            code = request.GET.get("code", "")
            url = told["token_endpoint"]
            answer = session.fetch_token(url, code=code, code_verifier=kept["verifier"], timeout=TIMEOUT_S, allow_redirects=False)
    except (OAuth2Error, ClientError, requests.RequestException, ValueError) as error:
        raise IdentityFailed(f"the code was not exchanged: {type(error).__name__}") from error
    return _proved(by, str(answer.get("id_token", "")), _keys(by, told["jwks_uri"]), kept["nonce"])


def _proved(by: Provider, token: str, keys: KeySet, nonce: str) -> Identity:
    now = int(clock.now().timestamp())
    needed = {name: {"essential": True} for name in ("sub", "exp", "iat")}
    rules: Any = needed | {"iss": {"essential": True, "value": by.issuer}, "nonce": {"essential": True, "value": nonce}}
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY_S, **rules).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise IdentityFailed(f"the token is not proved: {type(error).__name__}") from error
    if not _is_for(by, claims):
        raise IdentityFailed("the token is for somebody else")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST:
        raise IdentityFailed("the token does not say of whom it is")
    return Identity(by.issuer, claims["sub"])


def _keys(by: Provider, url: str) -> KeySet:
    """Those that the provider signs with today: asked for each time, so that one that it withdrew is no longer believed."""
    told: Any = _get(by, url)
    try:
        return KeySet.import_key_set(told)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise IdentityFailed("the provider's keys cannot be read") from error


def _is_for(by: Provider, claims: dict[str, Any]) -> bool:
    audience = claims.get("aud")
    listed = audience if isinstance(audience, list) else [audience]
    return by.client_id in listed and claims.get("azp", by.client_id) == by.client_id and (len(listed) == 1 or "azp" in claims)


def _discover(by: Provider) -> dict[str, Any]:
    """What the provider publishes of itself, which must be of the issuer that we asked for."""
    told = _get(by, by.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != by.issuer:
        raise IdentityFailed("the provider says that it is another issuer")
    if missing := [name for name in ("authorization_endpoint", "token_endpoint", "jwks_uri") if not _is_safe(told.get(name))]:
        raise IdentityFailed(f"the provider does not tell {missing[0]}")
    return told


def _get(by: Provider, url: str) -> dict[str, Any]:
    if not _is_safe(url):
        raise IdentityFailed("an address of the provider is not HTTPS")
    try:
        answer = requests.get(url, timeout=TIMEOUT_S, allow_redirects=False)
        answer.raise_for_status()
        found: Any = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise IdentityFailed(f"the provider did not answer: {type(error).__name__}") from error
    if answer.status_code != requests.codes.ok or not isinstance(found, dict):
        raise IdentityFailed("the provider answered something else")
    return found


def _is_safe(url: object) -> bool:
    """HTTPS; or this very computer, for trying it out."""
    parts = urlsplit(url) if isinstance(url, str) else None
    return parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _session(request: HttpRequest, by: Provider) -> OAuth2Session:
    back = request.build_absolute_uri(reverse("identity_return"))
    return OAuth2Session(by.client_id, by.secret, scope="openid", redirect_uri=back, code_challenge_method="S256")
