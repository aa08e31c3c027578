"""The data sets of the ledger: facts, the rows that each answers for, and the keys that sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.datasets import Check, Column, Dataset, Kind, Row, Shelf, offer
from calpulli.ledger import doors as ledger

COMMON: dict[str, Any] = {
    "topic": _("Libro de hechos"),
    "shelf": Shelf.CHECKS,
    "area": "ledger",
    "cadence": _("Con cada acto"),
    "chains": ledger.chains(),
    "editions": False,
    "sensitivity": _(
        "pública, sin nombres: quien actuó es una referencia opaca de su cuenta, y los nombramientos dicen su puesto o función"
    ),
    "check": Check.RECOMPUTED,
    "check_note": _(
        "La huella de cada hecho se calcula otra vez con sus datos, como dice docs/spec/ledger.md, y enlaza con la anterior."
    ),
}


def facts() -> QuerySet[Any]:
    """Every fact, named as its columns."""
    return ledger.public_facts().annotate(
        cadena=F("chain"),
        secuencia=F("sequence"),
        acto=F("name"),
        momento=F("at"),
        quien=F("actor"),
        detalles=Cast("details", TextField()),
        anterior=F("previous"),
        huella=F("digest"),
    )


def fact_rows() -> QuerySet[Any]:
    """What every fact says of each row, named as its columns."""
    return ledger.public_fact_rows().annotate(
        cadena=F("fact__chain"),
        secuencia=F("fact__sequence"),
        lugar=F("position"),
        tabla=F("table"),
        clave=F("key"),
        huella=F("digest"),
    )


def key_rows() -> Iterator[Row]:
    """Every key that signs, with its endorsement."""
    for key in ledger.signing_keys():
        yield key["number"], key["fingerprint"], key["public_key"], key["endorsement"]


CHAIN = Column(
    name="cadena", meaning=_("La cadena a la que pertenece el hecho"), example="planning", fields=("ledger.Fact.chain",)
)
SEQUENCE = Column(
    name="secuencia",
    kind=Kind.INTEGER,
    meaning=_("Lugar del hecho en su cadena, desde 1 y sin huecos"),
    example="42",
    fields=("ledger.Fact.sequence",),
)
SHA = "SHA-256"
offer(
    Dataset(
        **COMMON,
        key="hechos",
        title=_("Libro de hechos"),
        description=_(
            "Cada acto que cambió algo, con su momento y las huellas que lo enlazan con el anterior. Nunca se borra ni se cambia."
        ),
        words=("bitacora", "actos", "cadena", "auditoria"),
        keys=("cadena", "secuencia"),
        query=facts,
        columns=(
            CHAIN,
            SEQUENCE,
            Column(name="acto", meaning=_("Nombre del acto"), example="planning.edition_published", fields=("ledger.Fact.name",)),
            Column(
                name="momento",
                kind=Kind.INSTANT,
                meaning=_("Cuándo ocurrió, en tiempo universal"),
                example="2026-11-14T18:00:00Z",
                fields=("ledger.Fact.at",),
            ),
            Column(
                name="quien",
                meaning=_("Referencia opaca de la cuenta o de la tarea del sistema; vacío en los actos sin persona"),
                example="sistema:siembra",
                optional=True,
                fields=("ledger.Fact.actor",),
            ),
            Column(
                name="detalles",
                meaning=_("Lo que el acto dice de sí mismo, en JSON"),
                example='{"plan": "demo-2026"}',
                fields=("ledger.Fact.details",),
            ),
            Column(
                name="anterior",
                unit=SHA,
                meaning=_("Huella del hecho anterior de la cadena; ceros en el primero"),
                example="9f86d081884c7d65…",
                fields=("ledger.Fact.previous",),
            ),
            Column(
                name="huella",
                unit=SHA,
                meaning=_("Huella del hecho"),
                example="9f86d081884c7d65…",
                fields=("ledger.Fact.digest",),
            ),
        ),
    )
)
offer(
    Dataset(
        **COMMON,
        key="hechos-renglones",
        title=_("Renglones que atestigua el libro"),
        description=_("En qué estado dejó cada hecho cada renglón que tocó: con la huella se sabe si alguien lo cambió después."),
        words=("huellas", "renglones", "auditoria"),
        keys=("cadena", "secuencia", "lugar"),
        query=fact_rows,
        columns=(
            CHAIN,
            SEQUENCE,
            Column(
                name="lugar",
                kind=Kind.INTEGER,
                meaning=_("Orden del renglón en el hecho, desde 0"),
                example="0",
                fields=("ledger.FactRow.position",),
            ),
            Column(name="tabla", meaning=_("Tabla del renglón"), example="planning_edition", fields=("ledger.FactRow.table",)),
            Column(name="clave", meaning=_("Clave del renglón en su tabla"), example="7", fields=("ledger.FactRow.key",)),
            Column(
                name="huella",
                unit=SHA,
                meaning=_("Huella del renglón; vacía si el hecho lo retiró"),
                example="9f86d081884c7d65…",
                optional=True,
                fields=("ledger.FactRow.digest",),
            ),
        ),
    )
)
offer(
    Dataset(
        key="llaves",
        title=_("Llaves que firman"),
        topic=_("Libro de hechos"),
        shelf=Shelf.CHECKS,
        area="ledger",
        chains=("ledger",),
        cadence=_("Cuando se cambia la llave"),
        check=Check.RECOMPUTED,
        check_note=_("La huella es el SHA-256 de la llave; el aval es una firma de la llave anterior: docs/spec/bundle.md."),
        description=_("Las llaves públicas con que se firman los paquetes, en orden, con el aval de la anterior."),
        words=("firma", "huella", "Ed25519"),
        keys=("numero",),
        columns=(
            Column(
                name="numero",
                kind=Kind.INTEGER,
                meaning=_("Número de la llave, desde 1"),
                example="1",
                fields=("ledger.SigningKey.number",),
            ),
            Column(
                name="huella",
                unit=SHA,
                meaning=_("Huella de la llave pública"),
                example="9f86d081884c7d65…",
                fields=("ledger.SigningKey.fingerprint",),
            ),
            Column(
                name="llave_publica",
                meaning=_("Llave pública Ed25519, en hexadecimal"),
                example="d75a980182b10ab7…",
                fields=("ledger.SigningKey.public_key",),
            ),
            Column(
                name="aval",
                meaning=_("Firma de la llave anterior sobre esta; vacío en la primera o si la anterior se perdió"),
                example="e5564300c360ac72…",
                optional=True,
                fields=("ledger.SigningKey.endorsement",),
            ),
        ),
        rows=key_rows,
    )
)
