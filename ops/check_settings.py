"""The site's settings with the linter of migrations added, for `make check` alone."""

from calpulli.site.settings import *  # noqa: F403
from calpulli.site.settings import INSTALLED_APPS, ROOT

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "project_root_path": str(ROOT),
    # Of libraries, run on empty tables when the site took them in; one has another name as an application.
    "exclude_apps": [name.rpartition(".")[2] for name in INSTALLED_APPS if not name.startswith("calpulli.")]
    + ["django_tasks_database"],
    "no_cache": True,
}
