"""The page in a browser: opened from file://, offline, given files, and what it answers."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from engine import PAGE

from tests.browser.chromium import AXE
from tests.core.verify.cases import row, swap
from tests.core.verify.factory import PROGRAMME, Installation
from tests.core.verify.primitives import Files

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MARKUP = '<img src="x" onerror="document.title = 1"><b>Misión</b>'
SOUND = "Está completo: nadie lo cambió desde que se selló"
SIGNER_OPEN = "Quién lo firmó: sin contrastar (opcional)."
SIGNER_COMPARED = "Quién lo firmó: contrastado con lo que usted ya tenía."


def opened(chromium: Any, **how: Any) -> Iterator[Any]:
    """The page from file://, offline; at the end nothing was asked of the network and nothing was complained of."""
    context = chromium.new_context(offline=True, **how)
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith(("file:", "data:,")) else None)
    tab.goto(PAGE.as_uri())
    yield tab
    context.close()
    assert told == []


def upload(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/zip", "buffer": data}


def give(tab: Any, data: bytes, *, field: str = "#file", name: str = "paquete.zip") -> str:
    """Chooses the file, waits for the answer; the verdict's title."""
    tab.set_input_files(field, [upload(name, data)])
    return answer(tab)


def answer(tab: Any) -> str:
    tab.wait_for_selector("#progress", state="hidden")
    return str(tab.wait_for_selector("#verdict h2").inner_text())


def drop(tab: Any, files: Files) -> str:
    """Drops these files on the page, as a drag from a folder's window does."""
    made = {path: base64.b64encode(data).decode() for path, data in files.items()}
    transfer = tab.evaluate_handle(
        """made => {
          const transfer = new DataTransfer();
          for (const [path, text] of Object.entries(made)) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], path.split("/").pop()));
          }
          return transfer;
        }""",
        made,
    )
    tab.dispatch_event("#zone", "drop", {"dataTransfer": transfer})
    return answer(tab)


def accessibility_faults(tab: Any) -> list[Any]:
    tab.evaluate(AXE.read_text("utf-8"))
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    found = tab.evaluate("options => axe.run(document, options)", options)
    assert found["passes"], "axe looked at nothing"
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]]


def fits(tab: Any) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def altered() -> Files:
    files = row().first
    return swap(files, "data/lines.csv", files["data/lines.csv"].replace(b"seguimiento", b"seguimienta"))


def with_markup() -> Files:
    """A bundle that is sound, and whose mission is markup."""
    return Installation(programme={**PROGRAMME, "mission": MARKUP, "note": "largo" * 400}).close("2023-Q1")


def noise() -> Files:
    """Every data file replaced by something without a space to break at."""
    return {path: b"x" * 3000 if path.startswith("data/") else data for path, data in row().first.items()}


def groups(hex_digits: str) -> str:
    return " ".join(hex_digits[n : n + 4] for n in range(0, 64, 4))
