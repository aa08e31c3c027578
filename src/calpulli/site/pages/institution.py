"""The marks of the institute as the browser takes them: its style sheet and its logo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import public

# Pages name the version, so that what is kept under it never goes stale; without it, whoever keeps it asks each time.
KEPT = "public, max-age=31536000, immutable"
ASKED = "public, no-cache"
# Opened by itself, a drawing may paint and nothing else.
DRAWING_POLICY = "default-src 'none'; sandbox"


@public
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The colours, as custom properties."""
    return _kept(request, institutes.current_look().sheet.encode(), "text/css; charset=utf-8")


@public
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The logo, as an SVG that was checked when the site started."""
    answer = _kept(request, institutes.current_look().logo, "image/svg+xml")
    answer["Content-Security-Policy"] = DRAWING_POLICY
    return answer


def _kept(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    version = institutes.current_look().version
    tag = f'"{version}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponseNotModified() if same else HttpResponse(content, content_type=media_type)
    answer["ETag"] = tag
    answer["Cache-Control"] = KEPT if request.GET.get("v") == version else ASKED
    return answer
