"""Indicators: see README.md."""
