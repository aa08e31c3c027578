"""Who may adopt norms: whoever keeps the installation, by its command."""

from __future__ import annotations

from calpulli.commons.act import Actor


def adopt_norms(actor: Actor, /) -> bool:
    """The system's own commands; no account."""
    return actor.account is None and "system" in actor.roles
