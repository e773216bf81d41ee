"""How rows are found: by the rule's name, its article, the ordinance, what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kyodo.core.access.actor import Actor
from kyodo.core.search.registry import Found
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.permissions import Permission
from kyodo.core.statutes.rules import CLASS_WORDS, BodyClass
from kyodo.core.statutes.rules.catalogue import kind_name, rule_label

READERS = frozenset({"region"})


def documents(numbers: Sequence[int] | None) -> Iterator[Found]:
    """Standing rows of some numbers, or all of them, the oldest first."""
    rows = Statute.objects.standing().select_related("organisation").order_by("written_at", "id")
    for row in (rows if numbers is None else rows.filter(pk__in=numbers)).iterator(chunk_size=500):
        body_class = CLASS_WORDS[BodyClass(row.body_class)] if row.body_class else ""
        title = " ".join(part for part in (rule_label(row.rule), kind_name(row.rule, row.kind), body_class) if part)
        yield Found(
            subject_id=row.pk,
            title=title,
            body="\n".join(part for part in (row.law, row.number, row.article, row.text) if part),
            organisation=row.organisation.name if row.organisation else "",
            at=row.written_at,
            readers=READERS,
        )


def keys(actor: Actor) -> frozenset[str]:
    """The key of those who may read."""
    return READERS if actor.may(Permission.READ) else frozenset()


def address(number: int, actor: Actor) -> str:
    """The row's page."""
    return address_of(number)


def address_of(number: int) -> str:
    """Where a row is shown: its own address leads to its rule's page."""
    return f"/statutes/rows/{number}/"
