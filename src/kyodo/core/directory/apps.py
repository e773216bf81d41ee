"""Registers the directory with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """名簿."""

    name = "kyodo.core.directory"
    label = "directory"

    def ready(self) -> None:
        """Hand over permissions and contributions, and make the acts known to the record."""
        from kyodo.core.directory import actions, contributions, estate  # noqa: F401

        contributions.register()
        estate.register()
