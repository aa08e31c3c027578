"""`calpulli mail`: what could not be sent, and trying it again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from calpulli.commons import institutes
from calpulli.commons.page_parts import instant
from calpulli.notices import outbox, queries
from calpulli.notices.jobs import queue


class Command(BaseCommand):
    """Lists what is stuck, or tries it again."""

    help = "Muestra el correo y los trabajos que no se han podido hacer, o los vuelve a intentar."
    requires_system_checks = institutes.CHECKED

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=("list", "retry"), help="list: lo que no ha salido; retry: intentarlo otra vez ahora")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Does it."""
        if what == "retry":
            self.stdout.write(f"Correos que se intentarán de nuevo: {outbox.retry()}")
            self.stdout.write(f"Trabajos que se intentarán de nuevo: {queue.retry()}")
            return
        self._list()

    def _list(self) -> None:
        """Without addresses nor subjects: a terminal keeps what it shows."""
        stuck, failed = queries.stuck_messages(), queue.failed()
        for message in stuck:
            then = "ya no se intenta" if message.state == message.State.DEAD else f"se intenta el {instant(message.due_at)}"
            told = f"{message.kind}, escrito el {instant(message.made_at)}, intentos: {message.tries}"
            self.stdout.write(f"correo {message.pk}: {told}, {message.trouble}; {then}")
        for job in failed:
            self.stdout.write(f"trabajo {job.pk}: {job.task_path}, del {instant(job.enqueued_at)}, {job.exception_class_path}")
        standing = queue.standing()
        self.stdout.write(
            f"{len(stuck)} correos y {len(failed)} trabajos sin hacer. En la cola: {standing.waiting}, "
            f"el más antiguo de hace {standing.oldest_s} s."
        )
