"""Registers duties with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties and who holds them."""

    name = "kyodo.core.duties"
    label = "duties"
