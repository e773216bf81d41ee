"""Registers lists with Django."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists declared once."""

    name = "kyodo.core.lists"
    label = "lists"
