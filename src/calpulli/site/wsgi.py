"""The WSGI application that the server runs."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calpulli.site.settings")
application = get_wsgi_application()

# A server that began would answer every page with an error: it says why instead, once.
from calpulli.commons.institutes import LookError, current_look  # noqa: E402 - reads settings, which exist from here on

try:
    current_look()
except LookError as error:
    sys.exit(f"calpulli: {error}")
