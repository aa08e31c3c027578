"""The verifier's page as a person uses it: a file dropped on it, or chosen, and the verdict."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import Page


def drop(page: Page, bundle: bytes, folder: Path) -> str:
    """Drags a bundle's file over the page and drops it, as from a folder's window; the verdict's title.

    The file stays in `folder`: the page reads it again when something is compared.
    """
    file = Path(tempfile.mkdtemp(dir=folder)) / "paquete.zip"
    file.write_bytes(bundle)
    wire = page.context.new_cdp_session(page)
    forget(page)
    carried = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for event in ("dragEnter", "dragOver", "drop"):
        wire.send("Input.dispatchDragEvent", {"type": event, "x": 200, "y": 300, "data": carried})
    return verdict(page)


def choose(page: Page, bundle: bytes) -> str:
    """Chooses it with the file field; the verdict's title."""
    forget(page)
    page.set_input_files("#file", {"name": "paquete.zip", "mimeType": "application/zip", "buffer": bundle})
    return verdict(page)


def forget(page: Page) -> None:
    """No older verdict can be taken for the next."""
    page.evaluate("document.getElementById('verdict').replaceChildren()")


def verdict(page: Page) -> str:
    title = page.wait_for_selector("#verdict h2").inner_text()
    page.wait_for_selector("#progress", state="hidden")
    return title


def changed(bundle: bytes, path: str) -> bytes:
    """The same bundle, one bit of one byte of one of its files flipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as whole, zipfile.ZipFile(out, "w") as copy:
        for name in whole.namelist():
            content = bytearray(whole.read(name))
            if name == path:
                content[len(content) // 2] ^= 1
            copy.writestr(name, bytes(content))
    return out.getvalue()
