"""The words of the code: plain ASCII, English but for the nouns of the law, and those are in the glossary."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import CORE, INSTITUTE, ROOT, SRC, place, python_files, tree

# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "tools", "base"}
# Nouns of the law, unaccented, with no honest translation: in a name of the code they need their place in GLOSARIO.md.
LEGAL_NOUNS = {
    *("acta", "acuerdo", "alcaldia", "amparo", "asamblea", "boleta", "candidatura", "casilla", "coalicion", "computo"),
    *("consulta", "contraloria", "convocatoria", "copaco", "cotejo", "cuadernillo", "demarcacion", "dictamen", "distrito"),
    *("ejercicio", "escrutinio", "estrados", "expediente", "fiscalia", "foda", "gaceta", "impugnacion", "insaculacion"),
    *("mampara", "marco_geografico", "organo_dictaminador", "padron", "planilla", "plebiscito", "poa", "pueblo_originario"),
    *("queja", "quorum", "referendum", "revocacion", "seccion", "sesion", "sipot", "sustanciacion"),
    *("unidad_territorial", "urna", "vocalia"),
}
# No English word ends so.
SPANISH_ENDINGS = re.compile(r"\w*(?:cion|miento|idad)(?:es|s)?")
CODE = (SRC, ROOT / "ops")


def identifiers(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything that the module itself names."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.alias(asname=str(name)):
                yield 0, name
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, name


def words(name: str) -> list[str]:
    """The words of an identifier: `UnidadTerritorial_key` is ["unidad", "territorial", "key"]."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def spanish(name: str) -> set[str]:
    """The nouns of the law, and what cannot be English, in an identifier."""
    spelled = words(name)
    joined = "_".join(spelled)
    nouns = {noun for noun in LEGAL_NOUNS if re.search(rf"(?:^|_){noun}(?:s|es)?(?:_|$)", joined)}
    known = {word for noun in nouns for word in noun.split("_")}
    return nouns | {word for word in spelled if SPANISH_ENDINGS.fullmatch(word) and word not in known}


def folded(text: str) -> str:
    """Lower case, without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def explained(glossary: str) -> set[str]:
    """The terms of a glossary: first cells of its tables, singular, folded, with underscores."""
    cells = re.findall(r"^\|([^|]+)\|", glossary, re.M)
    terms = (term for cell in cells for term in re.split(r"[,;/]|\b[oy]\b", re.sub(r"[()*`]", "", cell)))
    return {folded(term).strip().replace(" ", "_") for term in terms}


def named_modules(folder: Path) -> list[str]:
    """Modules and folders whose name is empty of meaning."""
    found = {part for file in python_files(folder) for part in file.relative_to(folder).with_suffix("").parts}
    return sorted(found & EMPTY_NAMES)


def test_names_are_ascii() -> None:
    found = [
        f"{place(file, line)} {name}"
        for file in python_files(*CODE, ROOT / "tests")
        for line, name in identifiers(tree(file))
        if not name.isascii()
    ]
    assert found == []


def test_an_accent_in_a_name_is_found() -> None:
    planted = ast.parse("def año(sección=1):\n    días = 1\nself.número = f(título=1)\nimport x as é")
    assert sorted(name for _, name in identifiers(planted) if not name.isascii()) == [
        "año",
        "días",
        "número",
        "sección",
        "título",
        "é",
    ]


@pytest.mark.parametrize("folder", [INSTITUTE, CORE, ROOT / "ops"], ids=lambda folder: folder.name)
def test_no_module_has_an_empty_name(folder: Path) -> None:
    assert named_modules(folder) == []


def test_an_empty_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "planning" / "helpers").mkdir(parents=True)
    (tmp_path / "planning" / "helpers" / "dates.py").touch()
    (tmp_path / "planning" / "manager.py").touch()
    assert named_modules(tmp_path) == ["helpers", "manager"]


def test_nouns_of_the_law_are_in_the_glossary() -> None:
    glossary = explained((ROOT / "GLOSARIO.md").read_text(encoding="utf-8"))
    found = {noun for file in python_files(SRC) for _, name in identifiers(tree(file)) for noun in spanish(name)}
    assert found, "the code names the POA of column 4 at least"
    assert found - glossary == set()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("poa_url", {"poa"}),
        ("UnidadTerritorial", {"unidad_territorial"}),
        ("count_casillas", {"casilla"}),
        ("ACTA_FORMAT", {"acta"}),
        ("publicacion_on", {"publicacion"}),
        ("actas", {"acta"}),
        ("factory", set()),
        ("exact", set()),
        ("city", set()),
        ("selection", set()),
    ],
)
def test_spanish_in_a_name_is_found(name: str, found: set[str]) -> None:
    assert spanish(name) == found


def test_terms_of_a_glossary_are_read() -> None:
    read = explained(
        "| término | qué |\n|---|---|\n| programa operativo anual, POA | el programa |\n| **sección** (electoral) | x |\n"
    )
    assert {"poa", "programa_operativo_anual", "seccion_electoral"} <= read
