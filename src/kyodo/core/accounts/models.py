"""A person's account. The user name is the key; the e-mail address is not unique: a section shares one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

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
