"""Public pages of the open data."""
