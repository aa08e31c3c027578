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
from .credentials import (
    AddressForm,
    CodeForm,
    LinkIdentity,
    OwnFactor,
    PaperCodeForm,
    PasskeyForm,
    PasswordForm,
    RegisterPasskey,
    RemovePasskey,
    ResetFactors,
    SetOneTimeKey,
    UsePaperCode,
)
from .erasure import EraseAccount
from .organisation import AreaEntry, ImportOrganisation, OrganisationErrors, PostEntry, parse_organisation
from .passphrases import made_folio, made_password
from .residents import CorrectResident, RegisterResident, RenewPassword
from .signing import SignInForm

__all__ = [
    "AddressForm",
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
    "LinkIdentity",
    "OrganisationErrors",
    "OwnFactor",
    "PaperCodeForm",
    "PasskeyForm",
    "PasswordForm",
    "PostEntry",
    "ReactivateAccount",
    "RegisterAccount",
    "RegisterPasskey",
    "RegisterResident",
    "RemovePasskey",
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
