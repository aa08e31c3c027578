"""The append-only, hash-linked record of every act, and the keys that sign what is published."""
