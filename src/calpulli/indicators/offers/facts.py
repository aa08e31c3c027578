"""The facts of indicators in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.page_parts import period_words
from calpulli.commons.registries.facts import CHAINS, FACTS, About, ChainName, Told


def _named(details: Mapping[str, Any]) -> About | None:
    """The indicators of an act: one by its key, more by how many they are."""
    keys = details.get("keys") or []
    if len(keys) == 1:
        return About(str(keys[0]))
    return About(ngettext("%(num)s indicador", "%(num)s indicadores", len(keys)) % {"num": len(keys)})


def _computed(details: Mapping[str, Any]) -> About:
    quarters = ", ".join(period_words(code) for code in details["quarters"])
    note = ngettext("%(num)s valor cambió", "%(num)s valores cambiaron", details["count"]) % {"num": details["count"]}
    return About(gettext("Indicadores del %(periods)s") % {"periods": quarters}, note=note)


def _told(details: Mapping[str, Any]) -> About:
    said = {"year": details["year"], "edition": details["edition"]}
    return About(gettext("Personas de %(year)s, edición %(edition)s") % said)


CHAINS.add("indicators", ChainName("indicators", _("Indicadores")))
for verb, words in {
    "sheets_proposed": _("Se propusieron fichas de indicadores"),
    "sheets_approved": _("Se aprobaron fichas de indicadores"),
    "sheets_refused": _("No se aprobaron fichas de indicadores"),
    "retirement_proposed": _("Se propuso retirar un indicador"),
    "sheet_retired": _("Se retiró un indicador"),
    "targets_proposed": _("Se propusieron metas de indicadores"),
    "targets_approved": _("Se aprobaron metas de indicadores"),
    "targets_refused": _("No se aprobaron metas de indicadores"),
}.items():
    FACTS.add(f"indicators.{verb}", Told(f"indicators.{verb}", words, _named))
FACTS.add("indicators.computed", Told("indicators.computed", _("Se calcularon indicadores"), _computed))
FACTS.add("indicators.people_told", Told("indicators.people_told", _("Se dijo cuántas personas hubo"), _told))
