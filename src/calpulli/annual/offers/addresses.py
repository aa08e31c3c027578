"""The address of the published annual programme, for column 4 of the record."""

from __future__ import annotations

from django.urls import reverse

from calpulli.commons.registries.addresses import RecordAddress, offer_address

from .. import queries


def _published(plan_key: str, year: int) -> str:
    return reverse("poa_year", args=[plan_key, year]) if (plan_key, year) in queries.published_years() else ""


offer_address(RecordAddress("poa_url", _published))
