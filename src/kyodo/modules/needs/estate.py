"""What bodies have among needs, and how it goes over when they merge: open and solved needs alike find their body."""

from __future__ import annotations

from datetime import date, datetime

from kyodo.core.mergers import estate
from kyodo.core.mergers.estate import Estate
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs.models import Need, NeedBacking, NeedRating
from kyodo.modules.needs.rules import KIND


def register() -> None:
    """Hand the estate over."""
    estate.register(Estate(_("相談と「うちも」"), _count, _move))


def _count(organisation: int) -> int:
    needs = Need.objects.filter(organisation_id=organisation).count()
    return needs + NeedBacking.objects.filter(organisation_id=organisation).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """Where both bodies joined the same need, or one joined the other's, one voice is left: it is one body now."""
    moved = list(Need.objects.filter(organisation_id=predecessor).values_list("pk", flat=True))
    Need.objects.filter(pk__in=moved).update(organisation_id=successor)
    joined = set(NeedBacking.objects.filter(organisation_id=successor).values_list("need_id", flat=True))
    own = set(Need.objects.filter(organisation_id=successor).values_list("pk", flat=True))
    backings = NeedBacking.objects.filter(organisation_id=predecessor)
    doubled = backings.filter(need_id__in=joined | own)
    of_itself = NeedBacking.objects.filter(organisation_id=successor, need_id__in=own)
    lost = set(doubled.values_list("need_id", flat=True)) | set(of_itself.values_list("need_id", flat=True))
    doubled.delete()
    of_itself.delete()
    backings.update(organisation_id=successor)
    for need in Need.objects.filter(pk__in=lost):
        need.backing_count = NeedBacking.objects.filter(need=need).count()
        need.save(update_fields=["backing_count"])
    rated = NeedRating.objects.filter(organisation_id=successor).values("need_id")
    NeedRating.objects.filter(organisation_id=predecessor).exclude(need_id__in=rated).update(organisation_id=successor)
    for key in moved:
        documents.refresh(KIND, key)
