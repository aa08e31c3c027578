"""People's part of the desk: the ways to accounts and residents, and what an act on them says to whoever did it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from calpulli.commons.act import Actor
from calpulli.commons.registries.desk import SOURCES, Deed, DueDate, Panel, Shortcut, Source, Task

from .. import policies

DEEDS = {
    "people.account_registered": gettext_noop("Registró una cuenta"),
    "people.account_appointed": gettext_noop("Nombró a alguien en un puesto"),
    "people.appointment_ended": gettext_noop("Puso término a un nombramiento"),
    "people.role_granted": gettext_noop("Dio una función"),
    "people.role_revoked": gettext_noop("Retiró una función"),
    "people.account_deactivated": gettext_noop("Desactivó una cuenta"),
    "people.account_reactivated": gettext_noop("Reactivó una cuenta"),
    "people.contact_changed": gettext_noop("Cambió su correo o sus avisos"),
    "people.second_factor_withdrawn": gettext_noop("Restableció el segundo factor de una cuenta"),
    "people.password_changed": gettext_noop("Cambió su contraseña"),
    "people.account_erased": gettext_noop("Borró los datos de una cuenta"),
    "people.password_set": gettext_noop("Cambió una contraseña"),
    "people.identity_linked": gettext_noop("Ligó una identidad externa con la que entra"),
    "people.identity_unlinked": gettext_noop("Quitó una identidad externa con la que entraba"),
    "people.one_time_key_set": gettext_noop("Activó una aplicación de códigos"),
    "people.one_time_key_removed": gettext_noop("Quitó una aplicación de códigos"),
    "people.passkey_registered": gettext_noop("Registró una llave de acceso"),
    "people.passkey_removed": gettext_noop("Quitó una llave de acceso"),
    "people.recovery_codes_made": gettext_noop("Hizo códigos de recuperación"),
    "people.recovery_code_used": gettext_noop("Usó un código de recuperación"),
    "people.organisation_imported": gettext_noop("Cargó la organización"),
    "people.resident_registered": gettext_noop("Registró a una persona residente"),
    "people.resident_corrected": gettext_noop("Corrigió los datos de una persona residente"),
    "people.password_renewed": gettext_noop("Dio otra contraseña a una persona residente"),
}


def _panels(actor: Actor, /) -> Iterable[Panel]:
    if policies.administer_accounts(actor):
        links = (Shortcut(_("Ver las cuentas"), reverse("accounts")), Shortcut(_("Registrar una cuenta"), reverse("new_account")))
        yield Panel(_("Cuentas"), _("Quién trabaja aquí y qué puede hacer."), links)
    if policies.attend_residents(actor):
        register = Shortcut(_("Registrar a una persona"), reverse("new_resident"))
        links = (Shortcut(_("Ver a las personas de su distrito"), reverse("residents")), register)
        yield Panel(_("Residentes"), _("Las personas que acuden a su oficina."), links)


def _deed(name: str, details: Mapping[str, Any]) -> Deed | None:
    return Deed(_(DEEDS[name])) if name in DEEDS else None


def _no_tasks(actor: Actor, /) -> Iterable[Task]:
    return ()


def _no_load() -> Iterable[Task]:
    return ()


def _no_dates(actor: Actor, since: dt.date, /) -> Iterable[DueDate]:
    return ()


SOURCES.add("people", Source(tasks=_no_tasks, load=_no_load, coming=_no_dates, deed=_deed, panels=_panels))
