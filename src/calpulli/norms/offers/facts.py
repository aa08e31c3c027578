"""The facts of norms in words, and of whose each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.facts import About, tell


def _about(details: Mapping[str, Any]) -> About:
    label = gettext("Versión %(number)s de las normas") % {"number": details["number"]}
    return About(label, f"{reverse('norms')}#{details['institute']}", note=details["institute"])


tell("norms", _("Normas"), {"adopted": _("Se adoptaron normas")}, _about)
