"""What is being written: kept for its author, never over something newer, and never mixed with what was sent since."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from calpulli.annual import actions, drafts, inputs
from calpulli.annual.models import Activity, ReportDraft
from calpulli.commons.act import Actor
from tests.annual.conftest import Write, on, paper
from tests.signing import signed_in


@pytest.fixture
def activity(write: Write, approve: Callable[[], None]) -> Activity:
    found = write("A-1", {1: 4, 2: 4, 3: 4})
    approve()
    return found


def page(activity: Activity) -> str:
    return f"/mesa/poa/actividad/{activity.pk}/trimestre/1"


def typed(narrative: str, mark: str | None = None, **more: str) -> dict[str, str]:
    told = {"month_1": "4", "month_2": "4", "month_3": "", "cause": "", "narrative": narrative} | more
    return told if mark is None else told | {"mark": mark}


def said(activity: Activity) -> str:
    found: str = ReportDraft.objects.get(activity=activity).said["narrative"]
    return found


def test_it_is_kept_by_itself_and_each_save_tells_where_it_stands(activity: Activity) -> None:
    with on(4, 6):
        client = signed_in("area")
        assert 'name="mark" value="0.0"' in client.get(page(activity)).content.decode()
        first = client.post(page(activity), typed("Uno", "0.0", step="autosave"))
        assert (first.status_code, first["Content-Type"]) == (200, "application/json")
        assert first.json() == {"mark": "0.1", "says": "Se guardó a las 12:00."}
        assert client.post(page(activity), typed("Dos", "0.1", step="autosave")).json()["mark"] == "0.2"
        assert said(activity) == "Dos"
        assert ">Dos</textarea>" in client.get(page(activity)).content.decode()


def test_a_window_that_is_behind_keeps_nothing_and_is_shown_both(activity: Activity) -> None:
    with on(4, 6):
        client = signed_in("area")
        client.post(page(activity), typed("De la primera ventana", "0.0", step="autosave"))
        behind = client.post(page(activity), typed("De la segunda", "0.0", step="autosave"))
        assert behind.status_code == 409
        assert "guardado a las 12:00 en otra ventana" in behind.json()["says"]
        pressed = client.post(page(activity), typed("De la segunda", "0.0", step="save"))
        shown = pressed.content.decode()
        assert pressed.status_code == 409
        assert "De la primera ventana" in shown and ">De la segunda</textarea>" in shown
        assert 'name="mark" value="0.1"' in shown
        assert said(activity) == "De la primera ventana"
        again = client.post(page(activity), typed("De la segunda", "0.1", step="save"))
        assert again.status_code == 302
        assert said(activity) == "De la segunda"


def test_sending_from_a_window_that_is_behind_asks_first(activity: Activity) -> None:
    with on(4, 6):
        client = signed_in("area")
        client.post(page(activity), typed("Lo nuevo", "0.0", step="autosave"))
        old = typed("Lo viejo", "0.0", month_3="4")
        assert client.post(page(activity), old).status_code == 409
        assert activity.reports.count() == 0
        assert said(activity) == "Lo nuevo"
        assert client.post(page(activity), old | {"mark": "0.1"}).status_code == 302
        assert activity.reports.get().narrative == "Lo viejo"
        assert not ReportDraft.objects.filter(activity=activity).exists()


def test_a_window_from_before_it_was_sent_and_returned_keeps_nothing(activity: Activity, author: Actor, reviewer: Actor) -> None:
    with on(4, 6):
        client = signed_in("area")
        command = inputs.SubmitReport(activity.pk, 1, {1: 4_000, 2: 4_000, 3: 4_000}, narrative="Enviado.", attach=(paper(),))
        report = actions.submit_report(command, by=author).result
        assert client.post(page(activity), typed("Tarde", "0.0", step="autosave")).status_code == 404
        actions.return_report(inputs.ReturnReport(report.pk, "Falta decir en qué sede."), by=reviewer)
        assert client.post(page(activity), typed("Tarde", "0.0", step="autosave")).status_code == 409
        assert not ReportDraft.objects.filter(activity=activity).exists()
        assert 'name="mark" value="1.0"' in client.get(page(activity)).content.decode()


def test_a_draft_from_before_the_last_version_is_shown_apart(activity: Activity, author: Actor, reviewer: Actor) -> None:
    with on(4, 6):
        drafts.keep(activity.pk, 1, {"narrative": "De antes"}, author=str(author.account), since=drafts.Mark(0, 0))
        command = inputs.SubmitReport(activity.pk, 1, {1: 4_000, 2: 4_000, 3: 4_000}, narrative="Enviado.", attach=(paper(),))
        kept = ReportDraft.objects.get(activity=activity)
        report = actions.submit_report(command, by=author).result
        kept.save(force_insert=True)  # as a second person's of the same area, whose draft stays
        actions.return_report(inputs.ReturnReport(report.pk, "Falta decir en qué sede."), by=reviewer)
        shown = signed_in("area").get(page(activity)).content.decode()
        assert ">Enviado.</textarea>" in shown
        assert "De antes" in shown


@pytest.mark.parametrize("mark", ["", "x", "0.0.0", "-1.0", "99999.999999999", "0.1' OR 1=1", "0,0"])
def test_a_mark_that_is_none_never_goes_over_what_was_kept(activity: Activity, mark: str) -> None:
    with on(4, 6):
        client = signed_in("area")
        client.post(page(activity), typed("Lo guardado", "0.0", step="save"))
        assert client.post(page(activity), typed("Otra cosa", mark, step="save")).status_code == 409
        assert client.post(page(activity), typed("Otra cosa", mark, step="autosave")).status_code == 409
        assert said(activity) == "Lo guardado"


def test_what_cannot_be_kept_whole_is_not_cut(activity: Activity) -> None:
    with on(4, 6):
        client = signed_in("area")
        longest = "ñ" * 20_000
        assert client.post(page(activity), typed(longest, "0.0", step="autosave")).status_code == 200
        assert said(activity) == longest
        assert client.post(page(activity), typed(longest + "x", "0.1", step="autosave")).status_code == 413
        answer = client.post(page(activity), typed(longest + "x", "0.1", step="save"))
        assert answer.status_code == 422
        assert longest + "x" in answer.content.decode()
        assert said(activity) == longest


def test_odd_letters_are_kept_as_they_are(activity: Activity) -> None:
    with on(4, 6):
        client = signed_in("area")
        assert client.post(page(activity), typed("a\x00b 🏳️‍🌈 \u202e «ñ»", "0.0", step="autosave")).status_code == 200
        assert said(activity) == "ab 🏳️‍🌈 \u202e «ñ»"


def test_nobody_else_reads_or_writes_it(activity: Activity) -> None:
    with on(4, 6):
        signed_in("area").post(page(activity), typed("Solo mío", "0.0", step="save"))
        for other in ("revision", "participacion", "distrito", "administracion"):
            client = signed_in(other)
            assert "Solo mío" not in client.get(page(activity)).content.decode()
            assert client.post(page(activity), typed("Ajeno", "0.1", step="autosave")).status_code == 404
        assert Client().post(page(activity), typed("Ajeno", "0.1", step="autosave")).status_code == 302
        assert said(activity) == "Solo mío"
