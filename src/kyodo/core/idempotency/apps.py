"""Registers kept answers with Django."""

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    """Answers kept for whoever asks again."""

    name = "kyodo.core.idempotency"
    label = "idempotency"
