"""Pages of transparency: open data, search, what is not known."""
