"""情報提供依頼: the request, the companies, what they answer, and what was asked back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kyodo.modules.procurement.models.case import CaseItem, JointProcurement
from kyodo.modules.procurement.rules import market as rules
from kyodo.modules.procurement.rules.case import ITEM_LENGTH, UNIT_LENGTH


class Supplier(models.Model):
    """事業者: a company by its 法人番号. No login: it comes in by links that are mailed to its address.

    `confirmed_at`: since when the address is sure, by an invitation or because it answered through a link.
    """

    name = models.CharField(max_length=rules.NAME_LENGTH[1])
    corporate_number = models.CharField(max_length=13, unique=True)
    address = models.CharField(max_length=rules.ADDRESS_LENGTH)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)


class RequestForInformation(models.Model):
    """The request of a case: what companies read. Its state comes from its days (rules.state_of)."""

    case = models.OneToOneField(JointProcurement, on_delete=models.PROTECT, related_name="rfi")
    title = models.CharField(max_length=rules.TITLE_LENGTH[1])
    text = models.TextField(max_length=rules.TEXT_LENGTH[1])
    wanted = models.TextField(max_length=rules.WANTED_LENGTH[1], blank=True)
    contact = models.CharField(max_length=rules.CONTACT_LENGTH[1])
    closes_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("closes_on", "id")


class RfiItem(models.Model):
    """An item as companies see it: the survey's sum as it was when the request was published."""

    rfi = models.ForeignKey(RequestForInformation, on_delete=models.PROTECT, related_name="items", db_index=False)
    item = models.ForeignKey(CaseItem, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=ITEM_LENGTH[1])
    unit = models.CharField(max_length=UNIT_LENGTH[1])
    quantity = models.BigIntegerField(null=True)
    is_about = models.BooleanField(default=False)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=("rfi", "item"), name="an_item_is_asked_of_companies_once"),)


class RfiQuestion(models.Model):
    """A free question to companies."""

    rfi = models.ForeignKey(RequestForInformation, on_delete=models.PROTECT, related_name="questions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=rules.QUESTION_LENGTH[1])
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=("rfi", "text"), name="a_question_is_asked_once"),)


class MarketLink(models.Model):
    """A link that was mailed to a company; only the digest of its secret is kept."""

    rfi = models.ForeignKey(RequestForInformation, on_delete=models.PROTECT, related_name="links", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=rules.ADDRESS_LENGTH)
    by_coordinator = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=("rfi", "supplier"), name="links_of_a_company"),)


class MarketAnswer(models.Model):
    """What a company answers; `receipt` is the SHA-256 of what it handed in last."""

    rfi = models.ForeignKey(RequestForInformation, on_delete=models.PROTECT, related_name="answers", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="answers")
    is_name_confidential = models.BooleanField(default=False)
    contact = models.CharField(max_length=rules.CONTACT_LENGTH[1], blank=True)
    note = models.TextField(max_length=rules.REMARK_LENGTH[1], blank=True)
    saved_at = models.DateTimeField()
    receipt = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("rfi", "supplier"), name="a_company_answers_a_request_once"),)


class MarketFigure(models.Model):
    """A company's figures for an item: yen without tax for one unit."""

    answer = models.ForeignKey(MarketAnswer, on_delete=models.PROTECT, related_name="figures", db_index=False)
    item = models.ForeignKey(RfiItem, on_delete=models.PROTECT, related_name="figures")
    initial_low = models.BigIntegerField(null=True)
    initial_likely = models.BigIntegerField(null=True)
    initial_high = models.BigIntegerField(null=True)
    yearly_low = models.BigIntegerField(null=True)
    yearly_likely = models.BigIntegerField(null=True)
    yearly_high = models.BigIntegerField(null=True)
    note = models.CharField(max_length=rules.NOTE_LENGTH[1], blank=True)
    is_confidential = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("answer", "item"), name="a_company_prices_an_item_once"),)


class MarketReply(models.Model):
    """A company's answer to a free question."""

    answer = models.ForeignKey(MarketAnswer, on_delete=models.PROTECT, related_name="replies", db_index=False)
    question = models.ForeignKey(RfiQuestion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=rules.REPLY_LENGTH[1])
    is_confidential = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("answer", "question"), name="a_company_replies_once"),)


class MarketDocument(models.Model):
    """A document of a company, kept by core/files."""

    answer = models.ForeignKey(MarketAnswer, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    is_confidential = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)


class MarketQuestion(models.Model):
    """A question of a company to the coordinators, or of theirs to it (`is_ours`), with its answer.

    One that is answered to all stands on the public page in the coordinators' words, without who asked.
    """

    rfi = models.ForeignKey(RequestForInformation, on_delete=models.PROTECT, related_name="talk", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="talk")
    is_ours = models.BooleanField(default=False)
    text = models.TextField(max_length=rules.ASKED_LENGTH[1])
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answer = models.TextField(max_length=rules.REPLY_LENGTH[1], blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    public_text = models.TextField(max_length=rules.ASKED_LENGTH[1], blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_ours=False), name="what_a_company_answers_is_not_public"
            ),
        )
        indexes = (models.Index(fields=("rfi", "supplier"), name="talk_with_a_company"),)
