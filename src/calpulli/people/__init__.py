"""Who acts: accounts, the area that they answer for, and what each may do."""
