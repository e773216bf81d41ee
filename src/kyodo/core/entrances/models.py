"""An entrance is a host name with a nature: inside the closed network (LGWAN) or on the internet."""

from __future__ import annotations

from django.db import models

from kyodo.core.entrances.rules import NATURE_WORDS, SLUG_LENGTH, Nature

DEFAULT = "main"

__all__ = ["DEFAULT", "Entrance", "Nature"]


class Entrance(models.Model):
    """One host name under which the installation is reached; empty `roles` or `ways` mean all of them."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    name = models.CharField(max_length=60)
    host = models.CharField(max_length=253, unique=True)
    nature = models.CharField(max_length=10, choices=[(one.value, word) for one, word in NATURE_WORDS.items()])
    roles = models.JSONField(default=list)
    ways = models.JSONField(default=list)

    class Meta:
        ordering = ("slug",)
