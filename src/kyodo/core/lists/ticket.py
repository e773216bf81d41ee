"""What a list's page sends along with its form for saving: which list, where, and what it is filtered by.

It is signed, so that the form's target need not know every list of every module: only what the page wrote there, which
are the list's own filters and columns and nothing else of the address, comes back.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

SALT = "kyodo.core.lists.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A list's name, the path of its page, and the query that filters and sorts it."""

    listing: str
    path: str
    query: str

    def written(self) -> str:
        """The ticket as the value of a hidden field."""
        return signing.dumps([self.listing, self.path, self.query], salt=SALT)


def read(text: str) -> Ticket | None:
    """The ticket that a form brought back; None for what no page of ours wrote."""
    try:
        return Ticket(*signing.loads(text, salt=SALT))
    except signing.BadSignature:
        return None
