"""Dated legal parameters: every number that a norm sets carries its article, its source and its validity."""
