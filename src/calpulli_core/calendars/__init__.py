"""Periods, terms and their printable proofs. Nothing here reads a clock: "today" is always an argument."""
