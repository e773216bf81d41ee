"""Registers what is public with Django."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What is public, and was."""

    name = "kyodo.core.publication"
    label = "publication"
