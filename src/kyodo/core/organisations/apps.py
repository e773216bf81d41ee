"""Registers organisations with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The bodies of a region."""

    name = "kyodo.core.organisations"
    label = "organisations"
