"""`python -m calpulli_core.verify BUNDLE [--key K] [--after OLD] [--json]`."""

import sys

from calpulli_core.verify.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
