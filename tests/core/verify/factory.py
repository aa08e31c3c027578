"""Bundles made by hand from docs/spec/bundle.md: the measure by which the verifier and the builder are judged.

Nothing of `calpulli_core` is used here; PyNaCl signs. An `Installation` closes one bundle after another.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from nacl.signing import SigningKey

from tests.core.verify.invented import GROUPS, LATER, NAMES, PARTICIPANTS, PROGRAMME, RULES
from tests.core.verify.primitives import Files, canonical, csv, cut, leaf, line, lines, sha256, tree

SPEC, SPEC_2 = "calpulli-bundle/1", "calpulli-bundle/2"
ZEROS = "0" * 64
SEALED = {
    "data/record.json",
    "data/record.csv",
    "data/objectives.csv",
    "data/lines.csv",
    "data/swot.csv",
    "data/rules.jsonl",
    "data/differences.jsonl",
    "data/activities.csv",
    "data/goals.csv",
    "data/reports.csv",
    "data/money.csv",
    "data/measures.jsonl",
    "data/indicators.jsonl",
    "data/heads.jsonl",
}


def key(number: int) -> SigningKey:
    return SigningKey(bytes([number]) * 32)


def public(signer: SigningKey) -> str:
    return bytes(signer.verify_key).hex()


def fingerprint(signer: SigningKey) -> str:
    return sha256(bytes(signer.verify_key))


def sign(signer: SigningKey, label: bytes, data: bytes) -> str:
    return signer.sign(label + b"\n" + data).signature.hex()


def bounds(period: str) -> tuple[date, date]:
    year = int(period[:4])
    if len(period) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, 3 * int(period[-1]) - 2, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


def dmy(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def column_values(programme: dict[str, Any], period: str, updated: str, validated: str) -> list[str]:
    first, last = bounds(period)
    diagnosis = [
        [programme["swot_headings"][name], *(f"{n}. {text}" for n, text in enumerate(programme["swot"][name], 1))]
        for name, _ in GROUPS
    ]
    return [
        period[:4],
        dmy(first),
        dmy(last),
        "",
        "",
        programme["mission"],
        programme["vision"],
        "\n\n".join("\n".join(group) for group in diagnosis),
        "\n".join(f"{o['number']}. {o['text']}" for o in programme["objectives"]),
        "\n".join(f"{n['number']} {n['text']}" for o in programme["objectives"] for n in o["lines"]),
        programme["note"],
        programme["responsible_area"],
        updated,
        validated,
        "",
    ]


def sealed_contents(plan: str, period: str, programme: dict[str, Any], participants: str | None = None) -> Files:
    """The record, its tables and the rules: every sealed file but the differences. With `participants`, in the later format."""
    last = bounds(period)[1]
    values = column_values(programme, period, dmy(last), dmy(last + timedelta(days=25)))
    names, version = [*NAMES], "121-XXII-b/1"
    if participants is not None:
        names, values, version = [*NAMES, PARTICIPANTS], [*values, participants], LATER
    columns = [
        {"mark": None if value else "sin dato en la fuente", "name": names[n], "number": n + 1, "value": value}
        for n, value in enumerate(values)
    ]
    record = {"columns": columns, "format": version, "period": period, "plan": plan, "programme": programme}
    return {"data/record.json": line(record), "data/record.csv": csv([names, values]), **tables(programme)}


def tables(programme: dict[str, Any]) -> Files:
    objectives = [[f"objetivo-{o['number']}", str(o["number"]), o["text"]] for o in programme["objectives"]]
    actions = [
        [f"linea-{n['number']}", str(o["number"]), n["number"], n["text"]] for o in programme["objectives"] for n in o["lines"]
    ]
    swot = [[f"{word}-{n}", name, str(n), text] for name, word in GROUPS for n, text in enumerate(programme["swot"][name], 1)]
    return {
        "data/objectives.csv": csv([["identifier", "number", "text"], *objectives]),
        "data/lines.csv": csv([["identifier", "objective", "number", "text"], *actions]),
        "data/swot.csv": csv([["identifier", "group", "number", "text"], *swot]),
        "data/rules.jsonl": lines(RULES),
    }


def digested(fact: dict[str, Any]) -> dict[str, Any]:
    body = {name: value for name, value in fact.items() if name != "digest"}
    return {**body, "digest": sha256(b"calpulli-fact-v1\n" + canonical(body))}


def relinked(facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same facts with digests and links made anew, from the first's `previous` on."""
    made: list[dict[str, Any]] = []
    for fact in facts:
        made.append(digested({**fact, "previous": made[-1]["digest"]} if made else fact))
    return made


def parsed(data: bytes) -> list[dict[str, Any]]:
    """The lines of a canonical lines file; of one that was broken on purpose, none."""
    try:
        return [json.loads(part) for part in data.decode().split("\n")[:-1]]
    except ValueError:
        return []


def entry(path: str, data: bytes) -> dict[str, Any]:
    records = cut(path, data)
    return {
        "bytes": len(data),
        "path": path,
        "records": None if records is None else len(records),
        "records_root": None if records is None else tree(records).hex(),
        "sealed": path in SEALED,
        "sha256": sha256(data),
    }


def first_cell(text: str) -> str:
    """What stands between the first quote and the next single one."""
    cell, place = "", 1
    while text[place : place + 1] not in ("", '"') or text[place : place + 2] == '""':
        cell += text[place]
        place += 2 if text[place] == '"' else 1
    return cell


def record_name(path: str, number: int, data: bytes) -> str:
    if path.endswith(".csv"):
        return "encabezado" if number == 0 else first_cell(data.decode(errors="replace"))
    names = {"facts": "sequence", "bundles": "number", "keys": "fingerprint", "rules": "key", "differences": "name"}
    names |= {"measures": "measure", "indicators": "key", "heads": "chain"}
    try:
        return str(json.loads(data)[names[path[5:-6]]])
    except (ValueError, TypeError, KeyError):
        return "?"  # a line that was broken on purpose has no name


def leaves(files: Files) -> bytes:
    return lines(
        {"key": record_name(path, n, data), "path": path, "record": n, "sha256": leaf(data).hex()}
        for path in sorted(files)
        for n, data in enumerate(cut(path, files[path]) or [])
    )


def root(entries: Sequence[dict[str, Any]]) -> str:
    return tree([canonical(item) for item in entries]).hex()


def content_root(files: Files) -> str:
    return root([entry(path, files[path]) for path in sorted(SEALED & files.keys())])


def signature(manifest: bytes, signer: SigningKey) -> bytes:
    return line(
        {
            "algorithm": "Ed25519",
            "fingerprint": fingerprint(signer),
            "public_key": public(signer),
            "signature": sign(signer, b"calpulli-bundle-v1", manifest),
            "signed": "manifest.json",
            "signed_sha256": sha256(manifest),
            "spec": SPEC,
        }
    )


def attest(files: Files) -> None:
    """Makes the sealing fact say the content root of these files, and links the facts anew."""
    facts = parsed(files["data/facts.jsonl"])
    for fact in facts:
        if fact["name"].endswith("_sealed"):
            fact["details"]["content_root"] = content_root(files)
    files["data/facts.jsonl"] = lines(relinked(facts))


def finish(
    files: Files,
    manifest: dict[str, Any],
    signer: SigningKey,
    *,
    edit: Callable[[dict[str, Any]], None] | None = None,
) -> Files:
    """Leaves, manifest and signature over the given contents; `edit` changes the manifest before it is signed."""
    done = {path: data for path, data in files.items() if path not in ("manifest.json", "signature.json")}
    done["leaves.jsonl"] = leaves({path: data for path, data in done.items() if path != "leaves.jsonl"})
    entries = [entry(path, done[path]) for path in sorted(done)]
    facts = parsed(done["data/facts.jsonl"])
    told = {
        **manifest,
        "content_root": content_root(done),
        "files": entries,
        "key": {"algorithm": "Ed25519", "fingerprint": fingerprint(signer)},
        "root": root(entries),
    }
    if facts and isinstance(facts[-1], dict) and "sequence" in facts[-1]:
        told["ledger"] = {name: facts[-1][name] for name in ("chain", "digest", "sequence")}
    if edit:
        edit(told)
    done["manifest.json"] = line(told)
    done["signature.json"] = signature(done["manifest.json"], signer)
    return done


def resealed(
    files: Files,
    changes: Files,
    signer: SigningKey,
    *,
    attested: bool = True,
    edit: Callable[[dict[str, Any]], None] | None = None,
) -> Files:
    """What an insider with the key can do: other contents, and everything above them made to agree."""
    mixed = {**files, **changes}
    if attested:
        attest(mixed)
    return finish(mixed, json.loads(files["manifest.json"]), signer, edit=edit)


@dataclass
class Installation:
    """Closes bundles in a row; `past`, `keys` and `head` are what the next one is chained to."""

    plan: str = "demo-2023"
    institute: str = "demo"
    programme: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(PROGRAMME))
    signer: SigningKey = field(default_factory=lambda: key(1))
    past: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=lambda: {"chain": "planning", "digest": ZEROS, "sequence": 0})
    last: Files = field(default_factory=dict)
    sealed_on: date = date.min

    def __post_init__(self) -> None:
        self._append_key(None)

    def _append_key(self, endorsement: str | None) -> None:
        self.keys.append(
            {
                "endorsement": endorsement,
                "fingerprint": fingerprint(self.signer),
                "number": len(self.keys) + 1,
                "public_key": public(self.signer),
            }
        )

    def rotate(self, signer: SigningKey, *, endorsed: bool = True) -> None:
        statement = {"number": len(self.keys) + 1, "previous": fingerprint(self.signer), "public_key": public(signer)}
        endorsement = sign(self.signer, b"calpulli-key-v1", canonical(statement)) if endorsed else None
        self.signer = signer
        self._append_key(endorsement)

    def _facts(self, period: str, edition: int, root_of_contents: str) -> list[dict[str, Any]]:
        name = "planning.quarter_sealed" if edition == 1 else "planning.erratum_sealed"
        details = {"content_root": root_of_contents, "edition": edition, "period": period, "plan": self.plan}
        told: list[tuple[str, str | None, dict[str, Any]]] = [
            ("planning.edition_submitted", "autora", {"edition": edition, "period": period, "plan": self.plan}),
            (name, "revisor", details),
            ("planning.quarter_published", None, {"period": period}),
        ]
        base = {"at": f"{self.sealed_on}T18:00:00Z", "chain": self.head["chain"], "previous": self.head["digest"]}
        facts = []
        for step, (fact, actor, about) in enumerate(told, 1):
            rows = [["planning_quarter", f"{self.plan}/{period}", sha256(fact.encode())], ["planning_lock", "1", None]]
            here = {"actor": actor, "details": about, "name": fact, "rows": rows, "sequence": self.head["sequence"] + step}
            facts.append({**base, **here})
        return relinked(facts)

    def _manifest(self, period: str, edition: int, replaced: str | None) -> dict[str, Any]:
        rule = "record.annual" if len(period) == 4 else "record.quarterly"
        days = next(item["value"] for item in RULES if item["key"] == rule)
        before = self.past[-1] if self.past else None
        reason = "Se corrigió la nota." if replaced else None
        return {
            "deadline": {"due_on": (bounds(period)[1] + timedelta(days=days)).isoformat(), "rule": rule},
            "edition": {"number": edition, "reason": reason, "replaces": replaced},
            "installation": {"demonstration": True, "institute": self.institute, "notice": "sitio de demostración"},
            "number": len(self.past) + 1,
            "period": period,
            "plan": self.plan,
            "previous": before and {name: before[name] for name in ("manifest_sha256", "number")},
            "seal": {"notice": None, "published_on": str(self.sealed_on + timedelta(days=1)), "sealed_on": str(self.sealed_on)},
            "spec": SPEC,
        }

    def close(
        self,
        period: str,
        *,
        note: str = "",
        participants: str | None = None,
        year: Files | None = None,
        descriptor: bytes = b'{"name": "paquete"}\n',
        readme: bytes = b"LEEME\n",
    ) -> Files:
        """Seals `period`; once more for the same period makes an erratum whose column 15 is `note`. With `year`, of version 2."""
        earlier = [item for item in self.past if (item["plan"], item["period"]) == (self.plan, period)]
        files = sealed_contents(self.plan, period, self.programme, participants)
        if earlier:
            files.update(self._erratum(files["data/record.json"], note))
        files |= year or {}
        files |= {
            "LEEME.txt": readme,
            "datapackage.json": descriptor,
            "data/record.pdf": b"%PDF-1.7\n\xff\x00 de prueba\n",
            "data/record.xlsx": b"PK\x05\x06" + bytes(18),
            "data/bundles.jsonl": lines(self.past),
            "data/keys.jsonl": lines(self.keys),
        }
        edition = len(earlier) + 1
        self.sealed_on = max(bounds(period)[1] + timedelta(days=40), self.sealed_on)
        files["data/facts.jsonl"] = lines(self._facts(period, edition, content_root(files)))
        told = self._manifest(period, edition, earlier[-1]["manifest_sha256"] if earlier else None)
        self.last = finish(files, told | ({"spec": SPEC_2} if year else {}), self.signer)
        self._remember()
        return dict(self.last)

    def _erratum(self, record: bytes, note: str) -> Files:
        told = json.loads(record)
        column = told["columns"][14]
        before = column["value"]
        column.update(mark=None if note else "no reportado", value=note)
        difference = {"after": note, "before": before, "name": NAMES[14], "number": 15}
        rows = [[item[key] for item in told["columns"]] for key in ("name", "value")]
        return {
            "data/record.json": line(told),
            "data/record.csv": csv(rows),
            "data/differences.jsonl": lines([difference] if note != before else []),
        }

    def _remember(self) -> None:
        manifest = json.loads(self.last["manifest.json"])
        self.head = manifest["ledger"]
        self.past.append(
            {
                "edition": manifest["edition"]["number"],
                "ledger": manifest["ledger"],
                "manifest_sha256": sha256(self.last["manifest.json"]),
                "number": manifest["number"],
                "period": manifest["period"],
                "plan": manifest["plan"],
            }
        )
