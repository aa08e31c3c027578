"""What stays of an indicator that is computed no more: what was kept and what was sealed of it, wherever it is looked for."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.test import Client

from calpulli.indicators.actions import approve_sheets, propose_retirement, propose_sheets, retire_sheets
from calpulli.indicators.inputs import DecideSheets, ProposeSheets, RetireSheet
from calpulli.people.doors import actor_named
from tests.indicators.sheets import draft

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_of_a_retired_indicator_what_was_sealed_stays(client: Client) -> None:
    """The demonstration retires one after its second quarter was published: its page, its series and the board still say it."""
    key, address = "linea-1.1-distritos", "/registros/demo-2026/2026-Q2/edicion/1"
    told = page(client, f"/indicador/{key}")
    assert "Indicador retirado" in told and ">Sellado<" in told and f'href="{address}"' in told
    series = csv.DictReader(io.StringIO(client.get(f"/indicador/{key}/serie.csv").content.decode("utf-8-sig")))
    rows = {row["periodo"]: row for row in series}
    bundle = client.get(f"{address}/paquete.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(bundle.streaming_content) if bundle.streaming else bundle.content)) as packed:
        name = next(one for one in packed.namelist() if one.endswith("indicators.jsonl"))
        lines = [json.loads(line) for line in packed.read(name).splitlines()]
    sealed = next(value for line in lines if line["key"] == key for value in line["values"] if value["period"] == "2026-Q2")
    assert int(sealed["value"]) > 0
    assert (rows["2026-Q2"]["sellado"], rows["2026-Q2"]["sellado_en"]) == (sealed["value"], "2026-Q2/1")
    assert (rows["2026-Q1"]["sellado"], rows["2026-Q1"]["sellado_en"]) == ("", "")
    board = csv.DictReader(io.StringIO(client.get("/tablero.csv?trimestre=2026-Q2").content.decode("utf-8-sig")))
    [row] = [one for one in board if one["indicador"] == key]
    assert (row["periodo"], row["valor"], row["estado"]) == ("2026-Q2", "", "retired")
    assert (row["sellado"], row["sellado_en"]) == (sealed["value"], "2026-Q2/1")


def test_a_retired_indicator_of_a_whole_objective_stays_on_the_board(client: Client) -> None:
    """Of a year: the row of the file is of the year, and not of the quarter that was asked for."""
    more = {"line": "", "objective": 3, "name": "Del tercer objetivo", "formula": "1 + 1", "variables": {}, "unit": "1"}
    (made,) = propose_sheets(ProposeSheets((draft(frequency="YEAR", **more),)), by=actor_named("area")).result
    approve_sheets(DecideSheets((made.pk,)), by=actor_named("revision"))
    asked = propose_retirement(RetireSheet(made.key, "Ya no se usa."), by=actor_named("area")).result
    retire_sheets(DecideSheets((asked.pk,)), by=actor_named("revision"))
    told = page(client, "/tablero?trimestre=2026-Q3&abiertas=si")
    third = told[told.index('id="objetivo-3"') : told.index('id="objetivo-4"')]
    assert "Del objetivo entero" in third and "Del tercer objetivo" in third and "se retiró el" in third
    board = csv.DictReader(io.StringIO(client.get("/tablero.csv?trimestre=2026-Q3").content.decode("utf-8-sig")))
    [row] = [one for one in board if one["indicador"] == made.key]
    assert (row["periodo"], row["estado"]) == ("2026", "retired")
