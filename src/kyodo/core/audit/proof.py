"""Proves the live record or an exported one; exports it. The arithmetic is in `chain.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kyodo.core.audit.chain import Link, Verdict, verify
from kyodo.core.audit.models import Entry
from kyodo.core.audit.record import text_of_moment
from kyodo.engines.words import _

FAULTS = {
    "missing": _("この番号の記録が無いか、順番が変わっています。"),
    "text": _("記録の本文が、ハッシュ値と合いません（本文が書き換えられています）。"),
    "chain": _("前の記録のハッシュ値と合いません（連鎖が切れています）。"),
    "columns": _("一覧用の列が、記録の本文と合いません。"),
    "value": _("変更前後の値が、記録された要約値と合いません。"),
    "form": _("記録の本文が、決められた形式ではありません。"),
}

COLUMNS = ("action", "subject_kind", "subject_id", "organisation_id", "actor_id")


def live_links() -> Iterator[Link]:
    """The record of this installation, entry by entry, with what the table repeats and the values kept beside it."""
    rows = (
        Entry.objects.order_by("sequence")
        .values_list("sequence", "digest", "text", "at", *COLUMNS, "values_row__values")
        .iterator(chunk_size=2000)
    )
    for sequence, digest, text, at, action, kind, subject, organisation, actor, values in rows:
        columns = {
            "at": text_of_moment(at),
            "action": action,
            "subject_kind": kind,
            "subject_id": subject,
            "organisation_id": organisation,
            "actor_id": actor,
        }
        yield Link(sequence, digest, text, columns, json.loads(values) if values else None)


def verify_live(*, progress: Callable[[int], None] | None = None) -> Verdict:
    """Prove the record of this installation. `progress` hears the number of entries, now and then."""
    return verify(_told(live_links(), progress))


def _told(links: Iterable[Link], progress: Callable[[int], None] | None) -> Iterator[Link]:
    for count, link in enumerate(links):
        if progress is not None and count % 5000 == 0:
            progress(count)
        yield link


def export_lines() -> Iterator[str]:
    """The record as JSON lines (digest, text, values): what `kyodo audit verify FILE` reads."""
    rows = Entry.objects.order_by("sequence").values_list("digest", "text", "values_row__values")
    for digest, text, values in rows.iterator(chunk_size=2000):
        line: dict[str, Any] = {"digest": digest, "text": text}
        if values:
            line["values"] = json.loads(values)
        yield json.dumps(line, ensure_ascii=False) + "\n"


class NotAnExport(Exception):
    """The file is not an exported record; says which line and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


def links_of_file(path: Path) -> Iterator[Link]:
    """The entries of an exported record. Needs no database."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = json.loads(line)
                digest, text, values = row["digest"], row["text"], row.get("values")
                sequence = json.loads(text)["sequence"]
            except (ValueError, KeyError, TypeError, AttributeError) as wrong:
                raise NotAnExport(number, _("監査記録の書き出し（1行に1件のJSON）ではありません。")) from wrong
            yield Link(sequence, digest, text, None, values)
