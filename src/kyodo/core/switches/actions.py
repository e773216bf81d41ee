"""Switch a module on or off; what it holds stays."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.switches import modules
from kyodo.core.switches.models import Switch
from kyodo.core.switches.modules import Module
from kyodo.engines.words import _


@action("switches.switched", _("{who}が機能「{subject}」の使う・使わないを決めました。"))
def switch(*, module: Module, is_on: bool, by: Actor, at: datetime) -> None:
    """Use a module from now on, or no longer; other processes hear of it within seconds."""
    before = not modules.is_off(module.name)
    Switch.objects.update_or_create(module=module.name, defaults={"is_on": is_on})
    modules.forget()
    record(
        kind="switches.module",
        subject=None,
        label=module.title,
        organisation=None,
        changed={"is_on": (before, is_on)},
    )
