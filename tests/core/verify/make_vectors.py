"""`python -m tests.core.verify.make_vectors FOLDER` writes every case as a zip, with the verdict that it must get.

The verdict follows from how the case was made. Another implementation of the bundle is judged by these; `calpulli_core`
has no part in them. `expected.json` is a list of `{"name", "bundle", "key", "hash", "after", "ok", "signature", "faults":
[{"code", "file", "record"}]}`; `bundle` and `after` are files of the folder, and the faults are a set.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.core.verify import cases_after, cases_columns, cases_contents, cases_files, cases_people, cases_trust, cases_year
from tests.core.verify.cases import Case, Fault


def all_cases() -> list[Case]:
    return [
        *cases_files.all_cases(),
        *cases_contents.all_cases(),
        *cases_trust.all_cases(),
        *cases_columns.unknown(),
        *cases_year.all_cases(),
        *cases_people.all_cases(),
        *cases_after.all_cases(),
    ]


def _order(fault: Fault) -> tuple[str, str, int]:
    return fault[0], fault[1] or "", -1 if fault[2] is None else fault[2]


def _stored(folder: Path, data: bytes) -> str:
    """One file for equal bytes, so that the folder stays small."""
    name = hashlib.sha256(data).hexdigest()[:16] + ".zip"
    (folder / name).write_bytes(data)
    return name


def expected(case: Case, folder: Path) -> dict[str, Any]:
    return {
        "name": case.name,
        "bundle": _stored(folder, case.bundle),
        "key": case.key,
        "hash": case.hash,
        "after": None if case.after is None else _stored(folder, case.after),
        "ok": not case.faults,
        "signature": case.signature,
        "faults": [dict(zip(("code", "file", "record"), item, strict=True)) for item in sorted(case.faults, key=_order)],
    }


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    verdicts = [expected(case, folder) for case in all_cases()]
    text = json.dumps(verdicts, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    return len(verdicts)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])), "casos")
