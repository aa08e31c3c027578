"""Reads of people."""

from .accounts import area_holding, area_of, exists, find, name_of
from .organisation import AreaView, PostView, area_view, areas_by_kind, find_area, search_areas

__all__ = [
    "AreaView",
    "PostView",
    "area_holding",
    "area_of",
    "area_view",
    "areas_by_kind",
    "exists",
    "find",
    "find_area",
    "name_of",
    "search_areas",
]
