"""契約台帳: what each body has under contract now, as far as it is known."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.models.case import JointProcurement
from kyodo.modules.procurement.rules import contracts as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS


class CurrentContract(models.Model):
    """One contract of a body. `item_key` finds it again; `surveyed` is what the last survey said of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    item = models.CharField(max_length=rules.ITEM_LENGTH[1])
    item_key = models.CharField(max_length=rules.KEY_LENGTH)
    supplier = models.CharField(max_length=rules.SUPPLIER_LENGTH, blank=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField()
    yearly_yen = models.BigIntegerField(null=True)
    unit_price_yen = models.BigIntegerField(null=True)
    quantity = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=rules.UNIT_LENGTH, blank=True)
    form = models.CharField(
        max_length=10, blank=True, choices=[(form.value, word) for form, word in FORM_WORDS.items()]
    )
    note = models.CharField(max_length=rules.NOTE_LENGTH, blank=True)
    renews_alone = models.BooleanField(default=False)
    source = models.CharField(max_length=10)
    case = models.ForeignKey(JointProcurement, on_delete=models.SET_NULL, null=True, related_name="+")
    surveyed = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("ends_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(source__in=list(rules.ContractSource)), name="contract_source_is_known"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on__gte=F("begins_on")), name="a_contract_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=("organisation", "kind", "item_key", "ends_on"),
                condition=Q(withdrawn_at=None),
                name="a_contract_is_known_once",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "kind", "item_key"), name="contracts_of_a_body"),
            models.Index(fields=("ends_on",), name="contracts_by_end"),
        )
