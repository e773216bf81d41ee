"""Where a passkey works: browsers bind it to the host name under which it was made."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator

from kyodo.core.entrances.queries import table


def host_of(data: Mapping[str, Any]) -> str:
    """The host name of a passkey, from what its browser signed; empty where it can't be read."""
    told = str(data.get("credential", {}).get("response", {}).get("clientDataJSON", ""))
    try:
        client = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        return urlsplit(str(client["origin"])).hostname or ""
    except (ValueError, KeyError, TypeError):
        return ""


def ids_at(user_id: int, host: str) -> set[str]:
    """The ids of somebody's passkeys that work at a host name."""
    found = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN).values_list("data")
    return {str(data["credential"].get("id", "")) for (data,) in found if host_of(data) in ("", host)}


def place_of(data: Mapping[str, Any]) -> str:
    """Where a passkey works, as people call it: the entrance's name, or the host name of none."""
    host = host_of(data)
    entrance = table().get(host)
    return entrance.name if entrance else host
