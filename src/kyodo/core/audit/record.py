"""`@action`: a write is one function that says who and when, opens the transaction, and signs for itself at its end.

The outermost action owns the transaction. Entries are queued while it runs and chained as its last statement, with the
chain's lock taken last: whoever took it first and touched rows afterwards could deadlock with another who does the
opposite. An action called by another leaves its own entry, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from kyodo.core.access.actor import Actor
from kyodo.core.audit import chain

P = ParamSpec("P")
R = TypeVar("R")

# Every act passes here while others wait for the lock, so the statements are written out; both databases read them.
HEAD = "SELECT sequence, digest FROM audit_entry ORDER BY sequence DESC LIMIT 1"
ADD = """
    INSERT INTO audit_entry
      (sequence, text, digest, at, action, subject_kind, subject_id, organisation_id, actor_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
ADD_VALUES = 'INSERT INTO audit_entryvalues (entry_id, "values") VALUES (%s, %s)'
CHAIN_LOCK = 0x4B796F646F  # "Kyodo": the advisory lock that one writer at a time holds on PostgreSQL
# Whoever holds the lock lets all others wait, so PostgreSQL is asked as seldom as can be: two statements at a time,
# each with a snapshot of its own. The second therefore sees what the one who held the lock before has written.
LOCK_AND_HEAD = f"SELECT pg_advisory_xact_lock({CHAIN_LOCK}); {HEAD}"
ADD_BOTH = f"{ADD}; {ADD_VALUES}"


class NotSigned(Exception):
    """An action ended without its entry, or wanted to leave two."""


@dataclass(frozen=True, slots=True)
class ActionCard:
    """A registered action: its name, and the sentence in which people read it ({who}, {subject})."""

    name: str
    sentence: str
    function: Callable[..., Any]


ACTIONS: dict[str, ActionCard] = {}


@dataclass(slots=True)
class _Draft:
    """An entry before it has its place in the chain."""

    action: str
    by: Actor
    at: datetime
    subject_kind: str
    subject_id: int | None
    organisation_id: int | None
    values: dict[str, dict[str, Any]]


@dataclass(slots=True)
class _Running:
    """An action that is running, and the queue that it shares with those around it."""

    name: str
    by: Actor
    at: datetime
    queue: list[_Draft]
    signed: bool = field(default=False)
    result: Any = None


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)
_beside: ContextVar[Callable[[Any], None] | None] = ContextVar("written_beside_an_action", default=None)


def action(name: str, sentence: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: keyword-only `by` and `at`, one transaction, one entry.

    `sentence` is how people read the entry, with {who} and {subject}, marked for translation.
    """

    def make(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with _signing(name, by=kwargs["by"], at=kwargs["at"]) as running:  # type: ignore[arg-type]
                running.result = result = function(*args, **kwargs)
            return result

        if name in ACTIONS:
            raise ValueError(f"two actions are called {name}")
        ACTIONS[name] = ActionCard(name=name, sentence=sentence, function=run)
        return run

    return make


@contextmanager
def _signing(name: str, *, by: Actor, at: datetime) -> Iterator[_Running]:
    outer = _running.get()
    mine = _Running(name=name, by=by, at=at, queue=outer.queue if outer else [])
    token = _running.set(mine)
    try:
        with transaction.atomic(durable=outer is None):
            yield mine
            if not mine.signed:
                raise NotSigned(f"{name} left no entry")
            if outer is None:
                if (write := _beside.get()) is not None:
                    write(mine.result)
                _append(mine.queue)
    finally:
        _running.reset(token)


@contextmanager
def beside(write: Callable[[Any], None]) -> Iterator[None]:
    """Let `write(result)` run in the transaction of the action that is called inside: after it, before it is signed.

    For what has to be durable with an act and knows nothing of it, such as the answer that was given to a program.
    """
    token = _beside.set(write)
    try:
        yield
    finally:
        _beside.reset(token)


def record(
    *,
    kind: str,
    subject: int | None,
    label: str,
    organisation: int | None,
    changed: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> None:
    """Sign for the running action: once, anywhere in it.

    `kind` and `subject` say what was acted on, `label` how people call it, `organisation` for whom; `changed` maps
    fields to old and new values (JSON values). Names and values are kept beside the chain, where they can be erased.
    """
    running = _running.get()
    if running is None:
        raise NotSigned("record() outside of an action")
    if running.signed:
        raise NotSigned(f"{running.name} signs twice")
    running.signed = True
    values = {name: chain.sealed(old, new) for name, (old, new) in (changed or {}).items()}
    values["subject"] = chain.sealed(None, label)
    values["who"] = chain.sealed(None, running.by.label)
    if reason:
        values["reason"] = chain.sealed(None, reason)
    running.queue.append(
        _Draft(
            action=running.name,
            by=running.by,
            at=running.at,
            subject_kind=kind,
            subject_id=subject,
            organisation_id=organisation,
            values=values,
        )
    )


def head() -> tuple[int, str]:
    """Number of entries, and the digest of the last."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        return cursor.fetchone() or (0, chain.START)


def text_of_moment(moment: datetime) -> str:
    """A moment as the record writes it: UTC, microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _append(drafts: list[_Draft]) -> None:
    """Chain the queued entries behind the last one. Nothing else may happen in the transaction after this."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(LOCK_AND_HEAD if is_postgresql else HEAD)
        if is_postgresql:
            cursor.nextset()
        sequence, previous = cursor.fetchone() or (0, chain.START)
        for draft in drafts:
            sequence += 1
            text = chain.canonical(_content(draft, sequence=sequence, previous=previous))
            previous = chain.digest(text)
            at = connection.ops.adapt_datetimefield_value(draft.at)
            subject = (draft.subject_kind, draft.subject_id, draft.organisation_id)
            entry = [sequence, text, previous, at, draft.action, *subject, draft.by.user_id]
            values = [sequence, chain.canonical(draft.values)]
            if is_postgresql:
                cursor.execute(ADD_BOTH, [*entry, *values])
            else:
                cursor.execute(ADD, entry)
                cursor.execute(ADD_VALUES, values)


def _content(draft: _Draft, *, sequence: int, previous: str) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "previous": previous,
        "at": text_of_moment(draft.at),
        "action": draft.action,
        "actor": {
            "kind": draft.by.kind,
            "user": draft.by.user_id,
            "organisation": draft.by.office_id or draft.by.organisation_id,
            "duty": draft.by.duty_id,
            "entrance": draft.by.entrance,
            "on_behalf_of": draft.by.on_behalf_of,
        },
        "subject": {"kind": draft.subject_kind, "id": draft.subject_id},
        "for": draft.organisation_id,
        "fields": {name: chain.digest_of_value(value) for name, value in draft.values.items()},
    }
