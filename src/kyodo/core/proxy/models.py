"""One thing that was entered for a body by somebody else: from where, with which proof, what the body says of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.proxy import rules
from kyodo.core.workflow import Staged


class ProxyEntry(Staged):
    """Written in the transaction of what it is about. `told` is what was entered: [term, value, is a word of ours]."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=300)
    address = models.CharField(max_length=200)
    told = models.JSONField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=20, choices=[(one.value, word) for one, word in rules.SOURCE_WORDS.items()])
    said_on = models.DateField()
    said_duty = models.CharField(max_length=rules.DUTY_LENGTH[1])
    said_by = models.CharField(max_length=rules.NAME_LENGTH[1])
    note = models.TextField(max_length=rules.NOTE_LENGTH[1], blank=True)
    entered_by_id = models.BigIntegerField(null=True)
    entered_by = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    due_on = models.DateField()
    answered_by = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    remark = models.TextField(max_length=rules.REMARK_LENGTH[1], blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="proxy_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=rules.State.WAITING, answered_at=None)
                | (~Q(state=rules.State.WAITING) & Q(answered_at__isnull=False)),
                name="proxy_answer_has_a_moment",
            ),
        )
        indexes = (
            models.Index(fields=("kind", "subject_id", "-id"), name="proxy_of_a_subject"),
            models.Index(fields=("organisation", "state"), name="proxy_of_a_body"),
        )
