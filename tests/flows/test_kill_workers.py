"""Workers and the database killed while acts and mails flow: every mail of what was published is sent, and of nothing else.

A mail is handed over at least once. Where a kill came between the server's yes and our commit it is handed over again, under
the same Message-ID; that is all that SMTP allows, and the tests count it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.flows.client import Client
from tests.flows.demo import Demo, Stream, capturing, demonstration, publishing
from tests.flows.sink import Sink, sink

pytestmark = pytest.mark.slow
PLAN = "iecm-2023"
FOLLOWERS = [f"vecina{number}@ejemplo.mx" for number in range(12)]
PATIENCE_S = 120


@pytest.fixture(scope="module")
def server() -> Iterator[Sink]:
    with sink(slow_s=0.05) as kept:
        yield kept


@pytest.fixture(scope="module")
def demo(server: Sink) -> Iterator[Demo]:
    with demonstration(CALPULLI_MAIL_URL=f"smtp://127.0.0.1:{server.port}?tls=no") as made:
        with owner(made) as connection:
            for address in FOLLOWERS:
                follow(connection, address)
        yield made


def owner(demo: Demo) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(demo.database()[1], autocommit=True)


def follow(connection: psycopg.Connection[tuple[object, ...]], address: str) -> None:
    """As if its owner had asked and confirmed."""
    key = connection.execute(
        "INSERT INTO notices_mailbox (id, address) VALUES (gen_random_uuid(), %s) RETURNING id", [address]
    ).fetchone()
    assert key
    connection.execute(
        "INSERT INTO notices_subscription (id, mailbox_id, topic, asked_at, confirmed_at) "
        "VALUES (gen_random_uuid(), %s, %s, now(), now())",
        [key[0], f"planning.records:{PLAN}"],
    )


def start_worker(demo: Demo) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", "work"]
    log = (demo.state / "extra.log").open("ab")
    return subprocess.Popen(command, env=demo.environment(), stdout=log, stderr=log, start_new_session=True)


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def all_sent(demo: Demo) -> bool:
    """Nothing is due and no message waits."""
    with owner(demo) as connection:
        found = connection.execute(
            "SELECT (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'), "
            "(SELECT count(*) FROM notices_message WHERE state = 'waiting')"
        ).fetchone()
    return found == (0, 0)


def says_that_it_lives(demo: Demo, process: subprocess.Popen[bytes]) -> bool:
    """A worker writes its row, named by its process, once it listens to signals."""
    with owner(demo) as connection:
        return bool(connection.execute("SELECT 1 FROM notices_worker WHERE id LIKE %s", [f"{process.pid}-%"]).fetchall())


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until
        time.sleep(0.2)


def published(demo: Demo) -> set[tuple[str, int]]:
    """Period and edition of everything that is published and that the followers had to be told of."""
    with owner(demo) as connection:
        rows = connection.execute(
            "SELECT period.code, edition.number FROM planning_edition edition JOIN planning_period period "
            "ON period.id = edition.period_id "
            "WHERE edition.state = 'published' AND period.plan_id = %s AND period.code <> '2023-Q1'",
            [PLAN],
        ).fetchall()
    return {(str(code), int(str(number))) for code, number in rows}


def told(server: Sink) -> dict[tuple[str, str], Counter[str]]:
    """For each follower and period, how often each Message-ID came; what was mailed to staff aside."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for message in [one for one in server.taken if str(one["To"]) in FOLLOWERS]:
        address = re.search(r"/registros/iecm-2023/(\d{4}(?:-Q\d)?)", message.get_content())
        assert address, message
        found.setdefault((str(message["To"]), address[1]), Counter())[str(message["Message-ID"])] += 1
    return found


def check_told(demo: Demo, server: Sink) -> int:
    """Every follower was told once of everything that is published, and of nothing else; gives how many came twice."""
    counted = told(server)
    assert set(counted) == {(follower, code) for follower in FOLLOWERS for code, _ in published(demo)}
    assert [key for key, names in counted.items() if len(names) != 1] == [], "one message has one Message-ID"
    return sum(times - 1 for names in counted.values() for times in names.values())


def check_ledger(demo: Demo) -> None:
    done = demo.calpulli("ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Libro íntegro" in done.stdout


def test_workers_die_while_mail_flows(demo: Demo, server: Sink) -> None:
    stream = Stream()
    author = demo.client("area")
    draft = author.post("/mesa/abrir", plan=PLAN, period="2023-Q2")
    periods = ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3"]
    killed = 0

    def kill_workers(_: Stream) -> None:
        nonlocal killed
        while len(stream.published) < len(periods) or not all_sent(demo):
            process = start_worker(demo)
            time.sleep(2.5)
            kill(process)
            killed += 1

    stream.run(
        publishing(author, demo.client("revision"), periods),
        kill_workers,
        until=lambda: len(stream.published) >= len(periods) and killed > 0,
        then=lambda: None,
    )
    wait_for(lambda: all_sent(demo))
    assert {code for code, _ in published(demo)} >= set(periods)
    twice = check_told(demo, server)
    assert twice <= killed
    check_ledger(demo)
    assert draft
    print(f"{len(server.taken)} correos, {killed} procesos muertos, {twice} entregados otra vez")


def test_nothing_is_lost_between_the_commit_and_the_sending(demo: Demo, server: Sink) -> None:
    """No worker lives when it is published; the one that comes later tells of it."""
    pid = int(json.loads((demo.state / "worker.json").read_text())["pid"])
    os.killpg(pid, signal.SIGKILL)
    before = len(server.taken)
    stream = Stream()
    publishing(demo.client("area"), demo.client("revision"), ["2024-Q4"])(stream)
    time.sleep(2)
    assert (stream.published, len(server.taken)) == (["2024-Q4"], before)
    demo.up()
    wait_for(lambda: all_sent(demo) and len(server.taken) >= before + len(FOLLOWERS))
    check_told(demo, server)


def test_the_database_dies_while_mail_flows(demo: Demo, server: Sink) -> None:
    author, before = demo.client("area"), len(server.taken)
    edition = author.post("/mesa/abrir", plan=PLAN, period="2025-Q1")
    stream = Stream()
    stream.run(
        capturing(demo.client("area"), edition, "c"),
        publishing(author, demo.client("revision"), ["2025-Q2", "2025-Q3", "2025-Q4", "2023", "2024"]),
        until=lambda: len(stream.published) >= 2 and len(server.taken) > before,
        then=demo.kill_database,
    )
    demo.up()
    wait_for(lambda: all_sent(demo))
    assert {code for code, _ in published(demo)} >= set(stream.published)
    twice = check_told(demo, server)
    assert twice <= 2  # one in the hand of each worker
    check_ledger(demo)
    assert Client(demo.address).get("/")
    print(f"{len(server.taken) - before} correos, {twice} entregados otra vez por la muerte de la base")


def test_a_worker_that_is_asked_to_end_finishes_what_it_has_in_hand(demo: Demo) -> None:
    process = start_worker(demo)
    wait_for(lambda: says_that_it_lives(demo, process))
    process.terminate()
    assert process.wait(timeout=30) == 0
