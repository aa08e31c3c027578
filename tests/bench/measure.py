"""What a measurement is, and how its cost is told: always CPU seconds, which a busy machine disturbs far less than time.

Every figure is a cost, so less is better. Where there is a peer, both sides run in turns within one run and the limit
is one of their ratio, which hardly depends on the machine; where there is none, the limit is one of our own figure.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import psutil

Stage = TypeVar("Stage")
# Does a batch of work and tells the CPU seconds that it took.
Batch = Callable[[], float]


class BrokenMeasure(Exception):  # noqa: N818 - it says what happened to the measurement
    """What was to be measured did not do its work, so its cost says nothing."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Cost of one unit, ours and the peer's (None without one); CPU seconds and units of our side in all rounds."""

    ours: float
    peer: float | None = None
    cpu_s: float
    n: int

    def __post_init__(self) -> None:
        if self.ours <= 0 or (self.peer is not None and self.peer <= 0):
            raise BrokenMeasure(f"un costo que no es mayor que cero no dice nada: {self.ours}, {self.peer}")

    @property
    def ratio(self) -> float | None:
        """How many times the peer's cost ours is."""
        return None if self.peer is None else self.ours / self.peer


@dataclass(frozen=True, kw_only=True)
class Measure(Generic[Stage]):
    """One line of the table. `limit` is one of the ratio if there is a peer, else of our figure; None only informs."""

    id: str
    what: str
    unit: str
    limit: float | None
    take: Callable[[Stage], Figures]


def compared(ours: Batch, peer: Batch | None = None, *, rounds: int, units: int = 1, scale: float = 1.0) -> Figures:
    """Medians over `rounds` of both sides; `units` of work are in a batch, `scale` turns seconds into the unit shown."""
    mine, *others = in_turns([ours, peer] if peer else [ours], rounds=rounds)
    costs = [statistics.median(taken) / units * scale for taken in (mine, *others)]
    return Figures(ours=costs[0], peer=costs[1] if others else None, cpu_s=sum(mine), n=units * rounds)


def in_turns(batches: Sequence[Batch], *, rounds: int) -> list[list[float]]:
    """The cost of each batch in each round. One round is thrown away first; who begins changes from round to round."""
    for batch in batches:
        batch()
    taken: list[list[float]] = [[] for _ in batches]
    for number in range(rounds):
        places = range(len(batches))
        for place in places if number % 2 == 0 else reversed(places):
            taken[place].append(batches[place]())
    return taken


def here(work: Callable[[], object], *, times: int = 1) -> Batch:
    """`work` in this process, `times` times, without the collector of garbage of others."""

    def batch() -> float:
        gc.collect()
        gc.disable()
        try:
            began = time.process_time()
            for _ in range(times):
                work()
            return time.process_time() - began
        finally:
            gc.enable()

    return batch


def command(words: Sequence[str], *, environment: Mapping[str, str], folder: Path, servers: Sequence[int] = ()) -> Batch:
    """A program as a whole, from its start to its end, with its children and what it made `servers` do.

    Raises BrokenMeasure when it does not exit with 0.
    """

    def batch() -> float:
        before = cpu_of(*servers)
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                words, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                said.seek(0)
                raise BrokenMeasure(f"{' '.join(words)}\n{said.read().decode(errors='replace')[-2000:]}")
        return usage.ru_utime + usage.ru_stime + cpu_of(*servers) - before

    return batch


def cpu_of(*servers: int) -> float:
    """CPU seconds so far of those processes and of all that they started, ended ones included."""
    return sum(_spent(process) for server in servers for process in _tree(server))


def _tree(pid: int) -> Iterator[psutil.Process]:
    root = psutil.Process(pid)
    yield root
    yield from root.children(recursive=True)


def _spent(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Asks the process to end when the block does."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
