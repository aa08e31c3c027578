"""Norms: see README.md."""
