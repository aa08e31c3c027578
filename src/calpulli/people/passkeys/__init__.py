"""Passkeys (WebAuthn): those that are kept, for everybody; `asking`, what a browser is asked, for the pages that ask it.

They are apart because the library behind `asking` is slow to begin, and every command would wait for it.
"""

from .kept import begin_count, of_account

__all__ = ["begin_count", "of_account"]
