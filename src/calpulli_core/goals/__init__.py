"""What the months of an activity come to, in a quarter or in a year (docs/spec/bundle.md, section 10)."""

from .coming import come_to

__all__ = ["come_to"]
