"""Whether a region uses a module; none for one that stands as it was delivered."""

from __future__ import annotations

from django.db import models


class Switch(models.Model):
    """A module, on or off."""

    module = models.CharField(max_length=30, primary_key=True)
    is_on = models.BooleanField()
