"""Registers jobs with Django, and what each role may do with them."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs, their pages and their timetable."""

    name = "kyodo.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Grant the permissions."""
        from kyodo.core.access import grants
        from kyodo.core.jobs import permissions

        grants.register(permissions.GRANTS)
