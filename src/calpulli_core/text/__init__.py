"""Spanish text: folding and order, syllables, readability by the INFLESZ scale, and hints for whoever writes."""
