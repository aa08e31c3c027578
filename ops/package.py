"""Creates a package of the institute on its floor: `make package name=territory over=people`.

The package has the rooms that every package needs at its start, is an application of the site, and stands behind its own
contracts; `make check` passes as it is. Everything that is wrong is said at once, and nothing is left half done.
"""

import keyword
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = ROOT / ".importlinter"
SETTINGS = ROOT / "src" / "calpulli" / "site" / "settings.py"
USAGE = "Uso: make package name=NOMBRE [over=PAQUETE], por ejemplo: make package name=territory over=people"
FLOOR_BY_DEFAULT = "people"
# One word: it is also the first part of the names of its acts, and a label among Django's.
NAME = re.compile(r"[a-z]{3,20}")
EMPTY_NAMES = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "tools", "util", "utils"}
FLOORS = re.compile(r"(\[importlinter:contract:floors\]\n(?:.+\n)*layers =\n)((?: .+\n)+)")
# New contracts go before the ones that look at the whole house.
WHOLE_HOUSE = "[importlinter:contract:cycles]"

README = """\
# {name}

**Mission.** In one sentence, what the institute does here.

**Nouns.** The words of this package and what each one means; those of the law also in GLOSARIO.md, with their article.

**Doors.** None yet: a door is opened when another package has to call it.

**Never.** A write that is not an act; a field without its class of privacy; an address without its policy.
"""

APPS = '''\
"""Django's registration of the package."""

from django.apps import AppConfig


class Config(AppConfig):
    """The package `{name}` as a Django application."""

    name = "calpulli.{name}"
    label = "{name}"
    default_auto_field = "django.db.models.BigAutoField"
'''

TEST = '''\
"""The package stands in the house."""

from django.apps import apps


def test_it_is_an_application_of_the_site() -> None:
    assert apps.get_app_config("{name}").name == "calpulli.{name}"
'''

# The usual order of rooms; a room in brackets need not be there.
ROOMS = """\
[importlinter:contract:rooms_{name}]
name = Rooms of {name}
type = layers
containers =
    calpulli.{name}
exhaustive = True
layers =
    (urls)
    (api) | (jobs) | (management) | (pages)
    (seeds)
    (doors) | (offers)
    (actions)
    (policies) | (queries) | (inputs)
    (migrations)
    (models)
    apps

[importlinter:contract:doors_{name}]
name = Others enter {name} by its doors
type = protected
protected_modules =
    calpulli.{name}.apps
allowed_importers =
    calpulli.{name}

"""

NEXT = """\
Paquete «{name}» creado en src/calpulli/{name}, en el piso de arriba de «{over}», con su prueba en tests/{name}.
Siga así:
  1. diga en src/calpulli/{name}/README.md para qué es, y agréguelo a la lista de pisos de ARCHITECTURE.md;
  2. cada habitación nueva (models, actions, pages…) se agrega a «doors_{name}» de .importlinter;
     doors queda abierta, y seeds y urls van en un contrato «gathered_{name}» como el de people;
  3. make check"""


@dataclass(frozen=True)
class House:
    """What there is before: the contracts and the settings, as text."""

    contracts: str
    settings: str

    def packages(self) -> list[str]:
        """The packages of the floors, from the top."""
        floors = FLOORS.search(self.contracts)
        return re.findall(r"\w+", floors[2]) if floors else []

    def labels(self) -> set[str]:
        """The last words of the applications, which Django wants to be different."""
        return {name.rpartition(".")[2] for name in re.findall(r'^    "([\w.]+)",$', self.settings, re.M)}


def main(arguments: list[str]) -> int:
    """Create the package that the arguments name; returns the exit code."""
    name, over = [*arguments, "", ""][:2]
    over = over or FLOOR_BY_DEFAULT
    house = House(CONTRACTS.read_text(encoding="utf-8"), SETTINGS.read_text(encoding="utf-8"))
    problems = [*name_problems(name, house), *floor_problems(over, house)]
    if problems or len(arguments) > 2:
        print("\n".join([*problems, "No se creó nada. " + USAGE]), file=sys.stderr)
        return 2
    try:
        write(contents(name, over, house))
    except OSError as error:
        print(f"No se pudo escribir {error.filename}: {error.strerror}. No se creó nada.", file=sys.stderr)
        return 1
    print(NEXT.format(name=name, over=over))
    return 0


def name_problems(name: str, house: House) -> list[str]:
    """Why a package cannot have that name, in Spanish with the remedy."""
    if not name:
        return ["Falta el nombre del paquete."]
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        return [f"El nombre «{name}» no sirve: use una sola palabra en inglés, de 3 a 20 letras minúsculas de la a a la z."]
    if name in EMPTY_NAMES:
        return [f"El nombre «{name}» no dice qué hace el instituto ahí: use un sustantivo de su trabajo, como «territory»."]
    if name in house.packages() or (SETTINGS.parent.parent / name).exists():
        return [f"Ya hay un paquete «{name}»: use otro nombre."]
    if name in house.labels():
        return [f"Django ya tiene una aplicación «{name}»: use otro nombre."]
    return [f"Ya hay una carpeta tests/{name}: use otro nombre."] if (ROOT / "tests" / name).exists() else []


def floor_problems(over: str, house: House) -> list[str]:
    """Why a package cannot stand above `over`."""
    known = house.packages()
    if over not in known:
        return [f"No hay un paquete «{over}» sobre el cual ponerlo. Los que hay, de arriba abajo: {', '.join(known)}."]
    if known.index(over) == 0:
        return [f"Nada va sobre «{over}», que junta a todos: elija uno de más abajo: {', '.join(known[1:])}."]
    if f'"calpulli.{over}",' not in house.settings or WHOLE_HOUSE not in house.contracts:
        return [f"No se reconoce la forma de {SETTINGS.name} o de {CONTRACTS.name}: registre el paquete a mano."]
    return []


def contents(name: str, over: str, house: House) -> dict[Path, str]:
    """Every file to write, with its text."""
    folder = SETTINGS.parent.parent / name
    return {
        folder / "README.md": README.format(name=name),
        folder / "__init__.py": f'"""{name.capitalize()}: see README.md."""\n',
        folder / "apps.py": APPS.format(name=name),
        ROOT / "tests" / name / f"test_{name}.py": TEST.format(name=name),
        CONTRACTS: with_contracts(house.contracts, name, over),
        SETTINGS: house.settings.replace(f'    "calpulli.{over}",\n', f'    "calpulli.{over}",\n    "calpulli.{name}",\n', 1),
    }


def with_contracts(text: str, name: str, over: str) -> str:
    """The contracts with a floor right above that of `over`, and walls around the package."""
    layer = re.compile(rf"^(?=.*\b{over}\b)", re.M)
    raised = FLOORS.sub(lambda found: found[1] + layer.sub(f"    {name}\n", found[2], count=1), text, count=1)
    return raised.replace(WHOLE_HOUSE, ROOMS.format(name=name) + WHOLE_HOUSE, 1)


def write(files: dict[Path, str]) -> None:
    """Write all files, or none: what was there comes back when one fails. Raises OSError."""
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in files}
    made = {path.parent for path in files if not path.parent.exists()}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError:
        restore(before, made)
        raise


def restore(before: dict[Path, str | None], made: set[Path]) -> None:
    """Put files back as they were and take away the folders that were made."""
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        elif path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for folder in made:
        if folder.exists():
            folder.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
