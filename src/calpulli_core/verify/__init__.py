"""Checks a published bundle with nothing but the standard library (docs/spec/bundle.md, section 8)."""

from calpulli_core.verify.checking import check, check_files
from calpulli_core.verify.report import Fault, Report

__all__ = ["Fault", "Report", "check", "check_files"]
