"""What is answered when something is wrong: `application/problem+json` (RFC 9457), in Spanish, with every fault at once."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

MEDIA_TYPE = "application/problem+json"
LONGEST_SHOWN = 100


@dataclass(frozen=True)
class Fault:
    """One thing wrong in what was asked."""

    field: str
    value: str
    rule: str
    remedy: str

    def told(self) -> dict[str, str]:
        """As the answer carries it."""
        return {"campo": self.field, "valor": self.value, "regla": self.rule, "remedio": self.remedy}


class Unanswerable(Exception):  # noqa: N818 - what was asked cannot be answered
    """Carries every fault of a question."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.rule for fault in faults))
        self.faults = faults


def problem(status: int, title: str, detail: str, faults: list[Fault] | None = None) -> HttpResponse:
    """The answer."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    content = orjson.dumps(told | {"errores": [fault.told() for fault in faults or []]})
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """404."""
    return problem(404, _("No existe"), _("No hay nada en esa dirección. La lista de conjuntos está en /api/v1/conjuntos."))


def not_allowed(allowed: str) -> HttpResponse:
    """405: the API reads, and nothing else."""
    answer = problem(405, _("Método no permitido"), _("Esta API solo lee: use GET."))
    answer["Allow"] = allowed
    return answer


def refused(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """422, for what was asked of a data set."""
    return _unanswerable(error.faults if isinstance(error, Unanswerable) else [])


def ill_formed(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """422, for a parameter that has not its shape."""
    found = error.errors if isinstance(error, ValidationError) else []
    return _unanswerable([_fault(str(one["loc"][-1]), one.get("input")) for one in found])


def _fault(name: str, value: object) -> Fault:
    rules = {
        "limite": (_("Es un entero de 1 a 1000."), _("Pida menos renglones y siga con «siguiente».")),
        "number": (_("Es el número de una edición, desde 1."), _("Vea las que hay en …/ediciones.")),
        "key": (_("Es la clave de un conjunto, en minúsculas."), _("Vea las que hay en /api/v1/conjuntos.")),
    }
    rule, remedy = rules.get(name, (_("No tiene la forma que se pide."), _("Vea /api/v1/openapi.json.")))
    return Fault(name, str(value)[:LONGEST_SHOWN], rule, remedy)


def _unanswerable(faults: list[Fault]) -> HttpResponse:
    return problem(422, _("No se puede responder"), _("Corrija lo que dice «errores» y vuelva a pedirlo."), faults)


def install(api: NinjaAPI) -> None:
    """Has the API answer its errors so."""
    for kind, answer in ((Http404, not_found), (Unanswerable, refused), (ValidationError, ill_formed)):
        api.add_exception_handler(kind, answer)
