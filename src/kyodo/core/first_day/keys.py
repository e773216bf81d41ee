"""The key of the first day: made where the server runs, shown to whoever started it, gone with the first account."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from django.conf import settings


def _path() -> Path:
    return Path(settings.DATA_DIR) / "start_key"


def ensure() -> str:
    """The key, made if there is none."""
    path = _path()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(16), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def fits(key: str) -> bool:
    """True for the key of this installation."""
    path = _path()
    return path.exists() and hmac.compare_digest(path.read_text(encoding="ascii").strip(), key)


def forget() -> None:
    """The first day has begun: the key opens nothing any more."""
    _path().unlink(missing_ok=True)
