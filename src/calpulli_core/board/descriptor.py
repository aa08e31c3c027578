"""What a bundle says of itself to other tools and to people: Data Package v2 descriptor and `LEEME.txt`.

Both are checked as bytes only; nothing is computed from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from calpulli_core.board import layout

# The profile's public identifier (https://datapackage.org/standard/data-package/#dollar-schema).
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEXTS = frozenset({"csv", "json", "jsonl", "txt"})
_TITLES = {
    layout.README: "Cómo comprobar este paquete",
    layout.LEAVES: "Huella de cada renglón",
    layout.RECORD: "Registro del periodo y el programa del que sale",
    layout.RECORD_CSV: "Registro del periodo, como tabla",
    layout.OBJECTIVES: "Objetivos estratégicos",
    layout.LINES: "Líneas de acción",
    layout.SWOT: "Diagnóstico: fortalezas, oportunidades, debilidades y amenazas",
    layout.RULES: "Reglas fechadas que se aplicaron",
    layout.DIFFERENCES: "Qué cambió respecto de la edición anterior",
    layout.SHEET: "Registro, como hoja de cálculo",
    layout.PRINT: "Registro, para imprimir",
    layout.FACTS: "Hechos del libro de hechos desde el paquete anterior",
    layout.BUNDLES: "Paquetes anteriores de esta instalación",
    layout.KEYS: "Llaves con las que se ha firmado",
    layout.ACTIVITIES: "Actividades del programa anual aprobado",
    layout.GOALS: "Metas de cada mes y lo que se hizo, en milésimas de la unidad",
    layout.REPORTS: "Reportes de avance de cada trimestre",
    layout.MONEY: "Presupuesto por momento y mes, en centavos",
    layout.MEASURES: "Celdas de las que se calculan los indicadores",
    layout.INDICATORS: "Fichas de los indicadores y su valor",
    layout.HEADS: "Cabezas de las otras cadenas del libro al sellar",
}
_INTEGERS = (
    {(layout.OBJECTIVES, "number"), (layout.LINES, "objective"), (layout.SWOT, "number")}
    | {(layout.GOALS, name) for name in ("programmed", "adjusted", "achieved")}
    | {(layout.REPORTS, name) for name in ("version", "goal", "done")}
    | {(layout.MONEY, "cents")}
)
_DAYS = {(layout.REPORTS, name) for name in ("due_on", "sent_on", "decided_on")}
_KEYS = {
    "identifier": ["identifier"],
    layout.ACTIVITIES: ["activity"],
    layout.GOALS: ["activity", "month"],
    layout.REPORTS: ["activity", "quarter"],
    layout.MONEY: ["area", "activity", "source", "partida", "month", "moment"],
}
_DATES = "Fecha de "


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What the bundle is, in the words of a title."""

    plan: str
    period: str
    edition: int
    number: int
    notices: tuple[str, ...]

    def __str__(self) -> str:
        """One line."""
        return f"Paquete {self.number}: plan {self.plan}, periodo {self.period}, edición {self.edition}"


def descriptor(name: str, title: Title, files: Mapping[str, bytes]) -> bytes:
    """`datapackage.json`: the files (path -> bytes) as resources with size, hash, media type and, for tables, schema."""
    described: dict[str, Any] = {
        "$schema": PROFILE,
        "name": name,
        "title": str(title),
        "version": str(title.edition),
        "resources": [_resource(path, files[path]) for path in sorted(files)],
    }
    if title.notices:
        described["description"] = " ".join(title.notices)
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(path: str, data: bytes) -> dict[str, Any]:
    kind = path.rsplit(".", 1)[1]
    made: dict[str, Any] = {
        "name": path.removeprefix("data/").replace(".", "-").lower(),
        "path": path,
        "title": _TITLES[path],
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }
    if kind in _TEXTS:
        made["encoding"] = "utf-8"
    if kind == "csv":
        made |= {"type": "table", "schema": _schema(path, data)}
    return made


def _schema(path: str, data: bytes) -> dict[str, Any]:
    header = data[: data.index(b"\n")].decode()
    names = header[1:-1].split('","')
    schema: dict[str, Any] = {"fields": [_field(path, name) for name in names], "missingValues": [""]}
    if key := _KEYS.get(path) or _KEYS.get(names[0]):
        schema["primaryKey"] = key
    return schema


def _field(path: str, name: str) -> dict[str, str]:
    if (path, name) in _INTEGERS:
        return {"name": name, "type": "integer"}
    if (path, name) in _DAYS:
        return {"name": name, "type": "date"}
    if name.startswith(_DATES):
        return {"name": name, "type": "date", "format": "%d/%m/%Y"}
    return {"name": name, "type": "string"}


def grouped(digest: str) -> str:
    """Hex in groups of four, as it is printed and read aloud."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def readme(title: Title, fingerprint: str, version: int = 1) -> bytes:
    """`LEEME.txt`: what this is, how to check it, what the check proves; `fingerprint` is the key's, in hex."""
    notices = "".join(f"\n{notice}\n" for notice in title.notices)
    listed = layout.paths(edition=title.edition, version=version)
    contents = "\n".join(f"  {path}: {_TITLES[path]}." for path in sorted(_TITLES) if path in listed)
    told = {"title": title, "notices": notices, "contents": contents, "fingerprint": grouped(fingerprint)}
    return _README.format(**told, indicators=_INDICATORS if version == 2 else "").encode()


_README = """{title}
{notices}
QUÉ HAY AQUÍ
{contents}
  datapackage.json: la descripción de estos archivos para otros programas (Data Package, versión 2).
  manifest.json: la lista firmada: los archivos y sus huellas.
  signature.json: la firma de manifest.json (Ed25519).

CÓMO COMPROBARLO, SIN CONFIAR EN QUIEN LO PUBLICA
Con Python 3.11 o posterior y el archivo verificador.pyz, que no instala nada ni usa la red:

  python3 verificador.pyz CARPETA_O_ZIP --key HUELLA

o elija el zip en la página verificador.html, que también funciona sin conexión.

HUELLA es la de la llave con la que firma el instituto. La de este paquete dice ser:

  {fingerprint}

No la copie de aquí, del PDF de este paquete ni de un mensaje que vino con él: no prueba nada, porque quien rehiciera
este paquete entero escribiría ahí la suya. Compárela con algo más viejo o independiente: un registro impreso, un acta,
otro sitio o un paquete guardado de antes. Si conserva un paquete anterior, compruebe además que este lo continúa:

  python3 verificador.pyz CARPETA_O_ZIP --after PAQUETE_ANTERIOR

QUÉ PRUEBA
Que este paquete no ha cambiado desde que se firmó y que el registro sale del programa por las reglas que se nombran.
Que continúa a los anteriores solo se prueba con uno de ellos (--after). No prueba que lo anotado fuera cierto cuando se
anotó, ni que sea lo último: este paquete dice lo que se publicó ese día; puede haber una edición posterior en la página
del registro.
{indicators}"""
_INDICATORS = """
Prueba además que cada indicador sale, por su fórmula, de las celdas que este paquete trae, y que las celdas del programa
anual y del presupuesto salen de sus tablas; no que lo reportado fuera cierto. Está dicho en la especificación, parte 10.
"""
