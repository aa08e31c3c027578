"""The road of an edition, step by step, and every step that is not allowed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from calpulli.commons import clock
from calpulli.commons.act import Actor, Forbidden, Refused
from calpulli.ledger import doors as ledger
from calpulli.people.actions import register_account
from calpulli.people.inputs import RegisterAccount
from calpulli.planning import queries
from calpulli.planning.actions import (
    capture_edition,
    open_erratum,
    open_period,
    publish_edition,
    return_edition,
    seal_edition,
    submit_edition,
)
from calpulli.planning.inputs import (
    CaptureEdition,
    OpenErratum,
    OpenPeriod,
    PublishEdition,
    ReturnEdition,
    SealEdition,
)
from calpulli.planning.models import Edition
from calpulli_core.formats.captured import Captured

JUNE_30 = dt.date(2031, 6, 30)
CAPTURED = Captured(poa_url="https://ejemplo.mx/poa", updated_on=JUNE_30, note="Nota.")


def submit(edition: Edition, by: Actor) -> Edition:
    return submit_edition(CaptureEdition(edition.pk, CAPTURED), by=by).result


def seal(edition: Edition, by: Actor, on: dt.date | None = None) -> Edition:
    return seal_edition(SealEdition(edition.pk, on or clock.today()), by=by).result


def published(edition: Edition, author: Actor, reviewer: Actor) -> Edition:
    submit(edition, author)
    seal(edition, reviewer)
    return publish_edition(PublishEdition(edition.pk), by=author).result


def reasons(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(problem.message for problem in refused.value.problems)


def test_from_open_to_published_each_step_leaves_its_fact(edition: Edition, author: Actor, reviewer: Actor) -> None:
    before = ledger.head("planning").sequence
    done = published(edition, author, reviewer)
    names = [fact["name"] for fact in ledger.facts_after("planning", before)]
    assert names == ["planning.edition_submitted", "planning.quarter_sealed", "planning.quarter_published"]
    assert done.state == "published"
    assert done.bundle_number == Edition.objects.filter(bundle_number__isnull=False).count()
    view = queries.find_edition(done.pk)
    assert view is not None
    assert [view.record.cell(n).value for n in (1, 2, 3, 4, 13, 14, 15)] == [
        *("2031", "01/04/2031", "30/06/2031", "https://ejemplo.mx/poa", "30/06/2031", "10/07/2031", "Nota.")
    ]
    assert (view.record.cell(5).value, view.record.cell(5).mark) == ("", "no reportado")
    assert view.punctuality == "publicado a tiempo"


def test_who_captured_does_not_seal_nor_return(edition: Edition, author: Actor) -> None:
    submit(edition, author)
    both = replace(author, roles=frozenset({"author", "reviewer"}))
    for step in (lambda: seal(edition, both), lambda: return_edition(ReturnEdition(edition.pk, "x" * 10), by=both)):
        with pytest.raises(Refused) as refused:
            step()
        assert "Quien captura no revisa" in reasons(refused)


def test_the_database_too_refuses_one_person_in_both_places(edition: Edition, author: Actor) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="planning_edition_two_people"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(author_id=author.account, reviewer_id=author.account)


def test_roles_are_kept_apart(edition: Edition, author: Actor, reviewer: Actor) -> None:
    with pytest.raises(Forbidden):
        submit(edition, reviewer)
    submit(edition, author)
    with pytest.raises(Forbidden):
        seal(edition, author)
    with pytest.raises(Forbidden):
        open_period(OpenPeriod("demo-2026", "2031-Q3"), by=reviewer)
    with pytest.raises(Forbidden):
        publish_edition(PublishEdition(edition.pk), by=Actor.system("orden"))


def test_no_step_is_skipped_or_repeated(edition: Edition, author: Actor, reviewer: Actor) -> None:
    with pytest.raises(Refused):
        seal(edition, reviewer)
    submit(edition, author)
    with pytest.raises(Refused) as refused:
        submit(edition, author)
    assert "«en revisión»" in reasons(refused)
    with pytest.raises(Refused):
        publish_edition(PublishEdition(edition.pk), by=author)
    seal(edition, reviewer)
    for step in (lambda: seal(edition, reviewer), lambda: submit(edition, author)):
        with pytest.raises(Refused):
            step()
    publish_edition(PublishEdition(edition.pk), by=reviewer)
    with pytest.raises(Refused):
        publish_edition(PublishEdition(edition.pk), by=reviewer)


def test_a_returned_edition_comes_back_with_its_reason(edition: Edition, author: Actor, reviewer: Actor) -> None:
    submit(edition, author)
    back = return_edition(ReturnEdition(edition.pk, "Falta la liga del POA."), by=reviewer).result
    assert (back.state, back.returned_because, back.submitted_at) == ("open", "Falta la liga del POA.", None)
    assert [view.state_label for view in queries.waiting("open") if view.id == edition.pk] == ["Devuelto"]
    again = submit(edition, author)
    assert (again.state, again.returned_because) == ("in_review", "")


def test_a_quarter_is_not_sent_before_it_ends(author: Actor) -> None:
    with clock.rehearse(dt.datetime(2031, 6, 30, 18, tzinfo=dt.UTC)):
        edition = open_period(OpenPeriod("demo-2026", "2031-Q2"), by=author).result
        with pytest.raises(Refused) as refused:
            submit(edition, author)
    assert "termina el 30/06/2031" in reasons(refused)


def test_the_days_end_is_the_institutes(author: Actor) -> None:
    """At 04:00 UTC of July 1st it is still June 30th in Mexico City; at 06:00 UTC it is July 1st."""
    with clock.rehearse(dt.datetime(2031, 7, 1, 4, tzinfo=dt.UTC)):
        edition = open_period(OpenPeriod("demo-2026", "2031-Q2"), by=author).result
        with pytest.raises(Refused):
            submit(edition, author)
    with clock.rehearse(dt.datetime(2031, 7, 1, 6, tzinfo=dt.UTC)):
        assert submit(edition, author).state == "in_review"


@pytest.mark.parametrize(
    ("validated_on", "words"),
    [
        (dt.date(2031, 6, 29), ["anterior a la de actualización", "posterior al fin del periodo"]),
        (JUNE_30, ["posterior al fin del periodo"]),
        (dt.date(2031, 7, 11), ["está en el futuro"]),
    ],
)
def test_a_wrong_validation_date_is_refused_with_every_reason(
    edition: Edition, author: Actor, reviewer: Actor, validated_on: dt.date, words: list[str]
) -> None:
    submit(edition, author)
    with pytest.raises(Refused) as refused:
        seal(edition, reviewer, validated_on)
    assert len(refused.value.problems) == len(words)
    assert all(word in reasons(refused) for word in words)
    edition.refresh_from_db()
    assert (edition.state, edition.content_root) == ("in_review", "")


def test_a_period_that_has_not_begun_or_does_not_exist_is_not_opened(july: dt.date, author: Actor) -> None:
    for plan, period, words in (
        ("demo-2026", "2031-Q4", "aún no empieza"),
        ("demo-2026", "2031-Q5", "no se entiende"),
        ("demo-2026", "2025-Q4", "es anterior al programa 2026: elija un periodo de 2026 o posterior"),
        ("otro-2026", "2031-Q2", "No hay un plan «otro-2026». Los que hay: demo-2026, iecm-2023"),
    ):
        with pytest.raises(Refused) as refused:
            open_period(OpenPeriod(plan, period), by=author)
        assert words in reasons(refused)


def test_an_erratum_is_a_new_edition_with_its_differences(edition: Edition, author: Actor, reviewer: Actor) -> None:
    first = published(edition, author, reviewer)
    erratum = open_erratum(OpenErratum(first.pk, "La liga del POA estaba mal."), by=author).result
    assert (erratum.number, erratum.state, erratum.poa_url) == (2, "open", CAPTURED["poa_url"])
    other = CAPTURED.but(poa_url="https://ejemplo.mx/poa-2031", note="")
    submit_edition(CaptureEdition(erratum.pk, other), by=author)
    seal(erratum, reviewer)
    publish_edition(PublishEdition(erratum.pk), by=reviewer)
    first.refresh_from_db()
    view = queries.find_edition(erratum.pk)
    assert view is not None
    assert [(d.number, d.before, d.after) for d in view.differences] == [
        (4, "https://ejemplo.mx/poa", "https://ejemplo.mx/poa-2031"),
        (15, "Nota.", ""),
    ]
    manifest = view.edition.manifest
    assert manifest["edition"] == {
        "number": 2,
        "reason": "La liga del POA estaba mal.",
        "replaces": first.manifest_sha256,
    }
    assert first.state == "published"
    earlier = queries.find_edition(first.pk)
    assert earlier is not None
    assert earlier.record.cell(4).value == "https://ejemplo.mx/poa"


def test_an_erratum_that_changes_nothing_is_refused(edition: Edition, author: Actor, reviewer: Actor) -> None:
    first = published(edition, author, reviewer)
    erratum = open_erratum(OpenErratum(first.pk, "Sin cambios de fondo."), by=author).result
    with pytest.raises(Refused) as refused:
        submit(erratum, author)
    assert "dice lo mismo" in reasons(refused)


def test_a_period_has_one_erratum_at_a_time(edition: Edition, author: Actor, reviewer: Actor) -> None:
    first = published(edition, author, reviewer)
    open_erratum(OpenErratum(first.pk, "Primera corrección."), by=author)
    with pytest.raises(Refused):
        open_erratum(OpenErratum(first.pk, "Segunda corrección."), by=author)


def test_a_draft_is_kept_without_being_sent(edition: Edition, author: Actor) -> None:
    kept = capture_edition(CaptureEdition(edition.pk, CAPTURED.but(note="A medias")), by=author).result
    assert (kept.state, kept.note) == ("open", "A medias")


def test_a_name_never_reaches_a_fact(edition: Edition, author: Actor, reviewer: Actor) -> None:
    register_account(
        RegisterAccount("rosa", "Rosa Inventada", "Área", ("author",), "copal-nube-jade-12"), by=Actor.system("prueba")
    )
    published(edition, author, reviewer)
    told = str(ledger.facts_after("planning", 0)) + str(ledger.facts_after("people", 0))
    assert "Rosa" not in told
    assert "rosa" not in told
    assert "Persona de demostración" not in told


def test_nobody_decides_on_another_text_than_the_one_she_saw(edition: Edition, author: Actor, reviewer: Actor) -> None:
    """The reviewer has the page open; it is returned, rewritten and sent again; her old page seals nothing."""
    submit(edition, author)
    shown = queries.find_edition(edition.pk)
    assert shown is not None
    seen = shown.state_digest
    return_edition(ReturnEdition(edition.pk, "Falta la liga."), by=reviewer)
    submit_edition(CaptureEdition(edition.pk, CAPTURED.but(note="Otro texto.")), by=author)
    for step in (
        lambda: seal_edition(SealEdition(edition.pk, clock.today(), seen), by=reviewer),
        lambda: return_edition(ReturnEdition(edition.pk, "Otra vez.", seen), by=reviewer),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert "Alguien cambió esta edición" in reasons(refused)
    now = queries.find_edition(edition.pk)
    assert now is not None
    assert seal_edition(SealEdition(edition.pk, clock.today(), now.state_digest), by=reviewer).result.state == "sealed"


def test_a_draft_does_not_overwrite_what_another_saved_meanwhile(edition: Edition, author: Actor) -> None:
    shown = queries.find_edition(edition.pk)
    assert shown is not None
    capture_edition(CaptureEdition(edition.pk, CAPTURED.but(note="Primero."), shown.state_digest), by=author)
    with pytest.raises(Refused, match="Alguien cambió"):
        capture_edition(CaptureEdition(edition.pk, CAPTURED.but(note="Después."), shown.state_digest), by=author)


def test_who_wrote_any_part_does_not_seal_even_if_another_sent_it(edition: Edition, author: Actor) -> None:
    command = RegisterAccount("ambas", "Persona Inventada", "Área", ("author", "reviewer"), "copal-nube-jade-12")
    both = register_account(command, by=Actor.system("prueba")).result.actor()
    capture_edition(CaptureEdition(edition.pk, CAPTURED.but(note="Lo escribió ella.")), by=both)
    submit(edition, author)
    with pytest.raises(Refused) as refused:
        seal(edition, both)
    assert "Quien captura no revisa" in reasons(refused)


def test_what_would_not_verify_is_not_published(
    edition: Edition, author: Actor, reviewer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(edition, author)
    seal(edition, reviewer)
    monkeypatch.setattr("calpulli.planning.actions.publication._previous", lambda earlier: None)
    with pytest.raises(Refused) as refused:
        publish_edition(PublishEdition(edition.pk), by=author)
    assert "no pasa su propia comprobación" in reasons(refused)
    edition.refresh_from_db()
    assert (edition.state, edition.bundle_number) == ("sealed", None)
