"""What `kyodo check` looks for in the record: whether its triggers stand guard, and whether time goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kyodo.core import clock
from kyodo.core.audit import triggers
from kyodo.core.audit.models import Entry
from kyodo.core.audit.record import head
from kyodo.core.checks.registry import Finding, fault, ok
from kyodo.engines.words import _

SKEW = timedelta(seconds=5)


def check() -> Iterator[Finding]:
    """Triggers, and how long the record is. Proving it is `kyodo audit verify`: it takes a while."""
    if missing := triggers.missing():
        yield fault(
            _("監査記録を守るトリガーがありません（{missing}）。"),
            _("python -m django migrate を実行すると置き直されます。kyodo audit verify で記録も確かめてください。"),
            missing=", ".join(sorted(missing)),
        )
    else:
        yield ok(_("監査記録は{entries}件、トリガーが守っています。"), entries=head()[0])
    last = Entry.objects.order_by("-sequence").values_list("at", flat=True).first()
    if last is not None and last > clock.now() + SKEW:
        yield fault(
            _("最後の記録（{last}）より、この機械の時計が遅れています。"),
            _("この機械で NTP（chrony など）を動かしてください。"),
            last=last.isoformat(timespec="seconds"),
        )
