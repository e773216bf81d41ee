"""A dated row of a rule. Rows don't change: one that is corrected or ended is followed by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.statutes.rules import (
    CLASS_WORDS,
    LEVEL_WORDS,
    SURE_WORDS,
    UNIT_WORDS,
    Level,
)
from kyodo.core.statutes.rules.draft import LENGTHS, REASON_LENGTH


class StatuteQuerySet(models.QuerySet["Statute"]):
    """Reads of rows."""

    def standing(self) -> StatuteQuerySet:
        """Those that no other row has followed."""
        return self.filter(superseded_by=None)


class Statute(models.Model):
    """A row: national, of a class of bodies, or of a body's own ordinance.

    `edition` is the fingerprint of the line of the program's own table that the row was made of; empty for rows that
    people wrote.
    """

    rule = models.CharField(max_length=40)
    kind = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=10, choices=[(one.value, word) for one, word in LEVEL_WORDS.items()])
    body_class = models.CharField(
        max_length=1, blank=True, choices=[(one.value, word) for one, word in CLASS_WORDS.items()]
    )
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=20, blank=True, choices=[(one.value, word) for one, word in UNIT_WORDS.items()])
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    article = models.CharField(max_length=LENGTHS["article"][1])
    sure = models.CharField(max_length=3, choices=[(one.value, word) for one, word in SURE_WORDS.items()])
    source = models.CharField(max_length=LENGTHS["source"][1], blank=True)
    checked_on = models.DateField(null=True)
    text = models.CharField(max_length=LENGTHS["text"][1], blank=True)
    law = models.CharField(max_length=LENGTHS["law"][1], blank=True)
    number = models.CharField(max_length=LENGTHS["number"][1], blank=True)
    enacted_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH[1], blank=True)
    key = models.CharField(max_length=100, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = StatuteQuerySet.as_manager()

    class Meta:
        ordering = ("rule", "kind", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(level=Level.BODY, organisation__isnull=False, body_class="")
                | Q(level=Level.CLASS, organisation=None) & ~Q(body_class="")
                | Q(level=Level.NATIONAL, organisation=None, body_class=""),
                name="statute_is_of_its_level",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="statute_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="statute_value_is_not_negative"),
        )
        indexes = (models.Index(fields=("rule", "kind"), name="rows_of_a_rule"),)
