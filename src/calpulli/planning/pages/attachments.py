"""Files that came with an edition, under their hash."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from calpulli.commons import files
from calpulli.commons.access import actor_of, public

from .. import policies, queries

# Whatever it is, a browser runs nothing of it and loads nothing for it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
FOREVER = "public, max-age=31536000, immutable"


@public
@require_safe
def kept_file(request: HttpRequest, sha256: str, extension: str) -> HttpResponse:
    """The bytes of that hash, for anyone once published; before that only for staff who see the edition. Else 404.

    An image is shown; anything else is handed over as a download.
    """
    found = queries.find_kept(sha256, extension)
    if found is None or not (found.is_public or _may_see(request, found.states)):
        raise Http404
    answer = HttpResponse(files.read(found.sha256), content_type=found.media_type)
    shown = "inline" if found.media_type.startswith("image/") else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{sha256}.{extension}"'
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = FOREVER if found.is_public else "private, no-store"
    return answer


def _may_see(request: HttpRequest, states: frozenset[str]) -> bool:
    if not request.user.is_authenticated:
        return False
    actor = actor_of(request)
    return any(policies.see_edition(actor, state) for state in states)
