"""A person's account, the roles it holds where and when, and the tokens by which programs act for it.

The user name is the key; the e-mail address is not unique, since a section shares its mailbox.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kyodo.core.access.roles import ROLES, Role
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _


class UserManager(BaseUserManager["User"]):
    """Finds users by name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of that name."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from memberships (core/access), never from here."""

    username = models.CharField(
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("半角の英小文字・数字・「.」「_」「-」で入力してください。"))
        ],
    )
    display_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = UserManager()

    class Meta:
        ordering = ("username",)
        constraints = (models.UniqueConstraint(Lower("username"), name="username_unique_whatever_its_case"),)

    def get_full_name(self) -> str:
        """How others see this person."""
        return self.display_name

    def clean_fields(self, exclude: Any = None) -> None:
        """User names are lower case, however they were typed."""
        self.username = self.username.lower()
        super().clean_fields(exclude=exclude)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def on(self, day: date) -> MembershipQuerySet:
        """Those in force on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))


class Membership(models.Model):
    """A person has a role in an organisation from a day until a day (inclusive; open while it lasts)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, card.name) for role, card in ROLES.items()])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "role", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(role=Role.RESIDENT), name="nobody_is_made_a_resident"),
        )


class ApiToken(models.Model):
    """A program's key to act for one person in one organisation. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
