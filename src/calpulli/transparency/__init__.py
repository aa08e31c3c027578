"""Transparency: see README.md."""
