"""Takes returned files in: each checked, recognised, read, compared; a ZIP is as many files as are in it.

All of this reads. What came of it is written by `actions.receive`, for refused files too, so that whoever sent them
finds the cells in one table.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from kyodo.core.access.actor import Actor
from kyodo.core.files import archives, store
from kyodo.core.files.attachments import AttachmentRow
from kyodo.core.files.refusal import FileRefused
from kyodo.core.files.store import Kept
from kyodo.core.sheets import reading, recognising, sources
from kyodo.core.sheets.compare import CellFault, Returned, Stand, compare
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.core.sheets.reading import SheetRefused, refused
from kyodo.core.sheets.rules import State
from kyodo.engines.words import _

MOST_FILES = 200
ZIP_TYPE = "application/zip"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file as it was handed in: kept, or refused before anything was read."""

    name: str
    kept: Kept | None
    fault: CellFault | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One file after everything was looked at. `issue_id` is None where it wasn't recognised."""

    handed: Handed
    issue_id: int | None
    returned: Returned


def keep_all(uploads: Iterable[Any]) -> list[Handed]:
    """Keep files, and those in ZIP files, each on its own; one that is refused doesn't hold up the others."""
    handed: list[Handed] = []
    for upload in uploads:
        one = _keep(upload)
        if one.kept is not None and one.kept.media_type == ZIP_TYPE:
            handed += [_keep(part) for part in _unpacked(one.kept)]
        else:
            handed.append(one)
    return handed


def take(handed: Handed, *, actor: Actor, today: date, before: Sequence[Taken] = ()) -> Taken:
    """Look at one file completely; `before` are those of the same batch that were looked at before it."""
    if handed.kept is None:
        return Taken(handed, None, Returned(faults=(handed.fault,) if handed.fault else ()))
    issue: SheetIssue | None = None
    try:
        with store.open_content(handed.kept.digest) as file:
            tables = reading.tables(file, handed.kept.media_type)
        number = recognising.number_of(tables, handed.name)
        issue = SheetIssue.objects.filter(number=number).first()
        if issue is None:
            raise refused(_("返送用番号「{number}」の様式は、送った記録がありません。"), number=number)
        _ask_twice(issue, handed.kept, before=before)
        return Taken(handed, issue.pk, _returned(issue, tables, actor=actor, today=today))
    except SheetRefused as refusal:
        return Taken(handed, issue.pk if issue else None, Returned(faults=refusal.faults))


def again(issue_id: int, attached: AttachmentRow, *, actor: Actor, today: date) -> Returned:
    """The file of a return, compared with what stands there now."""
    issue = SheetIssue.objects.get(pk=issue_id)
    with store.open_content(attached.digest) as file:
        tables = reading.tables(file, attached.media_type)
    try:
        return _returned(issue, tables, actor=actor, today=today)
    except SheetRefused as refusal:
        return Returned(faults=refusal.faults)


def _ask_twice(issue: SheetIssue, kept: Kept, *, before: Sequence[Taken]) -> None:
    """Nothing, unless the very same content has come back for this sheet."""
    if any(one.issue_id == issue.pk and one.handed.kept and one.handed.kept.digest == kept.digest for one in before):
        raise refused(_("同じ内容のファイルが、この中に2つあります。"))
    known = SheetReturn.objects.filter(issue=issue, digest=kept.digest).exclude(state=State.REFUSED).first()
    if known is not None:
        when = f"{timezone.localtime(known.received_at):%Y/%m/%d %H:%M}"
        raise refused(_("同じ内容がすでに返送されています（{when} {who}）。"), when=when, who=known.sent_by)


def _returned(issue: SheetIssue, tables: Sequence[reading.Table], *, actor: Actor, today: date) -> Returned:
    source = sources.find(issue.name)
    if not source.may_use(actor):
        raise refused(_("この様式を返送する権限がありません。"))
    place = recognising.layout(tables, source.sheet)
    issued = {int(key): Stand(row["revision"], row["values"]) for key, row in issue.rows.items()}
    locked = {int(key): row["locked"] for key, row in issue.rows.items()}
    rows, unread = recognising.read_rows(place, source.sheet, locked=locked)
    found = compare(
        rows,
        sheet=place.table.name,
        issued=issued,
        now=source.now(actor, list(issued)),
        takes_new=source.sheet.takes_new and actor.organisation_id == issue.organisation_id,
        check=lambda values, is_new: source.check(values, is_new, today=today),
    )
    clashes = [
        CellFault(place.table.name, row.cells.get(field, row.place), text)
        for row, field, text in (source.clashes(actor, found.new) if found.new else ())
    ]
    # A cell that couldn't be read is told once, with that reason.
    told = {(fault.sheet, fault.cell) for fault in unread}
    faults = [*unread, *(fault for fault in (*found.faults, *clashes) if (fault.sheet, fault.cell) not in told)]
    return Returned(found.changes, found.conflicts, found.new, found.unchanged, tuple(faults))


def _keep(upload: Any) -> Handed:
    name = str(upload.name or "")
    try:
        kept = store.keep(upload)
    except FileRefused as refusal:
        return Handed(name[-120:], None, CellFault("", "", refusal.text, refusal.facts))
    return Handed(kept.name, kept)


def _unpacked(kept: Kept) -> Iterator[ContentFile[bytes]]:
    """The files in a ZIP that core/files has already unpacked once to see how large they are."""
    most = settings.UPLOAD_LIMIT_MB * store.MEGABYTE  # one byte more, and `store.keep` refuses it
    with store.open_content(kept.digest) as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        for info in archive.infolist()[: MOST_FILES * 2]:
            if not info.is_dir() and not archives.is_litter(info.filename):
                with archive.open(info) as part:
                    yield ContentFile(part.read(most + 1), name=_name_in(info))


def _name_in(info: zipfile.ZipInfo) -> str:
    """A name as Windows in Japan writes it into archives: CP932 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp932")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
