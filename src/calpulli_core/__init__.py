"""Arithmetic that a citizen can check: no framework, no database, no ambient clock, no network."""
