"""What somebody looks for again and again in a list, under a name of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kyodo.core.lists import rules


class SavedFilter(models.Model):
    """Filter and order of one list as they stand in its address, for one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    listing = models.CharField(max_length=60)
    name = models.CharField(max_length=rules.NAME_LENGTH[1])
    query = models.CharField(max_length=rules.LONGEST_QUERY)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("user", "listing", "name"), name="one_filter_a_name"),)
