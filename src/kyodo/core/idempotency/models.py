"""The answers that were given to writes with a key."""

from __future__ import annotations

from django.db import models


class KeptAnswer(models.Model):
    """One write's answer. `request` is the SHA-256 of method, address and body, `body` the answer as JSON text."""

    user_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    key = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user_id", "organisation_id", "key"), name="idempotency_key_answers_once"),
        )
