"""The catalogue of data sets: for people, for machines, and as a feed of what was published."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons import institutes
from calpulli.commons.access import public
from calpulli.commons.registries.datasets import DATASETS, Dataset
from calpulli_core.text.folding import fold

from .. import exports, queries
from ..answers import open_to_all

SHOWN_EDITIONS = 50


@public
@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """Every data set by its topic, what people come for first; those that `buscar` and `area` leave."""
    wanted, area = request.GET.get("buscar", "").strip()[:100], request.GET.get("area", "")
    areas = sorted({name for one in DATASETS if (name := queries.responsible_for(one))}, key=fold)
    choices = [("", _("Cualquier área")), *((name, name) for name in areas)]
    found = [one for one in DATASETS if _matches(one, wanted) and area in ("", queries.responsible_for(one))]
    found.sort(key=lambda one: (one.shelf, fold(str(one.topic)), fold(str(one.title))))
    topics = [(topic, list(some)) for topic, some in groupby(found, key=lambda one: str(one.topic))]
    context = {"topics": topics, "count": len(found), "wanted": wanted, "area": area, "areas": choices, "sizes": _sizes(found)}
    return render(request, "transparency/datasets.jinja", context)


def _matches(dataset: Dataset, wanted: str) -> bool:
    if not wanted:
        return True
    told = (dataset.title, dataset.description, dataset.topic, *dataset.words, *(one.meaning for one in dataset.columns))
    text = fold(" ".join([*map(str, told), *dataset.names]))
    return all(word in text for word in fold(wanted).split())


def _sizes(found: list[Dataset]) -> dict[str, queries.Size]:
    return {key: table.size for key, table in queries.tables_of(found).items()}


@public
@require_safe
def catalogue_file(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as DCAT, in JSON-LD."""

    def address(name: str, **kwargs: str) -> str:
        return request.build_absolute_uri(reverse(name, kwargs=kwargs or None))

    answer = JsonResponse(exports.catalogue(DATASETS, address=address), content_type=exports.MEDIA_TYPES["jsonld"])
    return open_to_all(answer)


@public
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """How the API is used, with examples that can be copied."""
    context = {"site": request.build_absolute_uri("/").rstrip("/"), "example": next(iter(DATASETS), None)}
    return render(request, "transparency/api.jinja", context)


@public
@require_safe
def editions_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest editions of all data sets: whoever follows it keeps digests that we cannot reach."""
    feed = Atom1Feed(
        title=_("Ediciones de los datos abiertos de %(name)s") % {"name": institutes.current().name},
        link=request.build_absolute_uri(reverse("datasets")),
        description="",
        language="es-MX",
        author_name=institutes.current().name,
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, f"calpulli:{institutes.current().slug}:datos").urn,
    )
    for one in queries.latest_editions(SHOWN_EDITIONS):
        link = reverse("dataset_edition", kwargs={"key": one.dataset, "number": one.number})
        told = " ".join(queries.sentences(one.differences)) or _("Primera edición.")
        feed.add_item(
            title=_("%(title)s, edición %(number)s") % {"title": one.title, "number": one.number},
            link=request.build_absolute_uri(link),
            description=f"{told} SHA-256: {one.files['datos.csv']}",
            unique_id=f"urn:sha256:{one.files['datos.csv']}:{one.dataset}:{one.number}",
            updateddate=one.published_at,
        )
    return open_to_all(HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))
