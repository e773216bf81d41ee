"""A mail server of the tests: speaks SMTP on a port of its own, and does what a test tells it to."""

from __future__ import annotations

import email
import socketserver
import threading
from collections import defaultdict
from email.message import Message
from typing import Any


class PostOffice(socketserver.ThreadingTCPServer):
    """Takes mails, and keeps them in `taken`.

    `answers`: what it says to RCPT for an address. `cuts_after`: it takes the next so many mails and hangs up without
    a word. `closes_after`: it hangs up, as servers do, once a line has carried so many mails.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.taken: list[Message] = []
        self.answers: dict[str, str] = defaultdict(lambda: "250 ok")
        self.cuts_after = 0
        self.closes_after = 10**6
        self.port: int = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        """Go away."""
        self.shutdown()
        self.server_close()

    def to(self) -> list[str]:
        """The recipients of what was taken, in order."""
        return [str(mail["To"]) for mail in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self._say("220 post office")
        carried = 0
        while line := self.rfile.readline().decode().strip():
            command = line.split(" ", 1)[0].upper()
            if command == "DATA":
                self._say("354 go on")
                raw = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(email.message_from_bytes(raw))
                carried += 1
                if self.server.cuts_after:
                    self.server.cuts_after -= 1
                    return
                self._say("250 taken")
                if carried >= self.server.closes_after:
                    return
            elif command == "RCPT":
                self._say(self.server.answers[line.split("<")[1].split(">")[0]])
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def lead_to(settings: Any, office: PostOffice) -> None:
    """Let mails go to `office`."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
