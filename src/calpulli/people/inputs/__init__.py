"""The shapes in which people reach this package."""

from .accounts import Appoint, EndAppointment, GrantRole, RegisterAccount, RevokeRole, SetPassword
from .organisation import AreaEntry, ImportOrganisation, OrganisationErrors, PostEntry, parse_organisation
from .signing import SignInForm

__all__ = [
    "Appoint",
    "AreaEntry",
    "EndAppointment",
    "GrantRole",
    "ImportOrganisation",
    "OrganisationErrors",
    "PostEntry",
    "RegisterAccount",
    "RevokeRole",
    "SetPassword",
    "SignInForm",
    "parse_organisation",
]
