"""Reads what a mail server sends back when a mail can't be delivered (RFC 3464). Pure, and trusts nothing in it.

Whoever knows the random Message-ID of a mail has seen that mail; a report without one of ours is none for us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

LARGEST = 5 * 1024 * 1024
TOKEN = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]{1,255}>")


class NotAReport(ValueError):
    """What was given is no delivery report; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a server says became of a mail. `is_final`: it will not be delivered."""

    token: UUID
    is_final: bool
    said: str


def read(raw: bytes) -> Report:
    """The report in a mail as a pipe hands it over. Raises NotAReport."""
    if len(raw) > LARGEST:
        raise NotAReport(f"{len(raw)} bytes: at most {LARGEST}")
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = list(mail.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise NotAReport("no part message/delivery-status: a delivery report (RFC 3464)")
    token = _token(parts)
    if token is None:
        raise NotAReport("no Message-ID of ours in it: the report with the headers of the mail that came back")
    fields = _of_recipient(status)
    action = fields.get("action", "").lower()
    code = fields.get("status", "")
    # Whatever the status: also a mailbox that took nothing for days (4.x.x) has to be looked after.
    is_final = action == "failed"
    said = fields.get("diagnostic-code", "") or f"{action} {code}"
    return Report(token, is_final, " ".join("".join(s if s.isprintable() else " " for s in said).split())[:300])


def _of_recipient(status: Message) -> dict[str, str]:
    """The fields about the first recipient: each of our mails has one."""
    blocks = status.get_payload()
    if not isinstance(blocks, list):
        return {}
    for block in blocks:
        if isinstance(block, Message) and block.get("Action"):
            return {name.lower(): str(value).strip() for name, value in block.items()}
    return {}


def _token(parts: list[Message]) -> UUID | None:
    """The token of the mail that came back: in its own headers, whole or as text."""
    for part in parts[1:]:
        texts = [str(part.get("Message-ID", ""))]
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            texts.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
        for text in texts:
            if found := TOKEN.search(text):
                return UUID(found[1])
    return None
