"""From the pages of records to the verifier: the hashes of what each edition gives to download, and what holds them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.text import slugify

from calpulli.commons.page_parts import url, verifier_url

from .. import queries
from ..queries import EditionView

FORMS = ("pdf", "xlsx", "csv", "json")


def file_name(edition: EditionView, form: str) -> str:
    """What a record of an edition is called once it was downloaded."""
    return f"{edition.plan_key}_{edition.code}_ed{edition.number}.{form}"


def files_url(request: HttpRequest, edition: EditionView) -> str:
    """The verifier, knowing the record's files: their hashes are those of the bundle's signed list."""
    if edition.edition.manifest is None:
        raise ValueError("an edition that was not published has no files to check")
    listed = {one["path"]: one["sha256"] for one in edition.edition.manifest["files"]}
    files = {file_name(edition, form): listed[f"data/record.{form}"] for form in FORMS}
    bundle = url("bundle", plan_key=edition.plan_key, code=edition.code, number=edition.number)
    manifest = edition.edition.manifest_sha256
    return verifier_url(files, request.path, edicion=edition.number, paquete=bundle, manifiesto=manifest)


def documents_url(request: HttpRequest, edition: EditionView) -> str:
    """The verifier, knowing the documents kept with an edition: the fact of its seal holds their hashes."""
    files: dict[str, str] = {}
    for number, one in enumerate(edition.attachments, start=1):
        files[f"{number}-{slugify(one.title)[:60] or 'documento'}.{one.extension}"] = one.sha256
    fact = url("fact", chain=queries.CHAIN, sequence=queries.seal_of(edition.edition))
    return verifier_url(files, request.path, edicion=edition.number, hecho=fact)
