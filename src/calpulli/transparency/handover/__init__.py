"""Handing everything over: what is public and what the institute owns, in open formats, for whoever continues without us."""

from .taking import Handed, HandoverRefused, hand_over

__all__ = ["Handed", "HandoverRefused", "hand_over"]
