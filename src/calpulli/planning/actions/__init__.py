"""The only writes of planning."""

from .editions import capture_edition, open_erratum, open_period, return_edition, seal_edition, submit_edition, withdraw_edition
from .imports import import_plan, import_record
from .publication import publish_edition

__all__ = [
    "capture_edition",
    "import_plan",
    "import_record",
    "open_erratum",
    "open_period",
    "publish_edition",
    "return_edition",
    "seal_edition",
    "submit_edition",
    "withdraw_edition",
]
