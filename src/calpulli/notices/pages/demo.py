"""What a demonstration would have mailed, to be read on the machine that runs it and nowhere else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from calpulli.commons.access import at_this_computer, public

from .. import mail, queries


@public
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages with their text; 404 outside a demonstration, and for whoever is on another machine."""
    if not at_this_computer(request):
        raise Http404
    messages = [(message, mail.whole_body(message)) for message in queries.newest_messages()]
    return render(request, "notices/demo.jinja", {"messages": messages})
