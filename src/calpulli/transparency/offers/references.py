"""The kept files that editions of data sets name."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons.registries.references import Reference, refer

from ..models import DatasetEdition


def _references() -> Iterator[Reference]:
    for edition in DatasetEdition.objects.order_by("dataset", "number"):
        for name, sha256 in sorted(edition.files.items()):
            yield Reference(sha256, f"datos {edition.dataset}, edición {edition.number}: {name}")


refer("transparency", _references)
