"""Registers the look with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, components and static files of the look."""

    name = "kyodo.core.ui"
    label = "ui"
