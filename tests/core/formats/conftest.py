"""The founding programme, and programmes with the most awkward texts that one line admits."""

from pathlib import Path

import pytest
from hypothesis import strategies as st

from calpulli_core.calendars.periods import Period
from calpulli_core.formats.programme import (
    Institution,
    Line,
    Objective,
    Programme,
    Swot,
    SwotHeadings,
    UpdatePeriod,
)
from calpulli_core.formats.programme_input import parse_programme
from calpulli_core.formats.record import Plan, Record, captured_from_source, compose

INSTITUTES = Path(__file__).parents[3] / "institutes"

_AWKWARD = st.sampled_from(
    [
        'dice "sí", luego "no"',
        "=1+1",
        "+52 55",
        "-1",
        "@SUM(A1)",
        "1. uno",
        "1.1 uno",
        "FORTALEZAS",
        "_x0041_",
        "  espacios  ",
        "a;b,c",
        "#panic() $x$ [b] \\ *c* `d`",
        "día 😀 日本",
        "e\u0301",
        "'comilla",
        "<b>&amp;</b>",
    ]
)
_ANY = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufffe\uffff"),
    min_size=1,
    max_size=25,
).filter(lambda text: bool(text.strip()))


def _texts() -> st.SearchStrategy[str]:
    return _AWKWARD | _ANY


@st.composite
def _objectives(draw: st.DrawFn) -> tuple[Objective, ...]:
    counts = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))
    return tuple(
        Objective(
            number,
            draw(_texts()),
            tuple(Line(f"{number}.{at}", draw(_texts())) for at in range(1, count + 1)),
        )
        for number, count in enumerate(counts, start=1)
    )


@st.composite
def _programmes(draw: st.DrawFn) -> Programme:
    items = st.lists(_texts(), max_size=3).map(tuple)
    headings = draw(st.lists(_texts(), min_size=4, max_size=4, unique=True))
    return Programme(
        institution=Institution(draw(_texts()), draw(_texts())),
        legal_basis=draw(_texts()),
        legal_basis_item=draw(_texts()),
        responsible_area=draw(_texts()),
        note=draw(_texts()),
        mission=draw(_texts()),
        vision=draw(_texts()),
        objectives=draw(_objectives()),
        swot=Swot(draw(items), draw(items), draw(items), draw(items)),
        swot_headings=SwotHeadings(*headings),
        update_period=draw(st.none() | st.builds(UpdatePeriod, _texts(), _texts(), _texts(), st.integers(1, 90))),
    )


@pytest.fixture(scope="session")
def texts() -> st.SearchStrategy[str]:
    """Any text that a record admits."""
    return _texts()


@pytest.fixture(scope="session")
def programmes() -> st.SearchStrategy[Programme]:
    """Any programme that can be published."""
    return _programmes()


@pytest.fixture(scope="session")
def institutes() -> Path:
    """The folder of the institutes' data."""
    return INSTITUTES


@pytest.fixture(scope="session")
def source() -> bytes:
    """The founding programme, as it lies in the repository."""
    return (INSTITUTES / "iecm" / "programme.json").read_bytes()


@pytest.fixture(scope="session")
def plan(source: bytes) -> Plan:
    """The founding programme as a reference plan."""
    return Plan("iecm-2023", parse_programme(source, file="programme.json"), reference=True)


@pytest.fixture(scope="session")
def founding(plan: Plan) -> Record:
    """The founding record: first quarter of 2023, with the dates of its source."""
    period = Period(2023, 1)
    captured = captured_from_source(plan.programme, period=period)
    return compose(plan=plan, period=period, captured=captured)
