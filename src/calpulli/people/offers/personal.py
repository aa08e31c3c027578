"""What this package keeps of people."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.personal import Kept, PersonalData, declare, nothing_more

from .. import calendars, mailed, sessions
from ..models import (
    Account,
    Appointment,
    CalendarAddress,
    Grant,
    LinkedIdentity,
    MailedCode,
    OneTimeKey,
    OpenSession,
    Passkey,
    PasskeyUse,
    RecoveryCode,
    SpentCode,
)

SERVE = _("Prestar el servicio que la persona pide: atribuciones del instituto")
ANSWER = _("Saber quién responde de cada acto de una autoridad")
SAFETY = _("Deber de proteger los datos personales")
WHILE_OPEN = _("Mientras exista la cuenta")
WHILE_FOLLOWED = _("Hasta que usted la cambie o la quite")
ALWAYS = _("Se conserva: es la constancia de quién podía hacer qué")

declare(
    PersonalData(
        Account,
        _("Cuenta"),
        {
            "username": Kept(_("Usuario o folio"), _("Entrar al sitio"), SERVE, WHILE_OPEN),
            "display_name": Kept(_("Nombre"), _("Saber quién hizo cada cosa, entre quienes trabajan aquí"), ANSWER, WHILE_OPEN),
            "email": Kept(_("Correo"), _("Enviar los avisos que la persona pidió"), SERVE, WHILE_OPEN),
            "district_id": Kept(_("Distrito en que vive"), _("Darle los servicios de su distrito"), SERVE, WHILE_OPEN),
            "area": Kept(_("Área en que trabaja"), _("Que cada acto diga de qué área es"), ANSWER, ALWAYS),
            "inactive_because": Kept(
                _("Motivo de la desactivación"), _("Dar cuenta de por qué no puede entrar"), ANSWER, WHILE_OPEN
            ),
            "password": Kept(_("Contraseña, cifrada sin vuelta"), _("Comprobar que es usted"), SAFETY, WHILE_OPEN),
            "password_is_temporary": Kept(
                _("Si alguien más conoce su contraseña"), _("Pedirle que la cambie"), SAFETY, WHILE_OPEN
            ),
            "must_enrol": Kept(_("Si le quitaron su segundo factor"), _("Pedirle que active otro"), SAFETY, WHILE_OPEN),
        },
        lambda person: Account.objects.filter(pk=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        Appointment,
        _("Puestos"),
        {
            "post_id": Kept(_("Puesto"), _("Que los puestos respondan en público"), ANSWER, ALWAYS),
            "since": Kept(_("Desde"), _("Saber quién respondía en cada fecha"), ANSWER, ALWAYS),
            "until": Kept(_("Hasta"), _("Saber quién respondía en cada fecha"), ANSWER, ALWAYS),
        },
        lambda person: Appointment.objects.filter(account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        Grant,
        _("Funciones"),
        {
            "role": Kept(_("Función"), _("Decir qué puede hacer cada cuenta"), ANSWER, ALWAYS),
            "area_id": Kept(_("Área"), _("Decir dónde"), ANSWER, ALWAYS),
            "since": Kept(_("Desde"), _("Saber quién podía en cada fecha"), ANSWER, ALWAYS),
            "until": Kept(_("Hasta"), _("Saber quién podía en cada fecha"), ANSWER, ALWAYS),
        },
        lambda person: Grant.objects.filter(account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        OneTimeKey,
        _("Aplicación de códigos"),
        {"sealed_secret": Kept(_("Llave de la aplicación, cifrada"), _("Segundo factor al entrar"), SAFETY, WHILE_OPEN)},
        lambda person: OneTimeKey.objects.filter(account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        RecoveryCode,
        _("Códigos de recuperación"),
        {"code_hash": Kept(_("Huella de cada código"), _("Entrar sin la aplicación de códigos"), SAFETY, WHILE_OPEN)},
        lambda person: RecoveryCode.objects.filter(account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        SpentCode,
        _("Códigos ya usados"),
        {"step": Kept(_("Momento del código"), _("Que un código no sirva dos veces"), SAFETY, _("Minutos"))},
        lambda person: SpentCode.objects.filter(account_id=person.account),
        sessions.forget_codes_of,
    )
)
declare(
    PersonalData(
        OpenSession,
        _("Sesiones abiertas"),
        {
            "account_id": Kept(
                _("De qué cuenta"), _("Que usted vea y cierre sus sesiones"), SAFETY, _("Mientras dura la sesión")
            ),
            "device": Kept(_("Navegador y sistema"), _("Que usted reconozca sus sesiones"), SAFETY, _("Mientras dura la sesión")),
        },
        lambda person: OpenSession.objects.filter(account_id=person.account),
        sessions.close_all_of,
    )
)
declare(
    PersonalData(
        CalendarAddress,
        _("Dirección privada de su calendario"),
        {
            "account_id": Kept(_("De qué cuenta"), _("Dar sus plazos a quien tiene la dirección"), SERVE, WHILE_FOLLOWED),
            "handle": Kept(_("Parte secreta de la dirección"), _("Que nadie más la adivine"), SAFETY, WHILE_FOLLOWED),
        },
        lambda person: CalendarAddress.objects.filter(account_id=person.account),
        lambda person: calendars.withdraw(UUID(person.account)),
    )
)
declare(
    PersonalData(
        Passkey,
        _("Llaves de acceso"),
        {
            "credential": Kept(_("Nombre de la llave entre dispositivos"), _("Pedirla al entrar"), SAFETY, WHILE_OPEN),
            "name": Kept(_("Nombre que usted le puso"), _("Que usted reconozca sus llaves"), SERVE, WHILE_OPEN),
        },
        lambda person: Passkey.objects.filter(account_id=person.account),
        nothing_more,
    )
)
# It hangs on the key, and goes with it.
declare(
    PersonalData(
        PasskeyUse,
        _("Uso de las llaves de acceso"),
        {
            "count": Kept(_("Cuántas veces dice la llave que se usó"), _("Notar si alguien la copió"), SAFETY, WHILE_OPEN),
            "at": Kept(_("Última vez"), _("Notar si alguien la copió"), SAFETY, WHILE_OPEN),
        },
        lambda person: PasskeyUse.objects.filter(passkey__account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        LinkedIdentity,
        _("Identidad externa"),
        {"subject": Kept(_("Cómo la conoce el proveedor"), _("Reconocerla cuando entra con él"), SERVE, WHILE_OPEN)},
        lambda person: LinkedIdentity.objects.filter(account_id=person.account),
        nothing_more,
    )
)
declare(
    PersonalData(
        MailedCode,
        _("Códigos pedidos por correo"),
        {
            "address": Kept(_("Correo al que se pidió"), _("Enviar el código"), SERVE, _("Minutos")),
            "account_id": Kept(_("De qué cuenta es, si es de alguna"), _("Entrar con el código"), SERVE, _("Minutos")),
        },
        mailed.of_person,
        mailed.forget_of,
    )
)
