"""Reads of people."""

from .accounts import area_holding, area_of, exists, find, name_of
from .holdings import (
    AccountView,
    Holding,
    account_view,
    area_options,
    attended_districts,
    post_options,
    resident,
    residents_of,
    role_options,
    staff_account,
    staff_accounts,
)
from .organisation import AreaView, PostView, area_view, areas_by_kind, find_area, search_areas

__all__ = [
    "AccountView",
    "AreaView",
    "Holding",
    "PostView",
    "account_view",
    "area_holding",
    "area_of",
    "area_options",
    "area_view",
    "areas_by_kind",
    "attended_districts",
    "exists",
    "find",
    "find_area",
    "name_of",
    "post_options",
    "resident",
    "residents_of",
    "role_options",
    "search_areas",
    "staff_account",
    "staff_accounts",
]
