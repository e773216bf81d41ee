"""One table for all kinds of organisation, valid from–until, each with its successor: municipalities merge."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from kyodo.core.entrances.models import Entrance

models.CharField.register_lookup(Length)


class Kind(models.TextChoices):
    """What an organisation is in law or in the region's practice."""

    PREFECTURE = "prefecture", "都道府県"
    BUREAU = "bureau", "局"
    DESIGNATED_CITY = "designated_city", "指定都市"
    SPECIAL_WARD = "special_ward", "特別区"
    CITY = "city", "市"
    TOWN = "town", "町"
    VILLAGE = "village", "村"
    DX_BODY = "dx_body", "DX推進団体"
    COMPANY = "company", "事業者"
    GROUP = "group", "広域連携"


MUNICIPAL = frozenset({Kind.DESIGNATED_CITY, Kind.SPECIAL_WARD, Kind.CITY, Kind.TOWN, Kind.VILLAGE})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def on(self, day: date) -> OrganisationQuerySet:
        """Those that exist on `day`."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_until=None) | Q(valid_until__gte=day)
        )

    def municipal(self) -> OrganisationQuerySet:
        """Municipalities only, in the order of their codes."""
        return self.filter(kind__in=MUNICIPAL).order_by("code")


class Organisation(models.Model):
    """A body that people act for."""

    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=6, unique=True, null=True, blank=True)
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=20)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    tile_column = models.SmallIntegerField(null=True, blank=True)
    tile_row = models.SmallIntegerField(null=True, blank=True)
    tile_apart = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    home_entrance = models.ForeignKey(Entrance, null=True, blank=True, on_delete=models.PROTECT)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("code", "id")
        constraints = (
            models.CheckConstraint(condition=Q(code=None) | Q(code__length=6), name="organisation_code_has_six_digits"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
        )
