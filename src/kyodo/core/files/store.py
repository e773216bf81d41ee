"""Keeps files outside of the web root, under the hash of their content: the same content once, complete or not at all.

A file is written before the transaction that mentions it. Should that never come, the file is an orphan, which nobody
can reach and a nightly job removes after a week.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.translation import gettext

from kyodo.core.files import content, names
from kyodo.core.files.models import Attachment
from kyodo.core.files.refusal import FileRefused
from kyodo.engines.words import _

CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
TOO_LARGE = _("大きすぎます（上限{limit}MB）。分けるか、画像を小さくして送ってください。")
ORPHAN_AFTER = 7 * 24 * 3600  # seconds


class Upload(Protocol):
    """What is handed in: a file that can be read from its start, with a name."""

    name: str | None

    def read(self, size: int = ..., /) -> bytes: ...

    def seek(self, offset: int, whence: int = ..., /) -> object: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was checked and kept: SHA-256 in hex, bytes, media type, tidied name."""

    digest: str
    size: int
    media_type: str
    name: str


def keep(upload: Upload) -> Kept:
    """Check a file and keep it, before any transaction; FileRefused says why it isn't taken."""
    name = names.tidy(upload.name or "")
    limit: int = settings.UPLOAD_LIMIT_MB
    folder = _root() / "new"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        digest, size = hashlib.sha256(), 0
        upload.seek(0)
        while chunk := upload.read(CHUNK):
            size += len(chunk)
            if size > limit * MEGABYTE:
                raise FileRefused(
                    _("大きすぎます（上限{limit}MB）。分けるか、画像を小さくして送ってください。"), limit=limit
                )
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise FileRefused(_("中身が空です。"))
        file.flush()
        kind = content.kind_of(cast(BinaryIO, file), name)
        os.fsync(file.fileno())
        _place(Path(file.name), path_of(digest.hexdigest()))
    return Kept(digest.hexdigest(), size, kind.media_type, name)


def path_of(digest: str) -> Path:
    """Where the content of a hash lies."""
    return _root() / digest[:2] / digest[2:4] / digest


def open_content(digest: str) -> BinaryIO:
    """The content of a hash, for reading; FileNotFoundError where it is gone."""
    return path_of(digest).open("rb")


def faults(limit: int | None = None) -> Iterator[str]:
    """A sentence for each file that is mentioned and missing or not what it was; at most `limit` files are read."""
    names_of = dict(Attachment.objects.order_by("-id").values_list("digest", "name"))
    for digest, name in list(names_of.items())[:limit]:
        path = path_of(digest)
        if not path.is_file():
            yield gettext("添付ファイル「{name}」がありません（{digest}）").format(name=name, digest=digest)
        elif _digest_of(path) != digest:
            yield gettext("添付ファイル「{name}」の中身が変わりました（{digest}）").format(name=name, digest=digest)


def remove_orphans() -> int:
    """Remove what nothing mentions and nobody handed in for a week; how many files that were."""
    old = time.time() - ORPHAN_AFTER
    candidates = [path for path in _root().glob("??/??/*") if path.stat().st_mtime < old]
    candidates += [path for path in (_root() / "new").glob("*") if path.stat().st_mtime < old]
    removed = 0
    for path in candidates:
        if Attachment.objects.filter(digest=path.name).exists():
            continue
        with _lock(fcntl.LOCK_EX):
            if path.exists() and path.stat().st_mtime < old:  # handed in again meanwhile, it is as good as new
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(written: Path, target: Path) -> None:
    """Give the written file its lasting name in one step, or renew the age of the same content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(fcntl.LOCK_SH):
        try:
            os.link(written, target)
        except FileExistsError:
            os.utime(target)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _lock(how: int) -> Iterator[None]:
    """Keeps whoever removes old content apart from those who hand the same content in again."""
    with (_root() / "lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def _root() -> Path:
    return Path(settings.DATA_DIR) / "files"
