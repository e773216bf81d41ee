"""What happens here that other parts may want to hear of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatterDecided:
    """A matter became decided: approved by the body's last level, or recorded as decided elsewhere.

    `number` is empty where it was approved here and has none yet. Told again when a record was withdrawn and made anew:
    who listens asks `queries.is_decided` before writing.
    """

    kind: str
    subject: int
    organisation_id: int
    number: str
