"""The check as it runs: progress, stopping, another choice meanwhile, the same file again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page_driver import (
    SOUND,
    altered,
    answer,
    give,
)

from tests.core.verify.cases import pack, row

pytestmark = pytest.mark.browser


def test_the_same_file_can_be_chosen_again(wide: Any, tmp_path: Path) -> None:
    """A browser tells of a choice only where the field changed: when its window opens, the field must be empty."""
    path = tmp_path / "paquete.zip"
    for files, title in ((row().first, SOUND), (altered(), "Alterado")):
        path.write_bytes(pack(files))
        with wide.expect_file_chooser() as opening:
            wide.click("#file")
        assert wide.input_value("#file") == ""
        opening.value.set_files(path)
        assert answer(wide) == title


WATCH = """() => {
  window.seen = [];
  const look = () => {
    const bar = document.getElementById("bar");
    const busy = document.getElementById("result").getAttribute("aria-busy");
    if (bar.value > 0) window.seen.push([bar.value, busy, document.getElementById("verdict").textContent]);
    if (bar.value > 30) document.getElementById("stop").click();
    else setTimeout(look, 0);
  };
  look();
}"""


def large(folder: Path) -> Path:
    """A zip of 30 MiB on disk."""
    path = folder / "grande.zip"
    path.write_bytes(pack({**row().first, "data/record.pdf": b"%" * (15 << 20), "data/record.xlsx": b"P" * (15 << 20)}))
    return path


def test_a_large_bundle_shows_progress_and_can_be_stopped(wide: Any, tmp_path: Path) -> None:
    """On a machine four times slower, as an old phone is; the page stays alive, or nobody could press the button."""
    wide.context.new_cdp_session(wide).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    wide.evaluate(WATCH)
    wide.set_input_files("#file", large(tmp_path))
    wide.get_by_text("Revisión detenida.").wait_for()
    seen = wide.evaluate("window.seen")
    assert len({percent for percent, _, _ in seen}) > 2
    assert {(busy, told) for _, busy, told in seen} == {("true", "Revisando…")}
    assert not wide.locator("#progress").is_visible()
    assert wide.evaluate("document.activeElement.id") == "file"
    assert give(wide, pack(row().first)) == SOUND


def test_a_later_choice_takes_the_place_of_a_running_check(wide: Any, tmp_path: Path) -> None:
    wide.set_input_files("#file", large(tmp_path))
    assert give(wide, pack(row().first)) == SOUND
    wide.wait_for_timeout(400)
    assert wide.inner_text("#verdict h2") == SOUND
