"""Checking a bundle as a stranger does: `python -m calpulli_core.verify FOLDER`, the process as a whole.

The real bundle is the founding quarter's as the demonstration publishes it. The large ones are that bundle with as many
more facts before its own, linked, attested and signed anew with another key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import statistics
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from calpulli_core.board import bundle, canonical, layout
from calpulli_core.board.facts import fact_digest
from tests.bench import generated
from tests.bench.founding import PLAN_KEY, QUARTER
from tests.bench.measure import Batch, Figures, Measure, command, in_turns
from tests.bench.stage import Stage

SMALL, LARGE = 1_000, 20_000
SIGNER = SigningKey(b"calpulli: llave de mediciones...")
# What `build` makes by itself.
MADE = {layout.README, layout.LEAVES, layout.DESCRIPTOR, layout.MANIFEST, layout.SIGNATURE}
# Reads the same folder and hashes and parses the same facts, and compares nothing with anything.
READING = """
import hashlib, json, pathlib, sys
for file in pathlib.Path(sys.argv[1]).rglob("*"):
    if file.is_file():
        data = file.read_bytes()
        hashlib.sha256(data)
        if file.suffix == ".jsonl":
            for line in data.splitlines(keepends=True):
                hashlib.sha256(line)
                json.loads(line)
"""


@cache
def _timings(stage: Stage) -> dict[str, list[float]]:
    """CPU seconds of every round, by what was checked; all of them in turns."""
    real = stage.folder / "real"
    stage.installation.run("quarter", "export", "--plan", PLAN_KEY, "--quarter", QUARTER, "--output", str(real))
    files = {str(file.relative_to(real)): file.read_bytes() for file in real.rglob("*") if file.is_file()}
    folders = {size: _written(enlarged(files, size), stage.folder / str(size)) for size in (SMALL, LARGE)}
    batches = {
        "real": _verifying(real, stage),
        "small": _verifying(folders[SMALL], stage),
        "large": _verifying(folders[LARGE], stage),
        "reading": _python(stage, "-c", READING, str(folders[LARGE])),
    }
    return dict(zip(batches, in_turns([*batches.values()], rounds=stage.rounds(3)), strict=True))


def _verifying(folder: Path, stage: Stage) -> Batch:
    return _python(stage, "-m", "calpulli_core.verify", str(folder))


def _python(stage: Stage, *words: str) -> Batch:
    return command([sys.executable, *words], environment=stage.environment, folder=stage.folder)


def _written(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def enlarged(files: Mapping[str, bytes], size: int) -> dict[str, bytes]:
    """A bundle like that of `files` with `size` facts, intact in itself."""
    facts = _facts(files[layout.FACTS], size)
    public_key = bytes(SIGNER.verify_key)
    others = {path: data for path, data in files.items() if path not in layout.SEALED | MADE}
    others |= {layout.FACTS: _lines(facts), layout.KEYS: _lines([_key(public_key)])}
    told = json.loads(files[layout.MANIFEST]) | {"ledger": {name: facts[-1][name] for name in ("chain", "digest", "sequence")}}
    sealed = {path: data for path, data in files.items() if path in layout.SEALED}
    built = bundle.build(_contents(told, public_key=public_key, sealed=sealed, others=others))
    return bundle.sign_bundle(built, public_key=public_key, sign=lambda message: SIGNER.sign(message).signature)


def _facts(real: bytes, size: int) -> list[dict[str, Any]]:
    """Generated ones in the place of the first of the bundle, then the bundle's own, linked anew."""
    own = [json.loads(line) for line in real.splitlines()]
    before = own[0]["sequence"] - 1
    made = generated.facts(size - len(own), after=before, previous=own[0]["previous"], chain=own[0]["chain"])
    for sequence, fact in enumerate(own, start=before + len(made) + 1):
        linked = fact | {"sequence": sequence, "previous": made[-1]["digest"]}
        made.append(linked | {"digest": fact_digest(linked)})
    return made


def _key(public_key: bytes) -> dict[str, Any]:
    fingerprint = hashlib.sha256(public_key).hexdigest()
    return {"endorsement": None, "fingerprint": fingerprint, "number": 1, "public_key": public_key.hex()}


def _lines(values: list[dict[str, Any]]) -> bytes:
    return b"".join(canonical.encode(value) + b"\n" for value in values)


def _contents(
    told: dict[str, Any], *, public_key: bytes, sealed: Mapping[str, bytes], others: Mapping[str, bytes]
) -> bundle.Contents:
    day = dt.date.fromisoformat
    seal, deadline, previous = told["seal"], told["deadline"], told["previous"]
    return bundle.Contents(
        plan=told["plan"],
        period=told["period"],
        number=told["number"],
        edition=bundle.Edition(**told["edition"]),
        previous=previous and bundle.Previous(**previous),
        deadline=bundle.Deadline(due_on=day(deadline["due_on"]), rule=deadline["rule"]),
        installation=bundle.Installation(**told["installation"]),
        ledger=bundle.Head(**told["ledger"]),
        seal=bundle.Seal(sealed_on=day(seal["sealed_on"]), published_on=day(seal["published_on"]), notice=seal["notice"]),
        public_key=public_key,
        sealed=sealed,
        others=others,
    )


def _whole(name: str, stage: Stage) -> Figures:
    found = _timings(stage)[name]
    return Figures(ours=statistics.median(found), cpu_s=sum(found), n=len(found))


def _against_reading(stage: Stage) -> Figures:
    found = _timings(stage)
    ours, peer = statistics.median(found["large"]), statistics.median(found["reading"])
    return Figures(ours=ours, peer=peer, cpu_s=sum(found["large"]), n=len(found["large"]))


def _growth(stage: Stage) -> Figures:
    """What one more fact costs in a large bundle against what it costs in a small one; starting Python cancels out."""
    found = _timings(stage)
    real, small, large = (statistics.median(found[name]) for name in ("real", "small", "large"))
    more, few = (large - small) / (LARGE - SMALL), (small - real) / SMALL
    return Figures(ours=more * 1e6, peer=few * 1e6, cpu_s=sum(found["large"]), n=LARGE)


MEASURES: list[Measure[Stage]] = [
    # A person waits for it: on a machine five times slower, still under three seconds.
    Measure(
        id="bundle.verify.real",
        what="Verificar el paquete del trimestre fundador, proceso completo",
        unit="s CPU",
        limit=0.5,
        take=lambda stage: _whole("real", stage),
    ),
    Measure(
        id="bundle.verify.1000",
        what="Verificar un paquete con 1,000 hechos, proceso completo",
        unit="s CPU",
        limit=1.0,
        take=lambda stage: _whole("small", stage),
    ),
    # Half a millisecond a fact. A bundle at the specification's limit, 200,000 records, is then a matter of a minute.
    Measure(
        id="bundle.verify.20000",
        what="Verificar un paquete con 20,000 hechos, proceso completo",
        unit="s CPU",
        limit=10.0,
        take=lambda stage: _whole("large", stage),
    ),
    # Quadratic work would give 20, a logarithm about 1.4; the small bundle's own noise is a few tenths.
    Measure(
        id="bundle.verify.growth",
        what="Lo que cuesta un hecho más con 20,000; par: con 1,000 (crecimiento lineal)",
        unit="µs CPU/hecho",
        limit=2.0,
        take=_growth,
    ),
    # The floor of any check, most of it C; every rule of the specification is on top of it, in Python that is to be read.
    # Twice what was seen, because the two sides do not slow down alike on a busy machine.
    Measure(
        id="bundle.verify.reading",
        what="Verificar un paquete con 20,000 hechos; par: solo leerlo, json.loads y SHA-256",
        unit="s CPU",
        limit=30.0,
        take=_against_reading,
    ),
]
