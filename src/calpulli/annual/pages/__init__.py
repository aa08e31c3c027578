"""The pages of the annual programme: shells without rules."""
