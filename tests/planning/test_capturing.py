"""What stands beside the fields of a capture: what was asked for, what to look at again, what the period before said."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client

from calpulli.commons.act import Actor
from calpulli.planning import queries
from calpulli.planning.actions import capture_edition, open_period, publish_edition, return_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, PublishEdition, ReturnEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured
from tests.signing import signed_in

SENT = Captured(updated_on=dt.date(2031, 6, 30), poa_url="https://instituto.mx/poa", note="Sin cambios.")


def page(edition: Edition) -> str:
    return unescape(signed_in("area").get(f"/mesa/edicion/{edition.pk}").content.decode())


def field(html: str, name: str) -> str:
    """From the label of a field to its end."""
    return html[html.index(f'for="id_{name}"') :].partition("</div>\n")[0]


def order(html: str) -> list[str]:
    """The fields of the record, as they come."""
    return re.findall(r'<label for="id_(poa_url|work_programme_url|updated_on|note)"', html)


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        ("La nota de la columna 15 no dice nada.", ["note"]),
        ("Corrija las columnas 4, 13 y 15.", ["poa_url", "updated_on", "note"]),
        ("Falta el Programa de Trabajo.", ["work_programme_url"]),
        ("El POA es de otro año; la fecha de ACTUALIZACIÓN también.", ["poa_url", "updated_on"]),
        ("Col. 5: no abre.", ["work_programme_url"]),
        ("Está mal, revíselo. La columna 150 no existe.", []),
        ("Anotado en el oficio 15.", []),
        ("La nota dice que no hubo cambios: escriba que se publicó el Programa Operativo Anual.", ["note", "poa_url"]),
    ],
)
def test_the_columns_that_a_reason_names_are_found(edition: Edition, reason: str, asked: list[str]) -> None:
    edition.returned_because = reason
    assert [column.key for column in queries.asked_columns(queries.EditionView(edition))] == asked


@pytest.fixture
def returned(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    submit_edition(CaptureEdition(edition.pk, SENT), by=author)
    return return_edition(ReturnEdition(edition.pk, "La nota no dice de dónde sale el dato."), by=reviewer).result


def test_what_was_asked_for_comes_first_beside_its_field_and_is_not_called_optional(returned: Edition) -> None:
    told = page(returned)
    assert order(told) == ["note", "poa_url", "work_programme_url", "updated_on"]
    assert "Lo que pidió quien revisa: «La nota no dice" in field(told, "note")
    assert "(opcional)" not in field(told, "note")
    assert "(opcional)" in field(told, "poa_url")
    assert "Lo que pidió quien revisa" not in field(told, "poa_url")
    for anchor in ("id_note", "enviar"):
        assert f'href="#{anchor}"' in told
        assert f'id="{anchor}"' in told


def test_of_a_reason_without_a_column_it_stands_beside_the_note(edition: Edition, author: Actor, reviewer: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, SENT), by=author)
    return_edition(ReturnEdition(edition.pk, "Está mal: vuelva a hacerlo."), by=reviewer)
    told = page(edition)
    assert order(told) == ["poa_url", "work_programme_url", "updated_on", "note"]
    assert "Está mal: vuelva a hacerlo." in field(told, "note")


def test_a_doubt_stands_beside_its_field_too(edition: Edition, author: Actor) -> None:
    capture_edition(CaptureEdition(edition.pk, SENT.but(updated_on=dt.date(2031, 3, 1))), by=author)
    told = page(edition)
    date = field(told, "updated_on")
    assert "anterior al inicio del periodo" in date
    described = re.search(r'aria-describedby="([^"]+)"', date)
    assert described is not None
    assert "id_updated_on_beside" in described[1].split()
    assert "anterior al inicio" not in field(told, "note")


def test_the_period_before_is_at_hand_while_one_writes(edition: Edition, author: Actor, reviewer: Actor) -> None:
    assert "Lo publicado en el" in page(edition), "the seed published a quarter"
    before = open_period(OpenPeriod("demo-2026", "2031-Q1"), by=author).result
    long = "El informe del trimestre dice lo mismo. " * 10
    said = Captured(updated_on=dt.date(2031, 3, 31), poa_url="https://instituto.mx/poa-anterior", note=long.strip())
    submit_edition(CaptureEdition(before.pk, said), by=author)
    assert "poa-anterior" not in page(edition), "nobody published it yet"
    seal_edition(SealEdition(before.pk, dt.date(2031, 7, 10)), by=reviewer)
    publish_edition(PublishEdition(before.pk), by=reviewer)
    told = page(edition)
    assert told.count("Lo publicado en el primer trimestre de 2031:") == 4
    assert (
        told.index('id="id_poa_url"') < told.index("https://instituto.mx/poa-anterior") < told.index('id="id_work_programme_url"')
    )
    assert "/registros/demo-2026/2031-Q1#columna-15" in told
    assert long.strip() not in told


def test_a_record_of_reference_says_what_was_typed_here(author: Actor, reviewer: Actor) -> None:
    edition = open_period(OpenPeriod("iecm-2023", "2023-Q2"), by=author).result
    typed = Captured(updated_on=dt.date(2023, 6, 30), note="Escrita aquí.")
    submit_edition(CaptureEdition(edition.pk, typed), by=author)
    seal_edition(SealEdition(edition.pk, dt.date(2023, 7, 10)), by=reviewer)
    publish_edition(PublishEdition(edition.pk), by=reviewer)
    told = unescape(Client().get("/registros/iecm-2023/2023-Q2").content.decode())
    note = told[told.index("No vienen de esa fuente") :].partition("</ul>")[0]
    assert re.findall(r"#columna-(\d+)", note) == ["13", "14", "15"]
    founding = unescape(Client().get("/registros/iecm-2023/2023-Q1").content.decode())
    assert "No vienen de esa fuente" not in founding, "its two dates are those of the source"
    assert "No vienen de esa fuente" not in unescape(Client().get("/programas/iecm-2023").content.decode())
