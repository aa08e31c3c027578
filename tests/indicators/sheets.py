"""Sheets as these tests propose and approve them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calpulli.indicators.actions import approve_sheets, propose_sheets
from calpulli.indicators.inputs import DecideSheets, ProposeSheets, SheetDraft
from calpulli.people.doors import actor_named
from tests.indicators.working import AREA

UNITS = {"measure": "tests.units"}
COUNT = {"measure": "tests.deliveries"}
PLAIN = SheetDraft(
    key="talleres-por-entrega",
    plan_key="demo-2026",
    line="linea-1.3",
    objective=1,
    name="Talleres por entrega",
    definition="Cuántos talleres se dan cada vez.",
    formula="talleres / entregas",
    variables={"talleres": UNITS, "entregas": COUNT},
    unit="talleres/entregas",
    frequency="QUARTER",
    dimension="eficiencia",
    kind="gestion",
    mark="gestion",
    sense="ascendente",
    source="Registros inventados",
    area=AREA,
)


def draft(**more: Any) -> SheetDraft:
    return replace(PLAIN, **more)


def propose(*drafts: SheetDraft) -> list[int]:
    return [row.pk for row in propose_sheets(ProposeSheets(drafts), by=actor_named("area")).result]


def approve(*drafts: SheetDraft) -> None:
    approve_sheets(DecideSheets(tuple(propose(*drafts))), by=actor_named("revision"))
