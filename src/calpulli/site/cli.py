"""The command `calpulli`: a few commands of its own, and all of Django's.

Every command finds the database running, migrated and guarded. What these commands say on the way goes to standard
error, so that standard output carries the answer alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from calpulli.site import serving, working
from calpulli.site.cluster import ClusterError
from calpulli.site.cluster import remove as remove_cluster
from calpulli.site.cluster import status as cluster_status
from calpulli.site.cluster import stop as stop_cluster
from calpulli.site.places import SOURCES, SetUpError, state_folder
from calpulli.site.preparation import attach, prepare

EXIT_REFUSED = 2
# These never touch the database.
WITHOUT_DATABASE = frozenset(
    {"check", "collectstatic", "compilemessages", "diffsettings", "makemessages", "startapp", "text", "version", "--version"}
)
# These change, describe or copy tables, so they run as the owner, on a database that need not be ready: a copy made before a
# new version migrates must not migrate.
AS_OWNER = frozenset(
    {"backup", "restore"}
    | {"flush", "guard_database", "inspectdb", "lintmigrations", "makemigrations", "migrate", "optimizemigration"}
    | {"showmigrations", "sqlflush", "sqlmigrate", "squashmigrations", "test"}
)

HELP = """\
Uso: calpulli ORDEN [opciones]

Órdenes propias:
  demo       prepara todo, siembra la demostración y sirve el sitio en segundo plano
  serve      sirve el sitio en primer plano (--processes N: con varios procesos)
  stop       detiene el sitio y la base de datos incluida
  database   dice si la base de datos incluida está en marcha y cómo entrar en ella
  erase      detiene todo y borra los datos de la base de datos incluida, sin vuelta atrás
  help       muestra esta ayuda

Órdenes del programa (calpulli ORDEN --help explica cada una):
{orders}

Lo demás se pasa a las órdenes de Django (migrate, shell…).

Variables que se respetan:
  PORT                puerto del sitio (8000)
  CALPULLI_PROCESSES  procesos que sirven (1)
  CALPULLI_HOST       dirección en la que escucha (127.0.0.1)
  DATABASE_URL        base de datos propia, como postgresql://cuenta:clave@servidor/base; sin ella se usa la incluida
  DATABASE_OWNER_URL  la misma base con la cuenta dueña de las tablas (si falta, DATABASE_URL)
  CALPULLI_STATE      carpeta de los datos (.calpulli)
  CALPULLI_PREPARE    «no» evita migrar antes de cada orden
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 2 when it could not begin, with the reason in Spanish."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calpulli.site.settings")
    # Processes that this one starts work in another folder: what was said from here is meant from here.
    os.environ["CALPULLI_STATE"] = str(state_folder())
    try:
        return _run(words)
    except (ClusterError, SetUpError) as error:
        print(f"calpulli: {error}", file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has closed it, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _run(words: list[str]) -> int:
    if not words or words[0] in ("help", "--help", "-h"):
        print(HELP.format(orders=_orders()), end="")
        return 0
    own = OWN.get(words[0])
    if own is None or words[:2] == ["demo", "code"]:
        return _django(words)
    if words[0] == "serve" and words[1:2] == ["--processes"] and len(words) == 3:
        os.environ["CALPULLI_PROCESSES"], words = words[2], words[:1]
    if words[1:]:
        raise SetUpError(f"«{words[0]}» no lleva opciones y recibió {' '.join(words[1:])}. Vea calpulli help.")
    own()
    return 0


def _django(words: list[str]) -> int:
    asks_for_help = any(word in ("--help", "-h") for word in words)
    if not asks_for_help and words[0] not in WITHOUT_DATABASE:
        attach()
        if words[0] in AS_OWNER:
            os.environ.setdefault("CALPULLI_DATABASE_ROLE", "owner")
        else:
            prepare()
    from django.core.management import execute_from_command_line  # the commands above must not wait for Django

    execute_from_command_line(["calpulli", *words])
    return 0


def _serve() -> None:
    host, port = serving.chosen_place()
    serving.chosen_processes()
    already = serving.running_site()
    if already is not None:
        raise SetUpError(f"El sitio ya está en marcha en {already.address} (proceso {already.pid}). Deténgalo con «make stop».")
    _make_room(host, port)
    attach()
    prepare()
    serving.serve_here(host, port)


def _demo() -> None:
    host, port = serving.chosen_place()
    already = serving.running_site()
    if already is None:
        _make_room(host, port)
    _say("Base de datos…")
    attach()
    prepare()
    _say("Demostración…")
    _seed()
    site = _served(already, host, port)
    working.work_behind()
    print(_invitation(site))


def _make_room(host: str, port: int) -> None:
    """Stop our site, or what is left of one that was killed, and see that the port is free."""
    left = serving.stop_site()
    # The system closes the sockets of a process a moment after the process has gone from its list.
    serving.require_free(host, port, patience_s=5.0 if left else 0.0)


def _served(already: serving.Site | None, host: str, port: int) -> serving.Site:
    """The site in the background: the one that runs, unless its place or what it runs is no longer what is wanted."""
    if already is not None and (already.host, already.port, already.mark) == (host, port, serving.wanted_mark()):
        _say("El sitio ya estaba en marcha.")
        return already
    if already is not None:
        _say("El sitio en marcha es de otro momento: se reinicia…")
        _make_room(host, port)
    _say("Servidor…")
    return serving.serve_behind(host, port)


def _seed() -> None:
    """Sow the demonstration in a process of its own, so that the server does not inherit what it loaded."""
    answer = subprocess.run([sys.executable, "-P", "-m", "calpulli.site.cli", "seed_demo"], stdout=sys.stderr, check=False)
    if answer.returncode != 0:
        raise SetUpError("No se pudo sembrar la demostración; arriba está lo que dijo. La base de datos sigue en marcha.")


def _invitation(site: serving.Site) -> str:
    told = state_folder() / "demo.txt"
    tries = told.read_text().strip() + "\n\n" if told.exists() else ""
    return f"\nCalpulli está en {site.address}\n\n{tries}Para detenerlo: make stop"


def _stop() -> None:
    working.stop_work()
    site = serving.stop_site()
    database = stop_cluster(state_folder())
    print("Sitio detenido." if site else "El sitio no estaba en marcha.")
    print("Base de datos detenida." if database else "La base de datos incluida no estaba en marcha.")


def _database() -> None:
    cluster = cluster_status(state_folder())
    if cluster is None:
        print("La base de datos incluida no está en marcha.")
        return
    print(f"en marcha (proceso {cluster.pid})\nsitio: {cluster.site_url}\ndueña: {cluster.owner_url}")


def _erase() -> None:
    """Delete the state folder, if it is one of ours."""
    state = state_folder()
    if not (state / "cluster.lock").exists():
        print(f"{state} no tiene datos de Calpulli: no se borró nada.")
        return
    working.stop_work()
    serving.stop_site()
    remove_cluster(state)
    shutil.rmtree(state)
    print(f"Se borró {state}.")


def _orders() -> str:
    """The commands of our packages, by name, without loading Django."""
    files = SOURCES.glob("calpulli/*/management/commands/[a-z]*.py")
    return "\n".join(f"  {name}" for name in sorted(path.stem for path in files)) or "  (ninguna)"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


OWN: dict[str, Callable[[], None]] = {
    "demo": _demo,
    "serve": _serve,
    "stop": _stop,
    "database": _database,
    "erase": _erase,
}

if __name__ == "__main__":
    sys.exit(main())
