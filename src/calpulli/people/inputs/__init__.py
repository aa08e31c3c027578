"""The shapes in which people reach this package."""

from .accounts import (
    Appoint,
    ChangePassword,
    DeactivateAccount,
    EndAppointment,
    GrantRole,
    ReactivateAccount,
    RegisterAccount,
    RevokeRole,
    SetPassword,
)
from .contact import ChangeContact
from .credentials import CodeForm, OwnFactor, PaperCodeForm, PasswordForm, ResetFactors, SetOneTimeKey, UsePaperCode
from .erasure import EraseAccount
from .organisation import AreaEntry, ImportOrganisation, OrganisationErrors, PostEntry, parse_organisation
from .passphrases import made_folio, made_password
from .residents import CorrectResident, RegisterResident, RenewPassword
from .signing import SignInForm

__all__ = [
    "Appoint",
    "AreaEntry",
    "ChangeContact",
    "ChangePassword",
    "CodeForm",
    "CorrectResident",
    "DeactivateAccount",
    "EndAppointment",
    "EraseAccount",
    "GrantRole",
    "ImportOrganisation",
    "OrganisationErrors",
    "OwnFactor",
    "PaperCodeForm",
    "PasswordForm",
    "PostEntry",
    "ReactivateAccount",
    "RegisterAccount",
    "RegisterResident",
    "RenewPassword",
    "ResetFactors",
    "RevokeRole",
    "SetOneTimeKey",
    "SetPassword",
    "SignInForm",
    "UsePaperCode",
    "made_folio",
    "made_password",
    "parse_organisation",
]
