"""Sheets of codes, the code that was mailed last, and the region's policy. No code is kept, only its digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kyodo.core.access.roles import ROLES


class CodeSheet(models.Model):
    """A printed sheet of one person; the one without an end is in use."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reused_at = models.DateTimeField(null=True)  # when a used code was tried again: somebody may have a copy

    class Meta:
        ordering = ("-issued_at",)
        constraints = (
            models.UniqueConstraint(fields=("user",), condition=Q(ended_at=None), name="one_sheet_in_use_a_person"),
        )


class SheetCode(models.Model):
    """One code of a sheet, by its number from 1."""

    sheet = models.ForeignKey(CodeSheet, on_delete=models.PROTECT, related_name="codes", db_index=False)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("sheet", "number"), name="one_code_a_number"),)


class MailCode(models.Model):
    """The code that was last mailed to a person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class RolePolicy(models.Model):
    """What the region asks of a role; a role without a row is asked for nothing."""

    role = models.CharField(
        max_length=20, unique=True, choices=[(role.value, card.name) for role, card in ROLES.items()]
    )
    is_required = models.BooleanField(default=False)
    accepted = models.JSONField(default=list)
