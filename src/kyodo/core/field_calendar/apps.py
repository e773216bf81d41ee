"""Registers the field's calendar with Django."""

from django.apps import AppConfig


class FieldCalendarConfig(AppConfig):
    """年間の予定."""

    name = "kyodo.core.field_calendar"
    label = "field_calendar"

    def ready(self) -> None:
        """Hand over permissions and contributions, and make the acts known to the record."""
        from kyodo.core.field_calendar import actions, contributions  # noqa: F401

        contributions.register()
