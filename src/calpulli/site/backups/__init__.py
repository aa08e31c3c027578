"""Backup and restore: the database as of one instant, the kept files, and a manifest with the hash of each and the heads.

`take` writes a backup folder whole or not at all; `put_back` checks all of it before it writes anything. Private keys and the
key of sessions are in no backup: who has database and keys together could make another history.
"""

from calpulli.site.backups.errors import BackupRefused
from calpulli.site.backups.manifest import Manifest, manifest_digest
from calpulli.site.backups.restoring import put_back
from calpulli.site.backups.taking import take

__all__ = ["BackupRefused", "Manifest", "manifest_digest", "put_back", "take"]
