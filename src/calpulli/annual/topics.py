"""The names of what may be followed."""

YEAR = "annual.year"
ACTIVITY = "annual.activity"
