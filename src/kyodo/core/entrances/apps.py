"""Registers entrances with Django."""

from django.apps import AppConfig


class EntrancesConfig(AppConfig):
    """Host names and their nature."""

    name = "kyodo.core.entrances"
    label = "entrances"
