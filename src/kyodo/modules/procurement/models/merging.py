"""Which lines of bodies were proposed as one item, and what an officer decided."""

from __future__ import annotations

from django.db import models

from kyodo.modules.procurement.models.survey import Survey
from kyodo.modules.procurement.rules import merging as rules


class ItemProposal(models.Model):
    """Lines (by number) that may mean one thing, and items of the case among them. A new run replaces open ones.

    `differs` says in what they differ, as templates with facts, where they do and were still put before an officer.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    lines = models.JSONField()
    items = models.JSONField()
    thing = models.CharField(max_length=100, blank=True)
    score = models.FloatField()
    shared = models.JSONField(default=list)
    differs = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=[(state.value, word) for state, word in rules.PROPOSAL_WORDS.items()]
    )
    made_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-score", "id")
        indexes = (models.Index(fields=("survey", "state"), name="proposals_of_a_survey"),)
