"""The files of the annual programme: its tables, declared once, and what is read from them."""
