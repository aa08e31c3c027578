"""What a demonstration would have mailed, to be read on the machine that runs it and nowhere else."""

from __future__ import annotations

import ipaddress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import network_address, public

from .. import mail, queries


@public
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages with their text; 404 outside a demonstration, and for whoever is on another machine."""
    passed_on = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if not institutes.current().demonstration or passed_on or not is_loopback(network_address(request)):
        raise Http404
    messages = [(message, mail.whole_body(message)) for message in queries.newest_messages()]
    return render(request, "notices/demo.jinja", {"messages": messages})


def is_loopback(address: str) -> bool:
    """Whether it is of this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
