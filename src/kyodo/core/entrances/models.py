"""An entrance is a host name with a nature: inside the closed network (LGWAN) or on the internet."""

from __future__ import annotations

from django.db import models

DEFAULT = "main"


class Nature(models.TextChoices):
    """Which network the entrance stands on."""

    INNER = "inner", "庁内側"
    OUTER = "outer", "インターネット側"


class Entrance(models.Model):
    """One host name under which the installation is reached."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    host = models.CharField(max_length=253, unique=True)
    nature = models.CharField(max_length=10, choices=Nature)

    class Meta:
        ordering = ("slug",)
