"""From the pages of data to the verifier: which files there are, and the fact that holds their hashes."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from calpulli.commons.page_parts import url, verifier_url

from .. import queries
from ..models import DatasetEdition


@dataclass(frozen=True)
class Check:
    """How an edition is checked: the verifier with its hashes, and the place of its fact in the ledger."""

    url: str
    fact_url: str
    fact_number: int


def file_name(edition: DatasetEdition, file: str) -> str:
    """What a file of an edition is called once it was downloaded."""
    return f"{edition.dataset}_ed{edition.number}_{file}"


def check_of(request: HttpRequest, edition: DatasetEdition) -> Check:
    """For a link on the page that is being asked for."""
    number = queries.fact_of(edition)
    fact = url("fact", chain=queries.CHAIN, sequence=number)
    files = {file_name(edition, name): digest for name, digest in sorted(edition.files.items())}
    return Check(verifier_url(files, request.path, edicion=edition.number, hecho=fact), fact, number)
