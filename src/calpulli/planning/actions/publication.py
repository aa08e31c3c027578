"""Publication: the sealed content, what the ledger attests of it, and a signature, as one bundle that never changes again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from calpulli.commons import clock, files, institutes
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli.ledger import doors as ledger
from calpulli_core.board import bundle, canonical
from calpulli_core.board.layout import BUNDLES, FACTS, KEYS, MANIFEST, PRINT, RECORD, SHEET
from calpulli_core.formats.record_input import read_json
from calpulli_core.formats.record_pdf import LedgerHead, to_pdf
from calpulli_core.formats.record_xlsx import to_xlsx
from calpulli_core.verify import check_files

from .. import policies
from ..exports import sealed_imprint
from ..inputs import PublishEdition
from ..models import Edition
from ..queries import EditionView
from . import telling
from .editions import locked, tell

CHAIN = "planning"


@act("planning.quarter_published", policy=policies.publish_edition)
def publish_edition(work: Work, command: PublishEdition) -> Edition:
    """Builds, signs and keeps the bundle of a sealed edition.

    The bundle signs the head as it stands before this act's own fact; the next bundle carries that fact. The chain is
    held before anything is read of it, so that nothing slips in between and bundle numbers have no gaps; the row is
    locked first, as in every other act, so that two acts never wait for each other.
    """
    edition = locked(work, command.edition_id, Edition.State.SEALED)
    work.hold_chain()
    signer = _signer()
    edition.published_at = work.at
    edition.bundle_number = Edition.objects.filter(bundle_number__isnull=False).count() + 1
    built = bundle.build(_contents(edition, bytes.fromhex(signer.public_key)))
    signed = _checked(bundle.sign_bundle(built, public_key=bytes.fromhex(signer.public_key), sign=signer.sign))
    edition.manifest = json.loads(signed[MANIFEST])
    edition.manifest_sha256 = hashlib.sha256(signed[MANIFEST]).hexdigest()
    edition.bundle_sha256 = files.keep(bundle.write_zip(signed))
    edition.state = Edition.State.PUBLISHED
    work.details.update(bundle=edition.bundle_number, manifest_sha256=edition.manifest_sha256)
    work.save(tell(work, edition))
    telling.tell_published(work, edition)
    return edition


def _checked(signed: dict[str, bytes]) -> dict[str, bytes]:
    """The bundle, once the verifier that any stranger has finds it whole: what would not verify is not published."""
    report = check_files(signed)
    if not report.ok:
        found = "; ".join(f"{fault.file}: {fault.message}" for fault in report.faults[:3])
        raise Refused(Problem(None, f"El paquete no pasa su propia comprobación y no se publica ({found}). Avise al operador."))
    return signed


def _signer() -> ledger.Signer:
    """The key in use; Refused, with what the operator must do, when there is none at hand."""
    keys = ledger.signing_keys()
    if not keys:
        raise Refused(Problem(None, "Aún no hay una llave para firmar. El operador la registra con «calpulli key rotate»."))
    try:
        return ledger.load_signer(keys[-1]["fingerprint"])
    except ledger.KeyMissing as missing:
        raise Refused(Problem(None, str(missing))) from missing


def _contents(edition: Edition, public_key: bytes) -> bundle.Contents:
    view, earlier = EditionView(edition), _earlier()
    head = ledger.head(CHAIN)
    sealed = {path: files.read(kept) for path, kept in edition.sealed_files.items()}
    if bundle.content_root(sealed) != edition.content_root:
        raise files.FileDamaged(f"lo sellado de {edition} ya no es lo que se selló")
    return bundle.Contents(
        plan=view.plan_key,
        period=view.code,
        number=edition.bundle_number or 0,
        edition=_edition(edition),
        previous=_previous(earlier),
        deadline=bundle.Deadline(due_on=view.deadline.due_on, rule=view.deadline.rule.key),
        installation=_installation(),
        ledger=bundle.Head(chain=head.chain, sequence=head.sequence, digest=head.digest),
        seal=_seal(view),
        public_key=public_key,
        sealed=sealed,
        others=_others(view, sealed, earlier, head, public_key),
    )


def _earlier() -> list[Edition]:
    """Every edition that was published before, in the order of their bundles."""
    found = Edition.objects.filter(bundle_number__isnull=False).select_related("period")
    return list(found.order_by("bundle_number"))


def _edition(edition: Edition) -> bundle.Edition:
    if edition.number == 1:
        return bundle.Edition(number=1)
    replaced = Edition.objects.get(period_id=edition.period_id, number=edition.number - 1)
    return bundle.Edition(number=edition.number, reason=edition.reason, replaces=replaced.manifest_sha256)


def _previous(earlier: list[Edition]) -> bundle.Previous | None:
    if not earlier:
        return None
    last = earlier[-1]
    return bundle.Previous(manifest_sha256=last.manifest_sha256, number=last.bundle_number or 0)


def _installation() -> bundle.Installation:
    institute = institutes.current()
    return bundle.Installation(institute=institute.slug, demonstration=institute.demonstration, notice=institute.notice)


def _seal(view: EditionView) -> bundle.Seal:
    published_on = view.published_on or clock.today()
    return bundle.Seal(sealed_on=view.sealed_on or published_on, published_on=published_on, notice=view.seal_notice or None)


def _others(
    view: EditionView, sealed: Mapping[str, bytes], earlier: list[Edition], head: ledger.Head, public_key: bytes
) -> dict[str, bytes]:
    """The sheet and the print of the sealed record, and the three lists that chain this bundle to the past."""
    record = read_json(sealed[RECORD])
    fingerprint = hashlib.sha256(public_key).hexdigest()
    imprint = sealed_imprint(view, fingerprint=fingerprint, ledger=LedgerHead(head.chain, head.sequence, head.digest))
    return {
        SHEET: to_xlsx(record),
        PRINT: to_pdf(record, imprint=imprint),
        FACTS: _lines(ledger.facts_after(CHAIN, _known_before(view, earlier))),
        BUNDLES: _lines(_told(one) for one in earlier),
        KEYS: _lines(ledger.signing_keys()),
    }


def _known_before(view: EditionView, earlier: list[Edition]) -> int:
    """The last published head before this edition's seal: the bundle carries every fact since, the seal among them."""
    told = {"plan": view.plan_key, "period": view.code, "edition": view.number}
    sealed = ledger.sequence_of(CHAIN, name="planning.quarter_sealed", details=told)
    heads = [one.manifest["ledger"]["sequence"] for one in earlier if one.manifest]
    return max((head for head in heads if head < sealed), default=0)


def _told(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.number,
        "ledger": edition.manifest["ledger"] if edition.manifest else None,
        "manifest_sha256": edition.manifest_sha256,
        "number": edition.bundle_number,
        "period": edition.period.code,
        "plan": edition.period.plan_id,
    }


def _lines(items: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(canonical.encode(dict(item)) + b"\n" for item in items)
