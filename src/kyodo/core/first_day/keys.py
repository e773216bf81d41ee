"""The key of the first day: made where the server runs, shown to whoever started it, gone with the first account."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings


def _path() -> Path:
    return Path(settings.DATA_DIR) / "start_key"


def ensure() -> str:
    """The key, made if there is none: written whole under another name first, so that it is never empty."""
    path = _path()
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(16), encoding="ascii")
        draft.replace(path)
    return path.read_text(encoding="ascii").strip()


def fits(key: str) -> bool:
    """True for the key of this installation."""
    path = _path()
    if not key or not path.exists():
        return False
    return hmac.compare_digest(path.read_bytes().strip(), key.encode())


def forget() -> None:
    """The first day has begun: the key opens nothing any more."""
    _path().unlink(missing_ok=True)
