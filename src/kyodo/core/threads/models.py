"""A post about something, and what it said before it was changed."""

from __future__ import annotations

from django.db import models

from kyodo.core.organisations.models import Organisation
from kyodo.core.threads import rules


class Post(models.Model):
    """What somebody wrote about a subject. An internal note is for those only who care for the subject."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    user_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    text = models.TextField(max_length=rules.TEXT_LENGTH[1])
    is_internal = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("kind", "subject_id", "at", "id"), name="posts_of_a_subject"),)


class PostVersion(models.Model):
    """What a post said until it was changed or withdrawn."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    text = models.TextField(max_length=rules.TEXT_LENGTH[1])
    until = models.DateTimeField()

    class Meta:
        ordering = ("until", "id")
