"""`calpulli seed_demo`: the demonstration's content, through the same acts that people use. Running it again adds nothing."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from calpulli.annual.seeds import is_told, seed_annual
from calpulli.budget.seeds import seed_budget
from calpulli.commons import clock, institutes
from calpulli.indicators.seeds import seed_computations, seed_indicators
from calpulli.ledger import doors as ledger
from calpulli.norms.seeds import seed_norms
from calpulli.people.seeds import seed_accounts, seed_contacts, seed_organisation
from calpulli.planning.seeds import beginning, seed_past, seed_periods, seed_plans, told_on
from calpulli.transparency.seeds import seed_editions, seed_search


class Command(BaseCommand):
    """Seeds the demo."""

    help = "Siembra la demostración: llave, cuentas, planes y periodos inventados."

    def handle(self, *args: Any, **options: Any) -> None:
        """Key, accounts, plans, periods, editions of the data sets, the search; with the note of what to try."""
        if not institutes.current().demonstration:
            raise CommandError("La siembra es solo para un instituto de demostración (INSTITUTE=demo).", returncode=2)
        with beginning() if not ledger.signing_keys() else nullcontext():
            if not ledger.signing_keys():
                ledger.register_key(at=clock.now(), by="sistema:siembra")
            seed_norms()
            seed_organisation()
            passwords = seed_accounts()
            seed_plans()
        if passwords:
            _note(passwords)
        fresh = not is_told()
        if fresh:
            seed_annual(until=told_on())
            seed_budget(until=told_on())
            seed_indicators(until=told_on())
        seed_past()
        if fresh:
            seed_annual(since=told_on())
            seed_computations(since=told_on())
        seed_periods()
        seed_budget(since=told_on() if fresh else dt.date.min)
        seed_editions()
        seed_search()
        if passwords:
            seed_contacts()


def _note(passwords: dict[str, str]) -> None:
    """Keeps the passwords of the demo accounts where only the operator reads them."""
    lines = ["Cuentas de demostración (personas inventadas):"]
    lines += [f"  usuario {username:<14} contraseña {passwords[username]}" for username in passwords]
    lines += [
        "Al entrar se pide también un código; lo da esta orden, con el usuario que sea:  .venv/bin/calpulli demo code area",
        "Pruebe: entre como «area» y envíe a revisión el trimestre abierto; entre como «revision», séllelo y publíquelo;",
        "descargue el paquete en su página pública y suéltelo en /verificador.",
        "El correo que se habría mandado se lee en /demo/correo, desde esta misma máquina.",
    ]
    file = Path(settings.STATE) / "demo.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as note:
        note.write("\n".join(lines) + "\n")
