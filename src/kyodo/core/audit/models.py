"""Two tables: the chained entries, which nothing may change, and beside them the values, which can be erased."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. `text` and `digest` are the record; the other columns repeat the text for filters, and are checked."""

    sequence = models.BigIntegerField(primary_key=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "sequence"), name="audit_by_subject"),
            models.Index(fields=("organisation_id", "sequence"), name="audit_by_organisation"),
            models.Index(fields=("action", "sequence"), name="audit_by_action"),
            models.Index(fields=("actor_id", "sequence"), name="audit_by_actor"),
        )


class EntryValues(models.Model):
    """Old and new values of one entry with their salts, as JSON text; what is disposed of is taken out here."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.DO_NOTHING, related_name="values_row")
    values = models.TextField()
