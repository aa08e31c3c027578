"""Reads of people."""

from .accounts import area_holding, area_of, exists, find, name_of, with_identity
from .asking import Way, way_to_ask, ways_to_ask
from .contacts import Contact, address_of, contacts
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
from .organisation import (
    AreaView,
    PostView,
    area_view,
    areas_by_kind,
    find_area,
    find_named,
    post_titles,
    posts_without_holder,
    search_areas,
)
from .personal import KeptTable, acts_of, export_of, kept_of

__all__ = [
    "AccountView",
    "AreaView",
    "Contact",
    "Holding",
    "KeptTable",
    "PostView",
    "Way",
    "account_view",
    "acts_of",
    "address_of",
    "area_holding",
    "area_of",
    "area_options",
    "area_view",
    "areas_by_kind",
    "attended_districts",
    "contacts",
    "exists",
    "export_of",
    "find",
    "find_area",
    "find_named",
    "kept_of",
    "name_of",
    "post_options",
    "post_titles",
    "posts_without_holder",
    "resident",
    "residents_of",
    "role_options",
    "search_areas",
    "staff_account",
    "staff_accounts",
    "way_to_ask",
    "ways_to_ask",
    "with_identity",
]
