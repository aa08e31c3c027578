"""The kept files that the annual programme names: the evidence of reports, and the files of imports."""

from __future__ import annotations

from collections.abc import Iterator

from calpulli.commons.registries.references import Reference, refer

from ..models import DeliveryBatch, Evidence, Exercise


def _references() -> Iterator[Reference]:
    for one in Evidence.objects.select_related("report__activity"):
        report = one.report
        yield Reference(one.sha256, f"evidencia de {report.activity.key}, trimestre {report.quarter}, versión {report.version}")
    for exercise in Exercise.objects.exclude(source_sha256=""):
        yield Reference(exercise.source_sha256, f"archivo del programa anual {exercise.year} de {exercise.plan_key}")
    for batch in DeliveryBatch.objects.exclude(source_sha256=""):
        yield Reference(batch.source_sha256, f"archivo de entregas, registro {batch.pk}")


refer("annual", _references)
