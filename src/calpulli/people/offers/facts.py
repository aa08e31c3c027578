"""The facts of people in words; none says about whom."""

from django.utils.translation import gettext_lazy as _

from calpulli.commons.registries.facts import tell

tell(
    "people",
    _("Cuentas"),
    {
        "account_registered": _("Se registró una cuenta"),
        "account_appointed": _("Se ocupó un puesto"),
        "account_deactivated": _("Se desactivó una cuenta"),
        "account_reactivated": _("Se reactivó una cuenta"),
        "account_erased": _("Se borraron los datos de una cuenta"),
        "appointment_ended": _("Terminó un nombramiento"),
        "contact_changed": _("Una persona cambió su correo"),
        "identity_linked": _("Se ligó una identidad externa"),
        "identity_unlinked": _("Se quitó una identidad externa"),
        "one_time_key_set": _("Se activó una aplicación de códigos"),
        "one_time_key_removed": _("Se quitó una aplicación de códigos"),
        "organisation_imported": _("Se cargó la organización"),
        "passkey_registered": _("Se registró una llave de acceso"),
        "passkey_removed": _("Se quitó una llave de acceso"),
        "password_changed": _("Una persona cambió su contraseña"),
        "password_renewed": _("Se dio otra contraseña"),
        "password_set": _("Se cambió una contraseña"),
        "recovery_codes_made": _("Se hicieron códigos de recuperación"),
        "recovery_code_used": _("Se usó un código de recuperación"),
        "resident_registered": _("Se registró a una persona residente"),
        "resident_corrected": _("Se corrigieron los datos de una persona residente"),
        "role_granted": _("Se dio una función"),
        "role_revoked": _("Se retiró una función"),
        "second_factor_withdrawn": _("Se restableció un segundo factor"),
    },
)
