"""The names of what may be followed."""

RECORDS = "planning.records"
LINE = "planning.line"
