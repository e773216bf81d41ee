"""Which public pages have an easy version; what it says stands in core/publication, version by version."""

from __future__ import annotations

from django.db import models

from kyodo.core.easy_japanese import rules


class EasyPage(models.Model):
    """A public page, by its path, with an easy version. A withdrawn one keeps its number for the next version."""

    path = models.CharField(max_length=rules.LONGEST_PATH, unique=True)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering = ("path",)
