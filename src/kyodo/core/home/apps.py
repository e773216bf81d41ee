"""Registers the home page with Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Front and desk."""

    name = "kyodo.core.home"
    label = "home"
