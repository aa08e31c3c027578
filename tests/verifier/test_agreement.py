"""Two checkers written from one specification and never from each other: the same verdict on every case and on random damage."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from engine import Engine, Fault, check, faults
from mutations import Mutant, mutant, mutant_of_year

from calpulli_core.verify import check_files
from calpulli_core.verify.command import main
from tests.core.verify.cases import K1, row
from tests.core.verify.make_vectors import all_cases

BATCHES, YEAR_BATCHES, SIZE = 8, 6, 60


def python_report(folder: Path, item: Mutant) -> dict[str, Any]:
    """What `python -m calpulli_core.verify BUNDLE --json` prints."""
    (folder / "bundle.zip").write_bytes(item.bundle)
    call = [str(folder / "bundle.zip"), "--json"]
    if item.key is not None:
        call += ["--key", item.key]
    if item.after is not None:
        (folder / "after.zip").write_bytes(item.after)
        call += ["--after", str(folder / "after.zip")]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(call)
    report: dict[str, Any] = json.loads(printed.getvalue())
    assert code == (0 if report["ok"] else 1)
    return report


def verdict(report: dict[str, Any]) -> tuple[Any, ...]:
    """What the two must agree on: everything but the sentences."""
    names: dict[Fault, Any] = {(fault["code"], fault["file"], fault["record"]): fault["key"] for fault in report["faults"]}
    assert names.keys() == faults(report)
    ordered = sorted(names.items(), key=lambda item: [str(part) for part in item[0]])
    return report["ok"], report["signature"], report["bundle"], ordered


def test_the_same_verdict_on_every_case(page: Engine, tmp_path: Path) -> None:
    for case in all_cases():
        ours = check(page, case.bundle, key=case.key, after=case.after)
        theirs = python_report(tmp_path, Mutant(case.bundle, case.key, case.after))
        assert verdict(ours) == verdict(theirs), case.name


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_same_verdict_on_random_damage(page: Engine, tmp_path: Path, batch: int) -> None:
    codes = set()
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        item = mutant(seed)
        ours = check(page, item.bundle, key=item.key, after=item.after)
        assert verdict(ours) == verdict(python_report(tmp_path, item)), seed
        codes |= {code for code, _, _ in faults(ours)}
    assert len(codes) > 5, "the damage is too much alike to say anything"


@pytest.mark.parametrize("batch", range(YEAR_BATCHES))
def test_the_same_verdict_on_a_damaged_year(page: Engine, tmp_path: Path, batch: int) -> None:
    codes = set()
    for seed in range(batch * SIZE, (batch + 1) * SIZE):
        item = mutant_of_year(seed)
        ours = check(page, item.bundle, key=item.key, after=item.after)
        assert verdict(ours) == verdict(python_report(tmp_path, item)), seed
        codes |= {code for code, _, _ in faults(ours)}
    assert {"indicator", "record", "malformed"} <= codes


def test_both_take_the_hash_of_the_bundle(page: Engine) -> None:
    """The manifest's own hash contrasts the signature, any other is a fault; the page's one field takes it as well."""
    files = row().second
    own, other = hashlib.sha256(files["manifest.json"]).hexdigest(), "0" * 64
    for given, found, word in ((own, set(), "contrastada"), (other, {("hash", "manifest.json", None)}, "no contrastada")):
        report, theirs = check_files(files, print_of_bundle=given), check(page, files, hash=given)
        assert {(one.code, one.file, one.record) for one in report.faults} == faults(theirs) == found
        assert report.signature == theirs["signature"] == word
    assert check(page, files, print=own)["ok"]
    assert faults(check(page, files, print=other)) == {("key", "signature.json", None)}
    assert check(page, files, print=K1)["signature"] == "contrastada"
    [told] = check_files(files, key=own).faults
    assert "repita con --hash" in told.why


def test_a_receipt_that_the_bundle_brings_agrees_and_contrasts_nothing(page: Engine) -> None:
    """The digest of a fact, or the head that is signed: whoever kept a receipt is not told that the bundle is false."""
    files = row().second
    facts = [json.loads(line) for line in files["data/facts.jsonl"].splitlines()]
    head = json.loads(files["manifest.json"])["ledger"]["digest"]
    for given in (facts[0]["digest"], facts[-1]["digest"], head):
        report = check(page, files, print=given)
        assert (faults(report), report["signature"]) == (set(), "no contrastada")
    turned = facts[0]["digest"][:-1] + ("0" if facts[0]["digest"][-1] != "0" else "1")
    [told] = check(page, files, print=turned)["faults"]
    assert (told["code"], told["file"]) == ("key", "signature.json")
    assert "comprobante" in told["message"]


def test_a_receipt_saves_no_bundle_that_was_changed(page: Engine) -> None:
    files = row().second
    fact = json.loads(files["data/facts.jsonl"].splitlines()[0])
    changed = {**files, "data/swot.csv": files["data/swot.csv"].replace(b"Reforma", b"reforma", 1)}
    assert {code for code, _, _ in faults(check(page, changed, print=fact["digest"]))} == {"changed"}
