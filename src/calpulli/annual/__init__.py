"""Annual: see README.md."""
