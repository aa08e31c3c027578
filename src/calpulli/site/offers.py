"""What the house offers of its own: the numbers of the ledger, meanings to be searched, the kept files that facts name."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.facts import tell
from calpulli.commons.registries.meanings import MEANINGS, Check, Meaning, explain
from calpulli.commons.registries.references import Reference, refer
from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable
from calpulli.ledger import doors as ledger


def _operator() -> str:
    return str(_("Quien opera el sitio"))


def _ledger() -> str:
    return reverse("ledger")


def _design() -> str:
    return reverse("design")


LEDGER_PROOF = _(
    "Cada hecho lleva la huella del anterior: quien guardó una cabeza puede comprobar que no se quitó, agregó ni cambió ninguno "
    "de los que había. Los hechos de cada registro van en su paquete."
)

explain(
    Meaning(
        key="hechos-del-libro",
        name=_("Hechos del libro"),
        counts=_("Los actos que cambiaron algo en este sitio: cada uno deja un hecho."),
        formula=_("Se cuentan los hechos de todas las cadenas, por el mes en que ocurrieron, con la hora del centro de México."),
        rows=_("El libro de hechos y sus cabezas"),
        rows_url=_ledger,
        check=Check.RECOMPUTED,
        proof=LEDGER_PROOF,
        since=_("Desde que el sitio se puso en marcha con su primera llave."),
        owner=_operator,
    )
)
explain(
    Meaning(
        key="numero-de-hecho",
        name=_("Número de un hecho en su cadena"),
        counts=_("Qué lugar ocupa un hecho entre los de su cadena, desde el 1 y sin saltos."),
        formula=_("El número del hecho anterior de la misma cadena, más uno."),
        rows=_("El libro de hechos y sus cabezas"),
        rows_url=_ledger,
        check=Check.RECOMPUTED,
        proof=LEDGER_PROOF,
        since=_("Desde el primer hecho de cada cadena."),
        owner=_operator,
    )
)
explain(
    Meaning(
        key="ejemplo-inventado",
        name=_("Número de ejemplo"),
        counts=_("Nada: es un número inventado para mostrar cómo se ven los números en este sitio."),
        formula=_("Ninguna cuenta: se escribió a mano en la página del diseño."),
        rows=_("La página del diseño"),
        rows_url=_design,
        check=Check.STATED,
        proof=_("No hay nada que comprobar: un ejemplo no informa de nada."),
        since=_("Desde que existe la página del diseño."),
        owner=_operator,
    )
)


def _documents() -> Iterator[Document]:
    """Each number that pages explain, with its page."""
    for one in MEANINGS:
        name, url = gettext("Qué significa un número"), reverse("meaning", args=[one.key])
        yield Document(one.key, name, str(one.name), url, str(one.counts), precedence=Precedence.SURROUNDING)


def _about(key: str) -> tuple[AnswerFact, ...]:
    one = MEANINGS.get(key)
    if one is None:
        return ()
    return (
        AnswerFact(gettext("Qué cuenta"), str(one.counts)),
        AnswerFact(gettext("Cómo se calcula"), str(one.formula)),
        AnswerFact(gettext("Quién responde"), one.owner()),
    )


SEARCHABLES.add("site.meaning", Searchable("site.meaning", _("Qué significan los números"), _documents, _about))


def _originals() -> Iterator[Reference]:
    """The files that were imported, which the facts of the imports name; from other tables, those of their rows."""
    for chain, sequence, sha256 in ledger.facts_with("source_sha256"):
        yield Reference(sha256, f"hecho {chain} {sequence}: el archivo que se importó")


refer("ledger", _originals)
tell("ledger", _("Llaves"), {"key_registered": _("Se registró una llave")})
