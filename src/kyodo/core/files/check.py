"""What `kyodo check` looks for among the files that people handed in: missing ones, and ones that changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kyodo.core.checks.registry import Finding, fault, ok
from kyodo.core.files import store
from kyodo.core.files.models import Attachment
from kyodo.engines.words import _

READ = 2000  # the latest files whose content is read: a doctor's visit takes seconds, not hours
TOLD = 20


def check() -> Iterator[Finding]:
    """The latest files, each read and compared with its hash."""
    found = list(islice(store.faults(READ), TOLD))
    if not found:
        yield ok(_("添付ファイルは{files}件です。"), files=Attachment.objects.count())
    for sentence in found:
        yield fault(
            _("{trouble}"),
            _("バックアップから、同じ名前（ハッシュ）のファイルを KYODO_DATA_DIR/files に戻してください。"),
            trouble=sentence,
        )
