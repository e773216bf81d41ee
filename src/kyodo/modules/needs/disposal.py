"""When a need has been kept long enough: its words go, its figures and the way it went stay for the statistics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kyodo.core import clock
from kyodo.core.decisions.models import Approval
from kyodo.core.decisions.rules import OPEN as APPROVAL_OPEN
from kyodo.core.files.models import Attachment
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import OPEN as PROXY_OPEN
from kyodo.core.retention import kinds
from kyodo.core.retention.kinds import Old, RecordKind
from kyodo.core.search import documents
from kyodo.core.threads.models import Post, PostVersion
from kyodo.core.threads.queries import FILES
from kyodo.engines.words import _
from kyodo.modules.needs.models import Need, NeedBacking, NeedMeasure, NeedRating, NeedRoute, NeedStep
from kyodo.modules.needs.rules import KIND, OPEN, Audience

DISPOSED_TITLE = "（保存期間満了により廃棄）"
YEARS = 5


def register() -> None:
    """Hand the kind over."""
    kinds.register(
        RecordKind(
            KIND, _("終わった相談"), _("終わった日（最後に状態が変わった日）の翌年度から"), YEARS, _over, _dispose
        )
    )


def _over(before: date, most: int) -> Sequence[Old]:
    """Ended needs; what was published for good is kept, under its lasting address."""
    ended = Need.objects.exclude(state__in=OPEN).exclude(audience=Audience.PUBLIC).exclude(title=DISPOSED_TITLE)
    # What is still contested, or waits for an approval, is not over.
    contested = ProxyEntry.objects.filter(kind=KIND, state__in=PROXY_OPEN).values("subject_id")
    asked = Approval.objects.filter(subject_id__isnull=False, state__in=APPROVAL_OPEN, kind=KIND).values("subject_id")
    ended = ended.exclude(pk__in=contested).exclude(pk__in=asked)
    rows = ended.filter(state_since__date__lt=before).order_by("state_since", "pk")
    return [
        Old(key, title, clock.day_of(since))
        for key, title, since in rows.values_list("pk", "title", "state_since")[:most]
    ]


def _dispose(subjects: Sequence[int], at: datetime) -> None:
    posts = list(Post.objects.filter(kind=KIND, subject_id__in=subjects).values_list("pk", flat=True))
    PostVersion.objects.filter(post_id__in=posts).delete()
    Attachment.objects.filter(kind=FILES, subject__in=posts).delete()
    Attachment.objects.filter(kind=KIND, subject__in=subjects).delete()
    Post.objects.filter(pk__in=posts).delete()
    NeedBacking.objects.filter(need_id__in=subjects).update(section="", volume="", note="")
    NeedStep.objects.filter(need_id__in=subjects).update(reason="", by="")
    NeedRating.objects.filter(need_id__in=subjects).update(comment="", by="")
    NeedMeasure.objects.filter(need_id__in=subjects).update(evidence="", promised_by="", measured_by="")
    NeedRoute.objects.filter(need_id__in=subjects).update(purpose="", outcome="", owner=None, owner_label="")
    entries = ProxyEntry.objects.filter(kind=KIND, subject_id__in=subjects)
    entries.update(label=DISPOSED_TITLE, told={}, note="", said_duty="", said_by="", remark="", answered_by="")
    Approval.objects.filter(kind=KIND, subject_id__in=subjects).update(title=DISPOSED_TITLE)
    Need.objects.filter(pk__in=subjects).update(
        title=DISPOSED_TITLE, trouble="", section="", vendor="", price_yen=None, posted_by_id=None
    )
    for key in subjects:
        documents.refresh(KIND, key)
