"""How a body whose contract ends on a day can join, in words and colours."""

from __future__ import annotations

from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_month
from kyodo.core.ui.parts import Tone
from kyodo.modules.procurement.rules.timeline import Entry, Joining

JOINING_TONES: dict[Joining, Tone] = {
    Joining.FREE: Tone.DONE,
    Joining.ON_TIME: Tone.DONE,
    Joining.BRIDGE: Tone.GO,
    Joining.LATER: Tone.GO,
    Joining.APART: Tone.WARN,
    Joining.UNKNOWN: Tone.PLAIN,
}


def detail_of(entry: Entry) -> str:
    """How many months are to be bridged, or from which month on a body comes in; nothing for the others."""
    if entry.how is Joining.BRIDGE:
        return gettext("{n}か月").format(n=entry.months)
    if entry.how is Joining.LATER and entry.from_month is not None:
        return gettext("{month}から").format(month=shown_month(entry.from_month))
    return ""
