"""What was published of a programme, as a feed for whoever follows it with a reader or a program."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import public

from .. import queries
from ..queries import EditionView

SHOWN = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@public
@require_safe
def record_feed(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The published editions of a plan, the newest first. An entry is named by the hash of its manifest, which never changes."""
    plan = queries.find_plan(plan_key)
    if plan is None:
        raise Http404
    feed = Atom1Feed(
        title=_("Registros del programa %(year)s (%(name)s)") % {"name": plan.institution, "year": plan.generation},
        link=request.build_absolute_uri(f"{reverse('records')}#{plan.key}"),
        description="",
        language="es-MX",
        author_name=institutes.current().name,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, f"calpulli:{institutes.current().slug}:{plan.key}").urn,
    )
    for edition in [one for one in queries.published_editions() if one.plan_key == plan.key][:SHOWN]:
        _add(feed, edition, request)
    return HttpResponse(feed.writeString("utf-8"), content_type=MEDIA_TYPE)


def _add(feed: Atom1Feed, view: EditionView, request: HttpRequest) -> None:
    place = {"plan_key": view.plan_key, "code": view.code, "number": view.number}
    title = view.span.label.capitalize()
    bundle = request.build_absolute_uri(reverse("bundle", kwargs=place))
    feed.add_item(
        title=title if view.number == 1 else _("%(label)s, edición %(number)s") % {"label": title, "number": view.number},
        link=request.build_absolute_uri(reverse("published_edition", kwargs=place)),
        description=view.edition.reason or _("Primera edición."),
        unique_id=f"urn:sha256:{view.edition.manifest_sha256}",
        pubdate=view.edition.published_at,
        updateddate=view.edition.published_at,
        enclosures=[Enclosure(bundle, str(view.bundle_bytes or 0), "application/zip")],
    )
