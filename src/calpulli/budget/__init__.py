"""Budget: see README.md."""
