"""Steps that only a person can call done."""

from __future__ import annotations

from django.db import models


class DoneStep(models.Model):
    """A step that somebody said is done."""

    name = models.CharField(max_length=20, primary_key=True)
    done_at = models.DateTimeField()
