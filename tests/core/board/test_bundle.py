"""The builder against the bundles made by hand from the specification."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from hashlib import sha256
from typing import Any

import pytest
from nacl.signing import SigningKey

from calpulli_core.board import bundle, layout
from calpulli_core.verify import check_files
from tests.core.verify import factory
from tests.core.verify.cases import row
from tests.core.verify.primitives import Files

MADE = {"first": 1, "second": 2, "year": 2, "erratum": 2}


def contents_of(files: Files, signer: SigningKey) -> bundle.Contents:
    """What a builder would have been told, read back from a bundle made by hand."""
    told = json.loads(files["manifest.json"])
    days = {name: dt.date.fromisoformat(told["seal"][name]) for name in ("sealed_on", "published_on")}
    return bundle.Contents(
        plan=told["plan"],
        period=told["period"],
        number=told["number"],
        edition=bundle.Edition(**told["edition"]),
        previous=bundle.Previous(**told["previous"]) if told["previous"] else None,
        deadline=bundle.Deadline(due_on=dt.date.fromisoformat(told["deadline"]["due_on"]), rule=told["deadline"]["rule"]),
        installation=bundle.Installation(**told["installation"]),
        ledger=bundle.Head(**told["ledger"]),
        seal=bundle.Seal(**days, notice=told["seal"]["notice"]),
        public_key=bytes(signer.verify_key),
        sealed={path: data for path, data in files.items() if path in factory.SEALED},
        others={path: files[path] for path in files if path.startswith("data/") and path not in factory.SEALED},
    )


def signed(contents: bundle.Contents, signer: SigningKey) -> dict[str, bytes]:
    return bundle.sign_bundle(
        bundle.build(contents), public_key=contents.public_key, sign=lambda message: signer.sign(message).signature
    )


@pytest.fixture(params=MADE)
def pair(request: pytest.FixtureRequest) -> tuple[Files, SigningKey]:
    return getattr(row(), request.param), factory.key(MADE[request.param])


def test_byte_for_byte_as_by_hand(pair: tuple[Files, SigningKey]) -> None:
    """Only the two files for other programs and for people are taken from the builder."""
    files, signer = pair
    built = signed(contents_of(files, signer), signer)
    own = {name: built[name] for name in ("datapackage.json", "LEEME.txt")}
    assert built == factory.finish({**files, **own}, json.loads(files["manifest.json"]), signer)


def test_the_verifier_finds_it_whole(pair: tuple[Files, SigningKey]) -> None:
    files, signer = pair
    report = check_files(signed(contents_of(files, signer), signer), key=factory.fingerprint(signer))
    assert (report.ok, report.signature) == (True, "contrastada")


def test_content_root_is_that_of_the_sealed_files(pair: tuple[Files, SigningKey]) -> None:
    files, _ = pair
    told = json.loads(files["manifest.json"])["content_root"]
    assert bundle.content_root(files) == told
    assert bundle.content_root({path: data for path, data in files.items() if path in layout.SEALED}) == told


def test_the_zip_is_always_the_same_and_can_be_read_back(pair: tuple[Files, SigningKey]) -> None:
    files, signer = pair
    first, second = (bundle.write_zip(signed(contents_of(files, signer), signer)) for _ in range(2))
    assert first == second
    assert sorted(bundle.read_zip(first)) == sorted(files)


@pytest.mark.parametrize("path", ["data/record.csv", "data/facts.jsonl", "data/record.pdf"])
def test_refuses_a_bundle_with_a_file_missing(path: str) -> None:
    contents = contents_of(row().first, factory.key(1))
    field = "sealed" if path in factory.SEALED else "others"
    kept = {name: data for name, data in getattr(contents, field).items() if name != path}
    with pytest.raises(ValueError, match=path):
        bundle.build(dataclasses.replace(contents, **{field: kept}))


def test_refuses_differences_in_a_first_edition() -> None:
    contents = contents_of(row().first, factory.key(1))
    more = {**contents.sealed, layout.DIFFERENCES: b""}
    with pytest.raises(ValueError, match="differences"):
        bundle.build(dataclasses.replace(contents, sealed=more))


def test_refuses_a_record_without_a_name() -> None:
    contents = contents_of(row().first, factory.key(1))
    with pytest.raises(ValueError, match="renglón 1"):
        bundle.build(dataclasses.replace(contents, sealed={**contents.sealed, layout.SWOT: b'"a"\nb\n'}))


@pytest.mark.parametrize(("key", "signature"), [(31, 64), (32, 63)])
def test_refuses_a_key_or_signature_of_another_length(key: int, signature: int) -> None:
    with pytest.raises(ValueError, match="bytes"):
        bundle.signature_file(b"{}\n", bytes(key), bytes(signature))


def described() -> tuple[dict[str, bytes], dict[str, Any]]:
    files = bundle.build(contents_of(row().erratum, factory.key(2)))
    return files, json.loads(files["datapackage.json"])


def test_descriptor_tells_size_and_hash_of_each_file() -> None:
    files, told = described()
    paths = [item["path"] for item in told["resources"]]
    assert sorted(paths) == sorted(files.keys() - {"datapackage.json", "manifest.json"})
    for item in told["resources"]:
        data = files[item["path"]]
        assert (item["bytes"], item["hash"]) == (len(data), "sha256:" + sha256(data).hexdigest())
    names = [item["name"] for item in told["resources"]]
    assert len(set(names)) == len(names)


def test_descriptor_has_a_schema_for_each_table() -> None:
    files, told = described()
    tables = {item["path"]: item["schema"] for item in told["resources"] if item["format"] == "csv"}
    assert sorted(tables) == sorted(layout.TABLES)
    for path, schema in tables.items():
        header = files[path].decode().split("\n")[0]
        assert ",".join(f'"{field["name"]}"' for field in schema["fields"]) == header
    assert tables["data/swot.csv"]["primaryKey"] == ["identifier"]
    assert [field["type"] for field in tables["data/lines.csv"]["fields"]] == ["string", "integer", "string", "string"]
    dated = [field["name"] for field in tables["data/record.csv"]["fields"] if field["type"] == "date"]
    assert dated == [name for name in factory.NAMES if name.startswith("Fecha")]


def test_readme_names_every_file_and_the_key() -> None:
    files, _ = described()
    text = files["LEEME.txt"].decode()
    assert all(path in text for path in files)
    assert " ".join(factory.fingerprint(factory.key(2))[n : n + 4] for n in range(0, 64, 4)) in text
    assert "sitio de demostración" in text
    assert "differences" not in bundle.build(contents_of(row().first, factory.key(1)))["LEEME.txt"].decode()
