"""What is done after the commit, in a process of its own."""
