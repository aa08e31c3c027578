"""The shell: settings, addresses, the command line and the database that it brings along."""
