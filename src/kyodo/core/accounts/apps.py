"""Registers accounts with Django, and lets sign-in events of django-allauth leave their entries in the record."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and how they sign in."""

    name = "kyodo.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the events that django-allauth announces, and open its pages."""
        from kyodo.core.access import doors, grants
        from kyodo.core.accounts import permissions, sign_in_events

        grants.register(permissions.GRANTS)
        doors.open_others(permissions.OTHERS)
        sign_in_events.connect()
