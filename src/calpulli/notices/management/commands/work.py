"""`calpulli work`: does what waits in the queue, and what is due every so often."""

from __future__ import annotations

import signal
import subprocess
import sys
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from calpulli.notices.jobs import worker


class Command(BaseCommand):
    """A worker, or several."""

    help = "Hace lo que espera en la cola (correo, avisos) y lo que toca cada cierto tiempo. Termina con Ctrl+C o SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many processes, or all that waits and no more."""
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="cuántos procesos trabajan a la vez (1)")
        parser.add_argument("--once", action="store_true", help="hace lo que esté pendiente y termina")

    def handle(self, *args: Any, processes: int, once: bool, **options: Any) -> None:
        """Works."""
        if once:
            self.stdout.write(f"Trabajos hechos: {worker.drain()}")
        elif processes > 1:
            _several(processes)
        else:
            worker.Loop().run()


def _several(count: int) -> None:
    """Processes of one worker each, which end with this one."""
    command = [sys.executable, "-P", "-m", "calpulli.site.cli", "work"]
    children = [subprocess.Popen(command) for _ in range(count)]

    def pass_on(number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    for child in children:
        child.wait()
