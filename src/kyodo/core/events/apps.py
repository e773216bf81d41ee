"""Registers events with Django, for their translations and their job."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events between the parts of the program."""

    name = "kyodo.core.events"
    label = "events"
