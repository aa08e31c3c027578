"""Two people at the same moment: one does it, the other is told, and nobody waits for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db import connections

from calpulli.commons import clock
from calpulli.commons.act import Refused
from calpulli.ledger import queries as ledger
from calpulli.people.doors import actor_named
from calpulli.planning.actions import open_period, publish_edition, seal_edition, submit_edition, withdraw_edition
from calpulli.planning.inputs import CaptureEdition, OpenPeriod, PublishEdition, SealEdition, WithdrawEdition
from calpulli.planning.models import Edition
from calpulli.planning.queries import waiting
from calpulli_core.formats.captured import Captured


def together(*acts: Callable[[], object]) -> list[str]:
    """Runs the acts at once, each on its own connection; what became of each."""

    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refused:
            return f"refused: {refused}"
        finally:
            connections["default"].close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_a_withdrawal_and_a_seal_one_is_done(fresh_database: str) -> None:
    author, reviewer = actor_named("area"), actor_named("revision")
    edition = waiting("open")[0]
    captured = CaptureEdition(edition.id, Captured(updated_on=edition.span.ends_on))
    for _round in range(3):
        submit_edition(captured, by=author)
        withdraws = [lambda: withdraw_edition(WithdrawEdition(edition.id), by=author)] * 2
        seals = [lambda: seal_edition(SealEdition(edition.id, clock.today()), by=reviewer)] * 2
        found = together(*withdraws, *seals)
        assert found.count("done") == 1, found
        assert all("y el paso pide que esté «en revisión»" in one for one in found if one != "done")
        state = Edition.objects.get(pk=edition.id).state
        assert state == ("open" if "done" in found[:2] else "sealed")
        if state == "sealed":
            break
    assert list(ledger.check_ledger([])) == []


def test_a_period_is_opened_once(fresh_database: str) -> None:
    author = actor_named("area")
    code = f"{clock.today().year}-Q{(clock.today().month + 2) // 3}"

    def opens() -> object:
        return open_period(OpenPeriod("demo-2026", code), by=author)

    found = together(*[opens] * 4)
    assert sorted(found)[0] == "done"
    assert sum("ya está abierto" in one for one in found) == 3


def test_bundles_hold_whatever_the_order_of_seals_and_publications(server: Any, fresh_database: str, tmp_path: Path) -> None:
    """Two editions sealed one after the other and published the other way round, and then a third."""
    author, reviewer = actor_named("area"), actor_named("revision")
    sealed = []
    for code in ("2023-Q2", "2023-Q3", "2023-Q4"):
        edition = open_period(OpenPeriod("iecm-2023", code), by=author).result
        submit_edition(CaptureEdition(edition.pk, Captured(updated_on=edition.period.span.ends_on)), by=author)
        seal_edition(SealEdition(edition.pk, clock.today()), by=reviewer)
        sealed.append(edition)
    for edition in (sealed[1], sealed[0], sealed[2]):
        publish_edition(PublishEdition(edition.pk), by=author)
    for code in ("2023-Q1", "2023-Q3", "2023-Q2", "2023-Q4"):
        target = tmp_path / f"{code}.zip"
        words = ("--plan", "iecm-2023", "--quarter", code, "--output", str(target))
        assert server.run(fresh_database, "quarter", "export", *words).returncode == 0
        done = verify(target, "--after", str(tmp_path / "2023-Q1.zip"))
        assert done.returncode == 0, done.stdout
        assert "contrastada" in done.stdout


def verify(bundle: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "calpulli_core.verify", str(bundle), *words]
    return subprocess.run(command, text=True, capture_output=True, check=False)


def test_sealing_and_publishing_at_once_neither_block_nor_repeat(fresh_database: str) -> None:
    author, reviewer = actor_named("area"), actor_named("revision")
    edition = waiting("open")[0]
    captured = Captured(updated_on=edition.span.ends_on)
    submit_edition(CaptureEdition(edition.id, captured), by=author)
    seals = [lambda: seal_edition(SealEdition(edition.id, clock.today()), by=reviewer)] * 3
    publishes = [lambda: publish_edition(PublishEdition(edition.id), by=author)] * 3
    together(*seals, *publishes)
    found = together(*publishes) if Edition.objects.get(pk=edition.id).state == "sealed" else []
    done = Edition.objects.get(pk=edition.id)
    assert done.state == "published"
    assert found.count("done") <= 1
    names = [fact["name"] for fact in ledger.facts_after("planning", 0) if fact["details"].get("period") == edition.code]
    assert names.count("planning.quarter_sealed") == names.count("planning.quarter_published") == 1
    numbers = Edition.objects.filter(bundle_number__isnull=False).order_by("bundle_number")
    assert [one.bundle_number for one in numbers] == list(range(1, len(numbers) + 1))
    assert list(ledger.check_ledger([])) == []
