"""The shapes in which people reach this package."""

from .accounts import Appoint, EndAppointment, GrantRole, RegisterAccount, RevokeRole, SetPassword
from .credentials import CodeForm, OwnFactor, PaperCodeForm, PasswordForm, ResetFactors, SetOneTimeKey, UsePaperCode
from .organisation import AreaEntry, ImportOrganisation, OrganisationErrors, PostEntry, parse_organisation
from .signing import SignInForm

__all__ = [
    "Appoint",
    "AreaEntry",
    "CodeForm",
    "EndAppointment",
    "GrantRole",
    "ImportOrganisation",
    "OrganisationErrors",
    "OwnFactor",
    "PaperCodeForm",
    "PasswordForm",
    "PostEntry",
    "RegisterAccount",
    "ResetFactors",
    "RevokeRole",
    "SetOneTimeKey",
    "SetPassword",
    "SignInForm",
    "UsePaperCode",
    "parse_organisation",
]
