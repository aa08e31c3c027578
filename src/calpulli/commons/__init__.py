"""What every package of the institute shares. A closed list: see README.md."""
