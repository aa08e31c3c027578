"""Commands of norms."""
