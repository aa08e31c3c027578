"""Indicators: a closed language for formulas, computed exactly (docs/spec/formulas.md)."""
