"""A need, the bodies that joined it, the steps it took, and what it was merged with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kyodo.core.organisations.models import Organisation
from kyodo.core.workflow import Staged
from kyodo.modules.needs import rules

PUBLIC = Q(audience=rules.Audience.PUBLIC)


class NeedQuerySet(models.QuerySet["Need"]):
    """Reads of needs."""


class Need(Staged):
    """相談・課題: what hurts somewhere, and what became of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.CharField(max_length=120)
    posted_by_id = models.BigIntegerField(null=True)
    posted_at = models.DateTimeField()
    submission = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField(default=1)

    title = models.CharField(max_length=rules.TITLE_LENGTH[1])
    trouble = models.TextField(max_length=rules.TROUBLE_LENGTH[1])
    topic = models.CharField(max_length=20, choices=[(topic.value, word) for topic, word in rules.TOPIC_WORDS.items()])
    audience = models.CharField(max_length=20, choices=[(a.value, card.name) for a, card in rules.AUDIENCES.items()])
    standing = models.CharField(max_length=10, choices=[(s.value, word) for s, word in rules.STANDING_WORDS.items()])
    people = models.BigIntegerField(null=True, blank=True)
    hours_per_year = models.BigIntegerField(null=True, blank=True)
    yen_per_year = models.BigIntegerField(null=True, blank=True)
    wish_on = models.DateField(null=True, blank=True)
    vendor = models.CharField(max_length=rules.VENDOR_LENGTH[1], blank=True)
    price_yen = models.BigIntegerField(null=True, blank=True)
    price_readers = models.CharField(
        max_length=20,
        choices=[(readers.value, word) for readers, word in rules.PRICE_READERS.items()],
        default=rules.PriceReaders.COORDINATORS,
    )

    backing_count = models.PositiveIntegerField(default=0)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="split_off")

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "-id")
        # Each order that a list offers has its index. What `visible_to` asks for (audience, organisation) stands at
        # their ends, so that rows are counted and passed over without being read.
        indexes = (
            models.Index(fields=("-posted_at", "-id", "audience", "organisation"), name="needs_newest_first"),
            models.Index(fields=("state", "-posted_at", "-id", "audience", "organisation"), name="needs_by_state"),
            models.Index(fields=("organisation", "-posted_at", "-id"), name="needs_by_organisation"),
            models.Index(fields=("organisation", "title"), name="needs_by_title"),
            models.Index(fields=("-backing_count", "-id", "audience", "organisation"), name="needs_by_backings"),
            # Partial, and not led by the audience: SQLite would take that for a way to find "shared or one's own", and
            # sort most of the table.
            models.Index(fields=("-state_since", "-id", "state"), condition=PUBLIC, name="needs_public_by_end"),
            models.Index(fields=("-id", "state"), condition=PUBLIC, name="needs_public_by_number"),
            models.Index(fields=("state_since", "state", "audience", "organisation"), name="needs_by_last_move"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(rules.State)), name="need_state_is_known"),
            models.CheckConstraint(condition=Q(audience__in=list(rules.Audience)), name="need_audience_is_known"),
            models.CheckConstraint(
                condition=(Q(people=None) | Q(people__gte=0))
                & (Q(hours_per_year=None) | Q(hours_per_year__gte=0))
                & (Q(yen_per_year=None) | Q(yen_per_year__gte=0))
                & (Q(price_yen=None) | Q(price_yen__gte=0)),
                name="need_counts_are_not_negative",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="need_is_not_merged_into_itself"),
        )


class NeedBacking(models.Model):
    """うちも: another body has the same need, with its own volume and date."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="backings", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.CharField(max_length=120)
    backed_by_id = models.BigIntegerField(null=True)
    backed_at = models.DateTimeField()
    volume = models.CharField(max_length=rules.VOLUME_LENGTH[1])
    wish_on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=rules.NOTE_LENGTH[1], blank=True)

    class Meta:
        ordering = ("backed_at", "id")
        constraints = (models.UniqueConstraint(fields=("need", "organisation"), name="a_body_backs_a_need_once"),)
        indexes = (models.Index(fields=("organisation", "need", "backed_at"), name="backings_by_organisation"),)


class NeedStep(models.Model):
    """One change of state, with its reason: the need's page tells them in order."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.TextField(max_length=rules.REASON_LENGTH[1], blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(before=F("after")), name="a_step_leads_somewhere"),)


class NeedMerge(models.Model):
    """One need was put together with another, until it is undone; nothing moves between them but this pointer."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="merges_in")
    reason = models.TextField(max_length=rules.REASON_LENGTH[1], blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("need",), condition=Q(undone_at=None), name="a_need_is_merged_once_at_a_time"
            ),
        )


class NeedFollow(models.Model):
    """Somebody wants to hear what happens with a need."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="follows", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("need", "user"), name="a_person_follows_a_need_once"),)
