"""Makes the database ready before a command needs it: migrated and guarded; and the static files collected.

Done in a process of its own, as the owner of the database; skipped while a stamp beside the data says that nothing of
what decides it has changed and that the database is still the same one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from calpulli.site.cluster import alone, start
from calpulli.site.digests import shape_digest
from calpulli.site.places import ROOT, SetUpError, state_folder

STAMP = "prepared.json"
# A database is told apart from another by its server and by itself.
IDENTITY = (
    "SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || oid::text "
    "FROM pg_database WHERE datname = current_database()"
)


def attach() -> None:
    """Set DATABASE_URL and DATABASE_OWNER_URL, starting the embedded database when DATABASE_URL is not given.

    A DATABASE_URL of one's own serves as owner too, unless DATABASE_OWNER_URL says otherwise. Raises `ClusterError`.
    """
    if os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        return
    cluster = start(state_folder())
    os.environ["DATABASE_URL"] = cluster.site_url
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url


def prepare() -> bool:
    """Bring the database and the static files up to date; False when they were. Needs `attach` before.

    With CALPULLI_PREPARE=no nothing is done: whoever operates the site migrates it. Raises `SetUpError`.
    """
    if os.environ.get("CALPULLI_PREPARE") == "no":
        return False
    state = state_folder()
    if _stamp(state) == _wanted():
        return False
    with alone(state / "prepare.lock", wait_s=600):
        wanted = _wanted()
        if _stamp(state) == wanted:
            return False
        print("Preparando la base de datos…", file=sys.stderr, flush=True)
        _work()
        started = state / f"{STAMP}.new"
        started.write_text(json.dumps(wanted))
        started.replace(state / STAMP)
    return True


def _wanted() -> dict[str, str]:
    return {"shape": shape_digest(), "database": _identity(os.environ["DATABASE_OWNER_URL"])}


def _stamp(state: Path) -> object:
    try:
        return json.loads((state / STAMP).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _identity(url: str) -> str:
    import psycopg  # most commands that need no database must not wait for it

    try:
        with psycopg.connect(url, connect_timeout=20) as connection:
            row = connection.execute(IDENTITY.encode()).fetchone()
    except psycopg.Error as error:
        raise SetUpError(
            f"No se pudo entrar a la base de datos que indica DATABASE_URL o DATABASE_OWNER_URL: {str(error).strip()}. "
            "Corrija esa dirección, o quítela para usar la base de datos incluida."
        ) from error
    return str(row[0]) if row else ""


def _work() -> None:
    environment = os.environ | {"CALPULLI_DATABASE_ROLE": "owner"}
    answer = subprocess.run(
        [sys.executable, "-P", "-m", "calpulli.site.preparation"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise SetUpError(
            "No se pudo preparar la base de datos (migraciones, permisos y archivos estáticos); sigue como estaba antes del "
            f"paso que falló. Esto fue lo último que dijo:\n{_last_lines(answer.stdout)}"
        )
    print(answer.stdout, end="", file=sys.stderr)


def _last_lines(text: str, count: int = 15) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-count:])


def _main() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("guard_database")
    if settings.STATIC_ROOT is not None:
        call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calpulli.site.settings")
    _main()
