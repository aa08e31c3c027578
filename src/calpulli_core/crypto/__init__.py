"""Cryptography that a citizen can check, in plain Python: only what needs no secret."""
