"""The kept files that planning names: sealed contents, bundles, documents, and the file that each plan came from."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons.registries.references import Reference, refer

from ..models import Attachment, Edition, Plan


def _references() -> Iterator[Reference]:
    for plan in Plan.objects.order_by("key"):
        yield Reference(plan.source_sha256, f"programa {plan.key}: su archivo de origen")
    for edition in Edition.objects.select_related("period").order_by("pk"):
        for path, sha256 in sorted(edition.sealed_files.items()):
            yield Reference(sha256, f"registro {edition}: {path}, sellado")
        if edition.bundle_sha256:
            yield Reference(edition.bundle_sha256, f"registro {edition}: su paquete publicado")
    for one in Attachment.objects.select_related("edition__period").order_by("pk"):
        yield Reference(one.sha256, f"registro {one.edition}: documento «{one.title}»")


refer("planning", _references)
