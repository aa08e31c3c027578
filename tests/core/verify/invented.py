"""The names that the law gives to the columns, and an invented programme with the letters that tend to break."""

from __future__ import annotations

from typing import Any

NAMES = [
    "Ejercicio",
    "Fecha de inicio del periodo que se informa",
    "Fecha de término del periodo que se informa",
    "Hipervínculo al Programa Operativo Anual",
    "Hipervínculo al Programa de Trabajo, en su caso",
    "Misión",
    "Visión",
    "Diagnóstico general",
    "Objetivos estratégicos",
    "Líneas de acción",
    "Vinculación con el Programa General de Desarrollo del DF vigente",
    "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
    "Fecha de actualización de la información",
    "Fecha de validación de la información",
    "Nota",
]
# A later format that no law asks for: one column more, from 2027 on.
LATER, LATER_SINCE = "121-XXII-b/inventado", 2027
PARTICIPANTS = "Número de personas que participaron"
GROUPS = (
    ("strengths", "fortaleza"),
    ("opportunities", "oportunidad"),
    ("weaknesses", "debilidad"),
    ("threats", "amenaza"),
)
PROGRAMME: dict[str, Any] = {
    "institution": {"acronym": "IED", "name": "Instituto Electoral de Demostración"},
    "legal_basis": "Artículo 121, fracción XXII",
    "legal_basis_item": "b) Los Programas Operativos Anuales",
    "mission": 'Organizar elecciones "limpias", y también consultas; ñandú €.',
    "note": "No aplica, porque el instituto no forma parte del Gobierno Central.",
    "objectives": [
        {
            "lines": [{"number": "1.1", "text": "Diseñar mecanismos."}, {"number": "1.2", "text": "Dar seguimiento."}],
            "number": 1,
            "text": "Fomentar la participación.",
        },
        {"lines": [{"number": "2.1", "text": "Capacitar 😀."}], "number": 2, "text": "Organizar elecciones."},
    ],
    "provenance": {"remarks": ["inventado"], "year": 2023},
    "responsible_area": "Secretaría Administrativa",
    "swot": {
        "opportunities": ["Uso de la tecnología."],
        "strengths": ["Experiencia.", "Personal, formado."],
        "threats": ["Reforma."],
        "weaknesses": ["Presupuesto \\ limitado."],
    },
    "swot_headings": {
        "opportunities": "OPORTUNIDADES",
        "strengths": "FORTALEZAS",
        "threats": "AMENAZAS",
        "weaknesses": "DEBILIDADES",
    },
    "vision": "Ser un instituto cercano.",
}
RULES: list[dict[str, Any]] = [
    {
        "article": "Artículo 121, fracción XXII",
        "confirmed": True,
        "key": "record.quarterly",
        "source": "registro fundador",
        "unit": "natural_days",
        "valid_from": None,
        "valid_until": None,
        "value": 45,
    },
    {
        "article": "fuente por confirmar",
        "confirmed": False,
        "key": "record.annual",
        "source": "ajuste de demostración",
        "unit": "natural_days",
        "valid_from": "2017-01-01",
        "valid_until": "2030-12-31",
        "value": 60,
    },
]
