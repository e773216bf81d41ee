"""An attachment: a kept file under the name that somebody gave it, belonging to one thing of another part."""

from __future__ import annotations

from django.db import models

from kyodo.core.organisations.models import Organisation


class Attachment(models.Model):
    """A file of `kind` (a registered owner, as "threads.post") and `subject` (the owner's id). Never changed."""

    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    attached_by_id = models.BigIntegerField(null=True)
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("kind", "subject", "id"), name="files_of_owner"),)
