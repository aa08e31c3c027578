"""Pages of the house itself: the verifier, the ledger, the keys, and what is shown when something fails."""

from __future__ import annotations

import datetime as dt
import sys
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import public
from calpulli.commons.registries.facts import chain_words
from calpulli.ledger import doors as ledger

from .. import health, logs
from .. import verifier as verifier_files
from .figures import acts_figure

SHOWN_FACTS = 25
LAST_SEQUENCE = 2**63 - 1  # as the ledger's column holds it
# How soon a program should ask again when the database is away.
RETRY_AFTER_S = 30


@public
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The static page on which anyone checks a bundle; its policy admits its own script and style by their hashes."""
    page = verifier_files.page()
    answer = HttpResponse(page.content, content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = page.policy
    return answer


@public
@require_safe
def verifier_program(request: HttpRequest) -> HttpResponse:
    """The same check as one file for Python 3.11 or newer, without installing anything."""
    answer = HttpResponse(verifier_files.program(), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="verificador.pyz"'
    return answer


@public
@require_safe
def about_verifying(request: HttpRequest) -> HttpResponse:
    """How to check what is published, in three ways, and what that proves."""
    context = {
        "keys": ledger.signing_keys(),
        "program_sha256": verifier_files.program_sha256(),
        "page": verifier_files.page(),
        "outside": institutes.outside_places(),
    }
    return render(request, "site/verify.jinja", context)


@public
@require_safe
def ledger_page(request: HttpRequest) -> HttpResponse:
    """Heads of every chain, and the newest facts: of all of them, or of `cadena` before the number `antes`."""
    heads, chain = ledger.heads(), request.GET.get("cadena", "")
    if chain and chain not in {head.chain for head in heads}:
        raise Http404
    before = _number(request.GET.get("antes", "")) if chain else None
    facts = ledger.last_facts(SHOWN_FACTS, chain=chain, before=before)
    context = {
        "heads": heads,
        "facts": [_dated(fact) for fact in facts],
        "chain": chain,
        "choices": [("", _("Todo el libro")), *((head.chain, chain_words(head.chain)) for head in heads)],
        "older": facts[-1]["sequence"] if chain and facts and facts[-1]["sequence"] > 1 else None,
        "is_older": before is not None,
        "by_month": acts_figure(),
    }
    return render(request, "site/ledger.jinja", context)


def _number(text: str) -> int | None:
    """The number of a fact, as an address says it; None for none. Anything else is no page."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:20]) > LAST_SEQUENCE:
        raise Http404
    return int(text)


@public
@require_safe
def fact_page(request: HttpRequest, chain: str, sequence: int) -> HttpResponse:
    """One fact: the receipt of an act, to keep and to contrast."""
    fact = ledger.fact_at(chain, sequence) if sequence <= LAST_SEQUENCE else None
    if fact is None:
        raise Http404
    has_next = ledger.head(chain).sequence > sequence
    return render(request, "site/fact.jinja", {"fact": _dated(fact), "has_next": has_next})


def _dated(fact: dict[str, Any]) -> dict[str, Any]:
    return fact | {"at": dt.datetime.fromisoformat(fact["at"])}


@public
@require_safe
def ledger_head(request: HttpRequest) -> JsonResponse:
    """Heads as `calpulli ledger verify --head` takes them."""
    return JsonResponse({"chains": [head.as_dict() for head in ledger.heads()]})


@public
@require_safe
def ledger_feed(request: HttpRequest) -> HttpResponse:
    """Heads as a feed: whoever follows it keeps copies that we cannot reach."""
    institute = institutes.current()
    link = request.build_absolute_uri(reverse("ledger"))
    feed = Atom1Feed(
        title=_("Cabezas del libro de hechos de %(name)s") % {"name": institute.name},
        link=link,
        description="",
        language="es-MX",
        author_name=institute.name,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, f"calpulli:{institute.slug}:libro").urn,
    )
    for head in ledger.heads():
        feed.add_item(
            title=f"{head.chain} {head.sequence}",
            link=link,
            description=head.digest,
            unique_id=f"urn:sha256:{head.digest}",
            updateddate=ledger.last_at(head.chain),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """Every public signing key, in order, with its endorsement."""
    return JsonResponse({"keys": ledger.signing_keys()})


@public
@require_safe
def health_report(request: HttpRequest) -> JsonResponse:
    """Whether the site can do its work, for a machine that watches: 200, or 503 when people cannot be served."""
    found = health.examine()
    answer = JsonResponse(found.as_dict(), status=200 if found.serving else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for a request that cannot be understood: a page without context, since what makes it reads the request."""
    return HttpResponse(verifier_files.read_text("commons", "400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, for what does not exist and for what one may not see."""
    return render(request, "commons/404.jinja", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "commons/403.jinja", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form that did not come from here or came too late."""
    return render(request, "commons/403.jinja", {"csrf": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away: pages without context, since whatever makes the context may be what failed.

    Django calls it while the error is being handled, wherever it arose: in a view, in a template or in a middleware.
    """
    error = sys.exc_info()[1]
    away = health.database_is_away(error)
    answer = HttpResponse(verifier_files.read_text("commons", "503.html" if away else "500.html"), status=503 if away else 500)
    answer["Cache-Control"] = "no-store"
    if away:
        answer["Retry-After"] = str(RETRY_AFTER_S)
    if error is not None:
        answer[logs.CODE_HEADER] = logs.error_code(error)
    return answer
