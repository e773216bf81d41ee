"""Registers access with Django, and what core itself lets each role do."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Memberships, tokens and doors."""

    name = "kyodo.core.access"
    label = "access"
