"""What asks for a second look in a capture, and what does not."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from calpulli.commons.act import Actor, Refused
from calpulli.ledger import doors as ledger
from calpulli.planning import queries
from calpulli.planning.actions import capture_edition, seal_edition, submit_edition
from calpulli.planning.inputs import CaptureEdition, SealEdition
from calpulli.planning.models import Edition
from calpulli.planning.queries import Doubt
from calpulli_core.formats.captured import Captured
from tests.signing import signed_in

# The quarter runs from 01/04/2031 to 30/06/2031; 45 days after its end is 14/08/2031.
WHOLE = Captured(
    poa_url="https://instituto.mx/poa", work_programme_url="https://instituto.mx/pt", updated_on=dt.date(2031, 6, 30), note=""
)


def warned(edition: Edition, captured: Captured, author: Actor) -> tuple[Doubt, ...]:
    capture_edition(CaptureEdition(edition.pk, captured), by=author)
    view = queries.find_edition(edition.pk)
    assert view is not None
    return view.warnings


def test_nothing_is_doubted_before_anything_is_captured(edition: Edition) -> None:
    view = queries.find_edition(edition.pk)
    assert view is not None
    assert view.warnings == ()


@pytest.mark.parametrize(
    ("updated_on", "words"),
    [
        (dt.date(2031, 3, 31), ["31/03/2031", "anterior al inicio del periodo, el 01/04/2031"]),
        (dt.date(2031, 4, 1), []),
        (dt.date(2031, 8, 14), []),
        (dt.date(2031, 8, 15), ["15/08/2031", "más de 45 días después del fin del periodo, el 30/06/2031"]),
    ],
)
def test_an_update_far_from_the_period_is_doubted(edition: Edition, author: Actor, updated_on: dt.date, words: list[str]) -> None:
    found = warned(edition, WHOLE.but(updated_on=updated_on), author)
    assert len(found) == (1 if words else 0)
    assert all(word in found[0].text for word in words)


def test_an_erratum_may_be_updated_long_after_its_period(edition: Edition, author: Actor) -> None:
    second = Edition(period=edition.period, number=2, updated_on=dt.date(2032, 1, 10), poa_url="https://instituto.mx")
    second.work_programme_url = "https://instituto.mx/pt"
    assert queries.EditionView(second).warnings == ()


def test_each_empty_link_is_doubted_with_what_will_be_published(edition: Edition, author: Actor) -> None:
    found = warned(edition, WHOLE.but(poa_url="", work_programme_url=""), author)
    assert [one.text.partition(" («")[0] for one in found] == ["La columna 4", "La columna 5"]
    assert [one.field for one in found] == ["poa_url", "work_programme_url"]
    assert all("«no reportado»" in one.text for one in found)


def test_what_was_typed_to_try_is_doubted_where_it_is(edition: Edition, author: Actor) -> None:
    tried = WHOLE.but(poa_url="https://ejemplo.mx/poa", note="Nota de prueba.")
    found = {one.field: one for one in warned(edition, tried, author)}
    assert set(found) == {"poa_url", "note"}
    assert "«ejemplo.mx»" in found["poa_url"].text
    assert "«de prueba»" in found["note"].text
    assert warned(edition, tried.but(poa_url="https://poa.instituto.mx", note="Sin cambios."), author) == ()


def seal(edition: Edition, warned: bool | None, reviewer: Actor) -> Edition:
    return seal_edition(SealEdition(edition.pk, dt.date(2031, 7, 10), warned=warned), by=reviewer).result


def test_a_seal_in_spite_of_doubts_is_said_to_be_so(edition: Edition, author: Actor, reviewer: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, WHOLE.but(note="Nota de prueba.", poa_url="")), by=author)
    with pytest.raises(Refused, match="Hay 2 avisos abiertos: lea y marque «Los vi y lo sello así»"):
        seal(edition, False, reviewer)
    assert Edition.objects.get(pk=edition.pk).state == "in_review"
    assert seal(edition, True, reviewer).state == "sealed"
    told = ledger.last_facts(1, actor=reviewer.ref)[0]["details"]
    assert isinstance(told, dict)
    assert told["warnings"] == ["poa_url.empty", "note.stand_in"]


def test_a_seal_without_doubts_asks_nothing_more(edition: Edition, author: Actor, reviewer: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, WHOLE), by=author)
    assert seal(edition, False, reviewer).state == "sealed"
    told = ledger.last_facts(1, actor=reviewer.ref)[0]["details"]
    assert isinstance(told, dict)
    assert "warnings" not in told


def test_the_page_repeats_the_doubts_above_the_button_and_takes_no_seal_without_the_tick(
    edition: Edition, author: Actor, reviewer: Actor
) -> None:
    submit_edition(CaptureEdition(edition.pk, WHOLE.but(note="Nota de prueba.")), by=author)
    client, place = signed_in("revision"), f"/mesa/edicion/{edition.pk}"
    shown = client.get(place).content.decode()
    decision = shown[shown.index('id="decision"') :]
    assert decision.index("Nota de prueba.") < decision.index("«de prueba»") < decision.index("Los vi y lo sello así")
    assert decision.index("Los vi y lo sello así") < decision.index("Aprobar y sellar el segundo trimestre de 2031</button>")
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', shown)
    assert seen is not None
    sent = {"seen": seen[1], "validated_on": "10/07/2031"}
    refused = client.post(f"{place}/sellar", sent)
    assert refused.status_code == 422
    assert "Hay un aviso abierto" in refused.content.decode()
    sealed = client.post(f"{place}/sellar", sent | {"warned": "on"}, follow=True)
    assert sealed.redirect_chain == [(f"{place}#paso", 302)], "the next step is on the page of the record"
    told = sealed.content.decode()
    assert told.index("Usted lo aprobó y selló: segundo trimestre de 2031") < told.index(
        "Publicar el segundo trimestre de 2031</button>"
    )
    assert "Usted lo aprobó y selló: segundo" not in client.get(place).content.decode(), "a receipt is shown once"


def test_without_doubts_the_page_has_no_tick(edition: Edition, author: Actor) -> None:
    submit_edition(CaptureEdition(edition.pk, WHOLE), by=author)
    shown = signed_in("revision").get(f"/mesa/edicion/{edition.pk}").content.decode()
    assert "Los vi y lo sello así" not in shown
    assert "Aprobar y sellar el segundo trimestre de 2031</button>" in shown
