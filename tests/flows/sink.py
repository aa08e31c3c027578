"""A mail server of the tests' own: takes what it is given, keeps it, and says when it was taken."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Sink:
    """What came, in order. `slow_s` is how long it takes over each message before it says that it has it."""

    port: int = 0
    slow_s: float = 0.0
    taken: list[EmailMessage] = field(default_factory=list)

    def take(self, content: bytes) -> None:
        """Keeps a message. What is kept was taken, also if whoever gave it does not live to hear so."""
        self.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        time.sleep(self.slow_s)


@contextmanager
def sink(*, slow_s: float = 0.0) -> Iterator[Sink]:
    """A server on loopback for as long as the block lasts."""
    kept = Sink(slow_s=slow_s)

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline(2000):
                self.answer(line.strip().upper())

        def answer(self, line: bytes) -> None:
            if line == b"DATA":
                self.say("354 go on")
                kept.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say("221 bye" if line == b"QUIT" else "250 sink")

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # whoever spoke was killed

    with Server(("127.0.0.1", 0), Conversation) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()
