"""Privacy: which counts of people may be told, so that no small one follows from the others."""
