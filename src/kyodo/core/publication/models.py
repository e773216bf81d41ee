"""One version of what was published about something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Publication(models.Model):
    """A version, whole and unchangeable: a later one takes its place, and it can still be read."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()
    # When it was no longer the public one: another was published, or all were taken back.
    replaced_at = models.DateTimeField(null=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject_id", "number"), name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=("kind", "subject_id"), condition=Q(replaced_at=None), name="one_version_is_public"
            ),
        )
