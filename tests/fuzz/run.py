"""Mutated bundles against the verifier: `run.py --seconds N [--seed S]`.

Two things must hold for every input: no exception below the last resort, and never íntegro for a bundle that is not,
byte for byte, one that its maker signed. Inputs with a verdict not seen before become parents of later ones; an input
that breaks a rule is kept in `corpus/`, which is run again at every start.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from calpulli_core.board.archive import ArchiveError, read_zip  # noqa: E402
from calpulli_core.verify.checking import examine, judge  # noqa: E402
from calpulli_core.verify.report import Report  # noqa: E402
from tests.core.verify.cases import MANIFEST, SIGNATURE, row  # noqa: E402
from tests.core.verify.factory import finish, key, resealed, signature  # noqa: E402
from tests.core.verify.primitives import Files, line, zipped  # noqa: E402

CORPUS = Path(__file__).parent / "corpus"
PARENTS = 200
TOKENS = [b'"', b"\n", b",", b"{", b"}", b"[", b"]", b"\\", b"null", b"true", b"-0", b"1e9", b"\xff", b"\x00"]
TOKENS += [b"PK\x05\x06", b"PK\x01\x02"]
VALUES: list[Any] = [None, True, 0, -1, 2**53 - 1, "", "0" * 64, "f" * 64, "2023", "2999-12-31", [], {}, [[[]]], "\n", "\u202e"]

# What a mutation gives: its kind, the bytes of a zip, and whether only its maker's own bundles may pass.
Input = tuple[str, bytes, bool]


class BrokenRuleError(Exception):
    """A rule that an input broke."""


class Fuzzer:
    """Parents, counts and one source of chance, so that a seed repeats a run."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        whole = row()
        self.signers = {"first": key(1), "second": key(2), "erratum": key(2)}
        self.honest: dict[str, Files] = {name: getattr(whole, name) for name in self.signers}
        self.parents = [pack(files) for files in self.honest.values()]
        self.seen: set[frozenset[tuple[str, str | None]]] = set()
        self.counts: Counter[str] = Counter()

    def step(self) -> None:
        """One input, judged."""
        make = self.chance.choice([self.of_file, self.of_zip, self.of_listing, self.of_value, self.of_manifest, self.of_bytes])
        kind, data, strict = make()
        self.counts[kind] += 1
        try:
            self.judge(data, strict=strict)
        except Exception as error:
            raise BrokenRuleError(self.keep(kind, data, error)) from error

    def judge(self, data: bytes, *, strict: bool) -> None:
        """Raises whatever the verifier raises, and BrokenRuleError for a verdict that must not be."""
        try:
            files = read_zip(data)
        except ArchiveError:
            self.counts["unreadable"] += 1
            return
        report = self.verdict(files)
        if report.ok and strict and files not in self.honest.values():
            raise BrokenRuleError("íntegro, y no es lo que se firmó")
        self.counts["íntegro" if report.ok else "alterado"] += 1
        novelty = frozenset((fault.code, fault.file) for fault in report.faults)
        # A whole bundle is no parent: what a maker signed again would pass as rightly as the first three.
        if not report.ok and novelty not in self.seen and len(self.parents) < PARENTS:
            self.seen.add(novelty)
            self.parents.append(data)

    def verdict(self, files: Files) -> Report:
        """In every way that a verdict is asked for and told."""
        old = self.chance.choice([None, None, examine(self.honest["first"])])
        trusted = self.chance.choice([None, None, "0" * 64])
        alone = examine(files)
        report = judge(alone, key=trusted, old=old)
        report.as_text().encode()
        json.loads(report.as_json())
        if report.ok and trusted:
            raise BrokenRuleError("íntegro con una llave que nadie tiene")
        return judge(alone, key=None, old=None)

    def keep(self, kind: str, data: bytes, error: Exception) -> str:
        """Writes the input to the corpus and says where."""
        CORPUS.mkdir(exist_ok=True)
        target = CORPUS / f"{kind}-{sha256(data).hexdigest()[:12]}.zip"
        target.write_bytes(data)
        return f"{type(error).__name__}: {error}; la entrada quedó en {target}"

    # Ways to make an input.

    def of_file(self) -> Input:
        """Some bytes of one file changed."""
        files = dict(self.parent())
        path = self.chance.choice(sorted(files)) if files else "x"
        files[path] = self.bent(files.get(path, b""))
        return "file", pack(files), True

    def of_zip(self) -> Input:
        """Some bytes of the zip changed."""
        return "zip", self.bent(self.chance.choice(self.parents)), True

    def of_bytes(self) -> Input:
        """Two zips joined somewhere."""
        one, other = (self.chance.choice(self.parents) for _ in range(2))
        return "splice", one[: self.chance.randrange(len(one))] + other[self.chance.randrange(len(other)) :], True

    def of_listing(self) -> Input:
        """Files lost, added, swapped, renamed, repeated."""
        entries = list(self.parent().items())
        for _ in range(self.chance.randint(1, 3)):
            act = self.chance.randrange(4)
            if act == 0 and entries:
                entries.pop(self.chance.randrange(len(entries)))
            elif act == 1:
                entries.append((self.chance.choice(["data/x", "a.b", "manifest.json", "data/keys.jsonl"]), b"{}\n"))
            elif act == 2 and len(entries) > 1:
                (i, one), (j, other) = self.chance.sample(list(enumerate(entries)), 2)
                entries[i], entries[j] = (one[0], other[1]), (other[0], one[1])
            else:
                self.chance.shuffle(entries)
        return "listing", zipped(entries), True

    def of_value(self) -> Input:
        """A value or some bytes of a file changed, and everything above made to agree and signed again."""
        name = self.chance.choice(sorted(self.honest))
        files, signer = self.honest[name], self.signers[name]
        path = self.chance.choice([path for path in sorted(files) if path.startswith("data/")])
        changed = self.odd_lines(files[path]) if path.endswith(("json", "jsonl")) else self.bent(files[path])
        seal: Callable[..., Files] = self.chance.choice([resealed, self.unattested])
        try:
            return "signed", pack(seal(files, {path: changed}, signer)), False
        except (TypeError, LookupError, ValueError, AttributeError):
            return "signed-bytes", pack({**files, path: changed}), True  # the maker itself needs values of some shape

    def of_manifest(self) -> Input:
        """A value of the manifest changed, and signed again."""
        name = self.chance.choice(sorted(self.honest))
        files = self.honest[name]
        manifest = self.odd_lines(files[MANIFEST])
        made = {**files, MANIFEST: manifest, SIGNATURE: signature(manifest, self.signers[name])}
        return "signed-manifest", pack(made), False

    @staticmethod
    def unattested(files: Files, changes: Files, signer: Any) -> Files:
        """As an insider who forgets the ledger."""
        return finish({**files, **changes}, json.loads(files[MANIFEST]), signer)

    def parent(self) -> Files:
        """The files of some earlier input that could be read."""
        return read_zip(self.chance.choice(self.parents))

    def bent(self, data: bytes) -> bytes:
        """One to four small damages."""
        made = bytearray(data)
        for _ in range(self.chance.randint(1, 4)):
            place = self.chance.randrange(len(made) + 1)
            act = self.chance.randrange(5)
            if act == 0 and place < len(made):
                made[place] ^= self.chance.choice([0x01, 0x20, 0x80, 0xFF])
            elif act == 1:
                made[place:place] = self.chance.choice(TOKENS) * self.chance.choice([1, 1, 70])
            elif act == 2:
                del made[place : place + self.chance.choice([1, 2, 100])]
            elif act == 3:
                made[place:place] = made[self.chance.randrange(len(made) + 1) :][:200]
            else:
                made[place : place + 1] = bytes([self.chance.randrange(256)])
        return bytes(made)

    def odd_lines(self, data: bytes) -> bytes:
        """One line of JSON with one value replaced, or the lines moved about."""
        lines = data.splitlines(keepends=True)
        if not lines:
            return self.bent(data)
        if self.chance.random() < 0.2:
            return b"".join(self.chance.choices(lines, k=self.chance.randint(0, len(lines) + 1)))
        number = self.chance.randrange(len(lines))
        lines[number] = line(self.odd(json.loads(lines[number])))
        return b"".join(lines)

    def odd(self, value: Any) -> Any:
        """`value` with something inside of it replaced, taken away or added."""
        if isinstance(value, dict) and value and self.chance.random() < 0.9:
            name = self.chance.choice(sorted(value))
            if self.chance.random() < 0.05:
                return {item: value[item] for item in value if item != name}
            return {**value, name: self.odd(value[name])}
        if isinstance(value, list) and value and self.chance.random() < 0.9:
            place = self.chance.randrange(len(value))
            return [*value[:place], self.odd(value[place]), *value[place + self.chance.choice([0, 1, 1]) :]]
        return self.chance.choice(VALUES)


def pack(files: Files) -> bytes:
    return zipped(sorted(files.items()))


def replay(fuzzer: Fuzzer) -> int:
    """Every kept input once more."""
    kept = sorted(CORPUS.glob("*.zip"))
    for path in kept:
        fuzzer.judge(path.read_bytes(), strict=not path.name.startswith("signed"))
    return len(kept)


def main() -> int:
    parser = argparse.ArgumentParser(description="Paquetes alterados al azar contra el verificador.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(2**32)
    fuzzer = Fuzzer(seed)
    print(f"semilla {seed}; {replay(fuzzer)} entradas guardadas, sin falla", flush=True)
    ends_at = time.monotonic() + asked.seconds
    while time.monotonic() < ends_at:
        try:
            fuzzer.step()
        except BrokenRuleError as error:
            print(f"FALLA con la semilla {seed}: {error}")
            return 1
    print(f"{len(fuzzer.seen)} veredictos distintos; {dict(fuzzer.counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
